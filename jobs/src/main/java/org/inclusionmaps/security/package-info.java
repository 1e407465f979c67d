/**
 * Who may run, read and spend: leases, keys, encrypted files and pseudonyms of persons, the privacy
 * ledger and the access log. It never logs what it guards.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.security;
