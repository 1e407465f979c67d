/**
 * What a release shows, without a file's form: persons by part and group, of hexagons, areas and
 * the country, in whole thousandths, without what points at a family. It adds and leaves out; it
 * estimates nothing.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.publish.figures;
