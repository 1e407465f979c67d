package org.inclusionmaps.affordability;

import java.util.Arrays;

/**
 * Points of a Lorenz curve as a survey states them: what share of all income the poorest share of
 * persons has. The ends (0, 0) and (1, 1) are always part of it and are not counted as points.
 */
public final class LorenzPoints {
  /**
   * Shares may miss 1 in their sum by this, as shares printed to a tenth of a per cent do; they are
   * then divided by their sum.
   */
  public static final double ROUNDING = 0.005;

  private static final double NOISE = 1e-9;

  private final double[] p;
  private final double[] l;

  private LorenzPoints(double[] p, double[] l) {
    this.p = p;
    this.l = l;
  }

  /**
   * Points in order of the share of persons, with or without the ends.
   *
   * @param p shares of persons, 0 to 1, each above the one before; at least one within 0 and 1
   * @param l the share of all income that they have, 0 to the share of persons, never falling
   */
  public static LorenzPoints of(double[] p, double[] l) {
    if (p.length != l.length) {
      throw new IllegalArgumentException(
          p.length + " shares of persons but " + l.length + " shares of income");
    }
    int first = p.length > 0 && p[0] == 0 ? 1 : 0;
    int end = p.length > 0 && p[p.length - 1] == 1 ? p.length - 1 : p.length;
    boolean starts = first == 0 || l[0] == 0;
    boolean ends = end == p.length || l[end] == 1;
    if (!starts || !ends) {
      throw new IllegalArgumentException("the ends of a Lorenz curve are (0, 0) and (1, 1)");
    }
    if (end <= first) {
      throw new IllegalArgumentException("a Lorenz curve needs a point between its ends");
    }
    double[] shares = Arrays.copyOfRange(p, first, end);
    double[] incomes = Arrays.copyOfRange(l, first, end);
    for (int i = 0; i < shares.length; i++) {
      boolean rises = shares[i] > (i == 0 ? 0 : shares[i - 1]) && shares[i] < 1;
      boolean keeps = incomes[i] >= (i == 0 ? 0 : incomes[i - 1]);
      if (!rises || !keeps || !(incomes[i] <= shares[i] + NOISE)) {
        throw new IllegalArgumentException(
            "point (%s, %s) must be above the one before and not above equality"
                .formatted(shares[i], incomes[i]));
      }
      incomes[i] = Math.min(incomes[i], shares[i]);
    }
    return new LorenzPoints(shares, incomes);
  }

  /**
   * Points from the shares of income of parts of the population of one size, such as fifths or
   * tenths, the poorest first.
   *
   * @param shares two or more, 0 or more and never falling, with a sum of 1 but for {@link
   *     #ROUNDING}
   */
  public static LorenzPoints ofShares(double... shares) {
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      if (!(shares[i] >= (i == 0 ? 0 : shares[i - 1]))) {
        throw new IllegalArgumentException(
            "shares of income must not fall from the poorest part to the richest: "
                + Arrays.toString(shares));
      }
      sum += shares[i];
    }
    if (shares.length < 2 || !(Math.abs(sum - 1) <= ROUNDING)) {
      throw new IllegalArgumentException(
          "%d shares of income have a sum of %s but must be two or more with a sum of 1, within %s"
              .formatted(shares.length, Math.round(sum * 1e6) / 1e6, ROUNDING));
    }
    double[] p = new double[shares.length - 1];
    double[] l = new double[shares.length - 1];
    double poorer = 0;
    for (int i = 0; i < p.length; i++) {
      poorer += shares[i];
      p[i] = (i + 1) / (double) shares.length;
      l[i] = poorer / sum;
    }
    return of(p, l);
  }

  /** How many points there are between the ends. */
  public int size() {
    return p.length;
  }

  /** Share of persons at a point, within 0 and 1. */
  public double p(int point) {
    return p[point];
  }

  /** Share of income at a point, 0 to the share of persons. */
  public double l(int point) {
    return l[point];
  }
}
