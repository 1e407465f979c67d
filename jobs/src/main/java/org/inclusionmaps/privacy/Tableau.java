package org.inclusionmaps.privacy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The simplex method in whole numbers: all values, 0 or more, with A x = b, and the least and
 * greatest that one of them may have. Fractions have one common denominator, so that nothing is
 * rounded: integer pivoting (J. Edmonds, J. Res. NBS 71B, 1967; E. H. Bareiss, Math. Comp. 22,
 * 1968), with the rule of least index against endless loops (R. G. Bland, Math. Oper. Res. 2,
 * 1977).
 *
 * <p>Numbers have 64 bits; beyond them it throws {@link ArithmeticException}.
 */
final class Tableau {
  private static final int NONE = -1;

  /** Rows, each with its right-hand side last. */
  private long[][] rows;

  private int[] basis;
  private int variables;
  private long denominator = 1;

  private Tableau(long[][] rows, int[] basis, int variables) {
    this.rows = rows;
    this.basis = basis;
    this.variables = variables;
  }

  /**
   * A tableau at some vertex; null if no values are 0 or more and meet all rows.
   *
   * @param equations each with the coefficients of the variables, then the right-hand side
   * @param variables how many there are
   */
  static @Nullable Tableau of(long[][] equations, int variables) {
    int count = equations.length;
    // One artificial variable a row, and one, the last, for what they sum to.
    int width = variables + count + 1;
    long[][] rows = new long[count + 1][width + 1];
    int[] basis = new int[count + 1];
    long[] sum = rows[count];
    for (int i = 0; i < count; i++) {
      int sign = equations[i][variables] < 0 ? -1 : 1;
      for (int j = 0; j < variables; j++) {
        rows[i][j] = sign * equations[i][j];
        sum[j] = Math.addExact(sum[j], rows[i][j]);
      }
      rows[i][variables + i] = 1;
      rows[i][width] = sign * equations[i][variables];
      sum[width] = Math.addExact(sum[width], rows[i][width]);
      basis[i] = variables + i;
    }
    sum[width - 1] = 1;
    basis[count] = width - 1;
    Tableau tableau = new Tableau(rows, basis, width);
    tableau.toLeast(width - 1);
    if (tableau.numerator(width - 1) != 0) {
      return null;
    }
    tableau.drop(variables);
    return tableau;
  }

  /** Takes the variables from one on out of the basis, where they are 0, and off. */
  private void drop(int from) {
    boolean[] keeps = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      keeps[i] = basis[i] < from;
      for (int j = 0; j < from && !keeps[i]; j++) {
        if (rows[i][j] != 0) {
          if (rows[i][j] < 0) {
            // Its right-hand side is 0, so the row may be turned round.
            for (int k = 0; k < rows[i].length; k++) {
              rows[i][k] = -rows[i][k];
            }
          }
          pivot(i, j);
          keeps[i] = true;
        }
      }
    }
    int kept = 0;
    for (int i = 0; i < rows.length; i++) {
      if (keeps[i]) {
        long right = rows[i][variables];
        rows[kept] = Arrays.copyOf(rows[i], from + 1);
        rows[kept][from] = right;
        basis[kept++] = basis[i];
      }
    }
    rows = Arrays.copyOf(rows, kept);
    basis = Arrays.copyOf(basis, kept);
    variables = from;
  }

  /** Goes to a vertex where a variable is least. */
  void toLeast(int variable) {
    int row = rowOf(variable);
    while (row != NONE) {
      int in = first(row, 1);
      if (in == NONE) {
        return;
      }
      pivot(leaving(in), in);
      row = rowOf(variable);
    }
  }

  /** Goes to a vertex where a variable is greatest; false if nothing limits it. */
  boolean toGreatest(int variable) {
    int row = rowOf(variable);
    if (row == NONE) {
      int out = leaving(variable);
      if (out == NONE) {
        return false;
      }
      pivot(out, variable);
      row = out;
    }
    for (int in = first(row, -1); in != NONE; in = first(row, -1)) {
      int out = leaving(in);
      if (out == NONE) {
        return false;
      }
      pivot(out, in);
    }
    return true;
  }

  /** The first variable outside of the basis with this sign in a row. */
  private int first(int row, int sign) {
    for (int j = 0; j < variables; j++) {
      if (Long.signum(rows[row][j]) == sign && (sign < 0 || basis[row] != j)) {
        return j;
      }
    }
    return NONE;
  }

  /** The row that limits a variable most; of equal ones that of the least variable. */
  private int leaving(int in) {
    int out = NONE;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i][in] <= 0) {
        continue;
      }
      if (out == NONE) {
        out = i;
        continue;
      }
      long mine = Math.multiplyExact(rows[i][variables], rows[out][in]);
      long theirs = Math.multiplyExact(rows[out][variables], rows[i][in]);
      if (mine < theirs || (mine == theirs && basis[i] < basis[out])) {
        out = i;
      }
    }
    return out;
  }

  private void pivot(int row, int in) {
    long[] by = rows[row];
    long pivot = by[in];
    for (int i = 0; i < rows.length; i++) {
      long factor = rows[i][in];
      if (i == row || (factor == 0 && pivot == denominator)) {
        continue;
      }
      long[] to = rows[i];
      for (int j = 0; j < to.length; j++) {
        to[j] =
            Math.subtractExact(Math.multiplyExact(to[j], pivot), Math.multiplyExact(factor, by[j]))
                / denominator;
      }
    }
    denominator = pivot;
    basis[row] = in;
  }

  private int rowOf(int variable) {
    for (int i = 0; i < basis.length; i++) {
      if (basis[i] == variable) {
        return i;
      }
    }
    return NONE;
  }

  /** The value of a variable, times {@link #denominator}. */
  long numerator(int variable) {
    int row = rowOf(variable);
    return row == NONE ? 0 : rows[row][variables];
  }

  long denominator() {
    return denominator;
  }

  /** The first variable that is no whole number; −1 if all are whole. */
  int firstFraction() {
    int first = NONE;
    for (int i = 0; i < basis.length; i++) {
      if (rows[i][variables] % denominator != 0 && (first == NONE || basis[i] < first)) {
        first = basis[i];
      }
    }
    return first;
  }
}
