/**
 * Places: H3 hexagons, distances, areas, web-mercator tiles, degree of urbanisation. A kernel:
 * numbers in, numbers out.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.grid;
