/**
 * GeoTIFF of one band in degrees: georeference and blocks of pixels from bytes, and bytes from
 * heights. It knows no file system and no grid.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.format.geotiff;
