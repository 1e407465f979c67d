/**
 * Commands and the run: reads, checks, writes and records each stage in one way. It knows no
 * formula.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.job;
