/**
 * Baskets, prices on offer and income distributions. A kernel: no Spark, files, clock, logger or
 * settings.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.affordability;
