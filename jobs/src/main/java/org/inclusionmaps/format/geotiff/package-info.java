/**
 * GeoTIFF of one band: georeference and blocks of pixels from bytes, and bytes from numbers. It
 * knows no file system and no grid.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.format.geotiff;
