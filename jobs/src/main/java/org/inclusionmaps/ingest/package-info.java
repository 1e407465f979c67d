/** Outside files to contract tables, with aliases and quarantine. It knows no stage. */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.ingest;
