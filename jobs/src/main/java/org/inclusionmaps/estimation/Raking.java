package org.inclusionmaps.estimation;

import java.util.Arrays;
import java.util.List;

/**
 * Iterative proportional fitting: cells are scaled to the totals of one margin after another until
 * all are met. Of all tables with these totals the result is the one nearest to the seed in
 * relative entropy; it keeps the seed's odds ratios, and its zeros. With a census table as seed and
 * newer totals it is the structure-preserving estimator SPREE.
 *
 * <p>Source: W. E. Deming, F. F. Stephan, Ann. Math. Stat. 11 (1940) 427-444; N. J. Purcell, L.
 * Kish, Int. Stat. Review 48 (1980) 3-18 (SPREE).
 */
public final class Raking {
  /** Margins count as met at this error, relative to each total. */
  public static final double PRECISION = 1e-8;

  /** Rounds over all margins before the totals count as infeasible. */
  public static final int MOST_ROUNDS = 500;

  private Raking() {}

  /**
   * One set of totals, each of some cells. Both arrays are the caller's and are not copied.
   *
   * @param totalOfCell for each cell the index of its total: every cell is in one total
   * @param totals finite and 0 or more each; their sum is that of every other margin
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Margin(int[] totalOfCell, double[] totals) {
    public Margin {
      for (int total : totalOfCell) {
        if (total < 0 || total >= totals.length) {
          throw new IllegalArgumentException(
              "a cell is of total " + total + " but there are " + totals.length);
        }
      }
      for (double total : totals) {
        requireCount("a total", total);
      }
    }

    private double[] sums(double[] cells) {
      double[] sums = new double[totals.length];
      for (int i = 0; i < cells.length; i++) {
        sums[totalOfCell[i]] += cells[i];
      }
      return sums;
    }
  }

  /** A total that is missed, and by how much, relative to the total. */
  private record Miss(int margin, int index, double wanted, double reached, double error) {
    private static final Miss NONE = new Miss(0, 0, 0, 0, 0);
  }

  /**
   * The cells that meet every margin, in the order of the seed.
   *
   * @param seed cells in any order, finite and 0 or more each; a cell of 0 stays 0
   * @param margins in the order in which they are fitted
   * @throws InfeasibleException if the margins' sums differ, a total above 0 has no cell above 0,
   *     or the margins are not met to 1e-8 after 500 rounds, so that the seed's zeros allow no
   *     answer or only one with more zeros than it has; it names the total that is missed by most
   * @throws IllegalArgumentException if the seed breaks its range or a margin is not of its length
   */
  public static double[] fit(double[] seed, List<Margin> margins) {
    for (double cell : seed) {
      requireCount("a cell of the seed", cell);
    }
    for (Margin margin : margins) {
      if (margin.totalOfCell.length != seed.length) {
        throw new IllegalArgumentException(
            "a margin is of %d cells but the seed has %d"
                .formatted(margin.totalOfCell.length, seed.length));
      }
    }
    requireEqualSums(margins);
    double[] cells = seed.clone();
    Miss miss = Miss.NONE;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      for (int m = 0; m < margins.size(); m++) {
        scale(cells, margins.get(m), m);
      }
      miss = worst(cells, margins);
      if (miss.error <= PRECISION) {
        return cells;
      }
    }
    String message =
        "total %d of margin %d is %s but %s is reached: no scaling of the seed meets all margins"
            .formatted(miss.index, miss.margin, miss.wanted, miss.reached);
    throw new InfeasibleException(message, miss.margin, miss.index, miss.wanted, miss.reached);
  }

  private static void requireEqualSums(List<Margin> margins) {
    for (int m = 1; m < margins.size(); m++) {
      double first = Arrays.stream(margins.get(0).totals).sum();
      double sum = Arrays.stream(margins.get(m).totals).sum();
      if (Math.abs(sum - first) > PRECISION * Math.max(sum, first)) {
        throw new InfeasibleException(
            "margin %d sums to %s but margin 0 to %s".formatted(m, sum, first), m, -1, first, sum);
      }
    }
  }

  private static void scale(double[] cells, Margin margin, int m) {
    double[] factors = margin.sums(cells);
    for (int i = 0; i < factors.length; i++) {
      double wanted = margin.totals[i];
      if (wanted > 0 && !(factors[i] > 0)) {
        String message =
            "total %d of margin %d is %s but none of its cells is above 0".formatted(i, m, wanted);
        throw new InfeasibleException(message, m, i, wanted, 0);
      }
      factors[i] = wanted > 0 ? wanted / factors[i] : 0;
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i] *= factors[margin.totalOfCell[i]];
    }
  }

  private static Miss worst(double[] cells, List<Margin> margins) {
    Miss worst = Miss.NONE;
    for (int m = 0; m < margins.size(); m++) {
      double[] totals = margins.get(m).totals;
      double[] sums = margins.get(m).sums(cells);
      for (int i = 0; i < totals.length; i++) {
        double error = totals[i] > 0 ? Math.abs(sums[i] - totals[i]) / totals[i] : sums[i];
        if (!(error <= worst.error)) {
          worst = new Miss(m, i, totals[i], sums[i], error);
        }
      }
    }
    return worst;
  }

  private static void requireCount(String name, double count) {
    if (!(count >= 0) || Double.isInfinite(count)) {
      throw new IllegalArgumentException(
          name + " is " + count + " but must be finite and 0 or more");
    }
  }
}
