/**
 * Bytes of published formats from values: vector tiles, PMTiles, GeoParquet metadata. A kernel: it
 * opens no file.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.format;
