/**
 * Figures to files for desktop programs and databases: GeoParquet, GeoPackage, CSV, SDMX, the
 * dictionary of their columns, and styles, also one of the tiles.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.publish.desktop;
