/**
 * One class a step, Dataset in and Dataset out, and {@code InclusionStages}, the list that is the
 * pipeline. A stage does not read, write, cache, count or log.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.stage;
