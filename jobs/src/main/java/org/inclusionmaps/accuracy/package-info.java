/**
 * How right estimates and their intervals are, against truths or observed outcomes. A kernel: no
 * Spark, files, clock, logger or settings.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.accuracy;
