/**
 * Exact splits of whole numbers and survey estimators. A kernel: no Spark, files, clock, logger or
 * settings.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.estimation;
