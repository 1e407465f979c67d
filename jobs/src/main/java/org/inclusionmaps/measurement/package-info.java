/**
 * The only room that reads rows of persons: exact counts of persons by place and group, in memory
 * and in Spark's shuffle alone. It knows no stage and writes no file; what leaves it for a table
 * must carry noise, and how many rows do not count ({@code LeftOut}) must be encrypted.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.measurement;
