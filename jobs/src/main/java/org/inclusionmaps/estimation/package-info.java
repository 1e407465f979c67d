/**
 * Exact splits of whole numbers, survey and small-area estimators, raking to known totals, and the
 * draws and quantiles of replicates. A kernel: no Spark, files, clock, logger or settings.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.estimation;
