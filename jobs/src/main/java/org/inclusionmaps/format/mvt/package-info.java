/**
 * Mapbox Vector Tile 2.1 bytes from layers of features. It knows no place, no table and no file.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.format.mvt;
