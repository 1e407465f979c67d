/**
 * What an operator sees of a run: log lines, sums of tasks, metrics, the page of the morning,
 * lineage, a message at the end, and whether a machine is fit. It knows no stage and no formula,
 * and nothing that it does fails a run.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.operations;
