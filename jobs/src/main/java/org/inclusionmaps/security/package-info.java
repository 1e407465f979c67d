/**
 * Who may run, read and spend: leases now; keys and the privacy ledger. It never logs what it
 * guards.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.security;
