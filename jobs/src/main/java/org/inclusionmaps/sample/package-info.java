/**
 * A made-up country and its truth, with its own propagation, incomes and draws, so that scoring is
 * not circular. It must not know the kernels that it is used to score.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.sample;
