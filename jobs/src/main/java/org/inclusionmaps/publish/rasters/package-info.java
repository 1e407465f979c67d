/**
 * Figures to rasters: cloud-optimised GeoTIFF with overviews. It knows no other file of a release.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.publish.rasters;
