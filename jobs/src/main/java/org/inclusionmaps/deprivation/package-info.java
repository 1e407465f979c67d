/**
 * The five parts of the persons of a place and group. A kernel: no Spark, files, clock, logger or
 * settings.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.deprivation;
