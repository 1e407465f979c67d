/**
 * Noise, accounting and suppression for counts of persons. A kernel: no Spark, files, clock, logger
 * or settings.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.privacy;
