/**
 * Counts of persons to what may be published of them: keyed discrete noise, what it costs,
 * estimates that add up, and which cells are shown. A kernel: it knows no Spark, files, clock,
 * logger, settings or persons' records, and has no chance in it but the key.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.privacy;
