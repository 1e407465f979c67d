package org.inclusionmaps.privacy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The least and greatest whole number that a variable may have, where all are whole, 0 or more and
 * meet some equations: the simplex method, then branch and bound (A. H. Land, A. G. Doig,
 * Econometrica 28, 1960) where its vertex is no table of whole numbers.
 */
final class WholeRange {
  /** Branches that are looked at for one bound. */
  private static final int MOST_BRANCHES = 2000;

  private final long[][] equations;
  private final int variables;
  private final Tableau root;

  /** A bound that is attained, and whether it is known that none goes beyond it. */
  record Bound(long value, boolean isExact) {}

  /** Limits of one variable, on top of those of the branch before. */
  private record Branch(@Nullable Branch before, int variable, long atLeast, long atMost) {}

  /**
   * A range.
   *
   * @param equations each with the coefficients of the variables, then the right-hand side; whole
   *     numbers that meet them are known to exist
   */
  WholeRange(long[][] equations, int variables) {
    this.equations = equations;
    this.variables = variables;
    Tableau tableau = Tableau.of(equations, variables);
    if (tableau == null) {
      throw new IllegalArgumentException("what is shown does not add up");
    }
    root = tableau;
  }

  /**
   * The greatest value, or the least with sign −1.
   *
   * @param known a value that is attained
   */
  Bound bound(int variable, int sign, long known) {
    if (sign > 0 && !root.toGreatest(variable)) {
      return new Bound(Interval.UNBOUNDED, true);
    }
    if (sign < 0) {
      root.toLeast(variable);
    }
    long outer = floor(root, variable, sign);
    int fraction = root.firstFraction();
    if (fraction < 0 || outer == known) {
      return new Bound(outer, true);
    }
    return branch(variable, sign, known, fraction);
  }

  private Bound branch(int variable, int sign, long known, int fraction) {
    long best = known;
    Deque<Branch> stack = new ArrayDeque<>();
    split(null, root, fraction, stack);
    for (int looked = 0; !stack.isEmpty(); looked++) {
      if (looked == MOST_BRANCHES) {
        return new Bound(best, false);
      }
      Branch branch = stack.pop();
      Tableau tableau = within(branch);
      if (tableau == null) {
        continue;
      }
      if (sign < 0) {
        tableau.toLeast(variable);
      } else if (!tableau.toGreatest(variable)) {
        return new Bound(Interval.UNBOUNDED, true);
      }
      long outer = floor(tableau, variable, sign);
      if (sign * Long.compare(outer, best) <= 0) {
        continue;
      }
      int next = tableau.firstFraction();
      if (next < 0) {
        best = outer;
      } else {
        split(branch, tableau, next, stack);
      }
    }
    return new Bound(best, true);
  }

  /** The whole number at a vertex or next to it on the inner side. */
  private static long floor(Tableau at, int variable, int sign) {
    return sign * Math.floorDiv(sign * at.numerator(variable), at.denominator());
  }

  private static void split(
      @Nullable Branch before, Tableau at, int variable, Deque<Branch> stack) {
    long below = Math.floorDiv(at.numerator(variable), at.denominator());
    stack.push(new Branch(before, variable, 0, below));
    stack.push(new Branch(before, variable, below + 1, Interval.UNBOUNDED));
  }

  /** The equations with a branch's limits, each an equation with one more variable. */
  private @Nullable Tableau within(Branch branch) {
    int limits = 0;
    for (Branch at = branch; at != null; at = at.before()) {
      limits++;
    }
    int width = variables + limits;
    long[][] more = new long[equations.length + limits][width + 1];
    for (int i = 0; i < equations.length; i++) {
      System.arraycopy(equations[i], 0, more[i], 0, variables);
      more[i][width] = equations[i][variables];
    }
    int row = 0;
    for (Branch at = branch; at != null; at = at.before()) {
      long[] limit = more[equations.length + row];
      Arrays.fill(limit, 0);
      boolean isUpper = at.atMost() != Interval.UNBOUNDED;
      limit[at.variable()] = 1;
      limit[variables + row] = isUpper ? 1 : -1;
      limit[width] = isUpper ? at.atMost() : at.atLeast();
      row++;
    }
    return Tableau.of(more, width);
  }
}
