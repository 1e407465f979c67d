/**
 * Tables to the files that people open: GeoParquet, PMTiles, CSV, viewer, report; the manifest and
 * the pointer. It computes no result.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.publish;
