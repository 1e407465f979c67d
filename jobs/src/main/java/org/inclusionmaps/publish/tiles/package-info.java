/**
 * Figures to the tiles of the map: PMTiles, the same as MBTiles, and reading them back. It knows no
 * other file of a release.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.publish.tiles;
