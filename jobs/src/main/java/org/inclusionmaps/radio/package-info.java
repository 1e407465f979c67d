/**
 * Path loss, antenna gain, link budget, coverage probability. A kernel: no Spark, files, clock,
 * logger or settings.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.radio;
