package org.inclusionmaps.affordability;

import java.util.Arrays;

/**
 * A Lorenz curve through points, rising and convex, of pieces of parabolas: income rises along
 * straight lines, so that incomes are uniform within each piece. It has the shape of the points and
 * no theory of incomes; above the last point, the richest have at most what a straight line gives
 * them. Source of the pieces: L. L. Schumaker, On shape preserving quadratic spline interpolation,
 * SIAM Journal on Numerical Analysis 20 (1983), with one knot within each interval where income
 * passes the interval's mean.
 */
public final class InterpolatedLorenz implements LorenzCurve {
  /** Where each piece begins, and 1 at the end; the same for income. */
  private final double[] p;

  private final double[] l;

  /** Income at each piece's begin and end, as a multiple of the mean; neither ever falls. */
  private final double[] from;

  private final double[] to;

  private InterpolatedLorenz(double[] p, double[] l, double[] from, double[] to) {
    this.p = p;
    this.l = l;
    this.from = from;
    this.to = to;
  }

  /**
   * The curve through points. A point at which income would fall, as roundings can have it, is
   * passed below: the curve keeps to the lower hull.
   */
  public static InterpolatedLorenz through(LorenzPoints points) {
    double[][] hull = lowerHull(points);
    double[] x = hull[0];
    double[] y = hull[1];
    int intervals = x.length - 1;
    double[] means = new double[intervals];
    for (int i = 0; i < intervals; i++) {
      double mean = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
      means[i] = i == 0 ? mean : Math.max(means[i - 1], mean);
    }
    double[] incomes = incomes(x, means);
    double[] p = new double[2 * intervals + 1];
    double[] l = new double[2 * intervals + 1];
    double[] from = new double[2 * intervals];
    double[] to = new double[2 * intervals];
    for (int i = 0; i < intervals; i++) {
      double low = incomes[i];
      double high = incomes[i + 1];
      double part = high > low ? Math.min(1, (high - means[i]) / (high - low)) : .5;
      double width = part * (x[i + 1] - x[i]);
      p[2 * i] = x[i];
      l[2 * i] = y[i];
      p[2 * i + 1] = x[i] + width;
      l[2 * i + 1] = y[i] + width * (low + means[i]) / 2;
      from[2 * i] = low;
      to[2 * i] = means[i];
      from[2 * i + 1] = means[i];
      to[2 * i + 1] = high;
    }
    p[2 * intervals] = 1;
    l[2 * intervals] = 1;
    return new InterpolatedLorenz(p, l, from, to);
  }

  /** Income at each point: between the means on both sides; at the ends, on a straight line. */
  private static double[] incomes(double[] x, double[] means) {
    int last = means.length;
    double[] incomes = new double[last + 1];
    for (int i = 1; i < last; i++) {
      double before = x[i] - x[i - 1];
      double after = x[i + 1] - x[i];
      double income = (after * means[i - 1] + before * means[i]) / (before + after);
      incomes[i] = Math.min(means[i], Math.max(means[i - 1], income));
    }
    if (last == 1) {
      return new double[] {means[0], means[0]};
    }
    incomes[0] = Math.max(0, Math.min(means[0], 2 * means[0] - incomes[1]));
    incomes[last] = Math.max(means[last - 1], 2 * means[last - 1] - incomes[last - 1]);
    return incomes;
  }

  /** The points and the ends, without those above a line between two others. */
  private static double[][] lowerHull(LorenzPoints points) {
    double[] x = new double[points.size() + 2];
    double[] y = new double[points.size() + 2];
    int kept = 1;
    for (int i = 0; i <= points.size(); i++) {
      double p = i < points.size() ? points.p(i) : 1;
      double l = i < points.size() ? points.l(i) : 1;
      while (kept > 1
          && (y[kept - 1] - y[kept - 2]) * (p - x[kept - 1])
              > (l - y[kept - 1]) * (x[kept - 1] - x[kept - 2])) {
        kept--;
      }
      x[kept] = p;
      y[kept] = l;
      kept++;
    }
    return new double[][] {Arrays.copyOf(x, kept), Arrays.copyOf(y, kept)};
  }

  @Override
  public Form form() {
    return Form.INTERPOLATED;
  }

  /** Always: it is made so. */
  @Override
  public boolean isValid() {
    return true;
  }

  @Override
  public double at(double share) {
    Require.share(share);
    int found = Arrays.binarySearch(p, share);
    if (found >= 0) {
      return l[found];
    }
    int piece = -found - 2;
    double along = share - p[piece];
    double rise = (to[piece] - from[piece]) / (p[piece + 1] - p[piece]);
    return Math.min(share, l[piece] + along * (from[piece] + rise * along / 2));
  }

  @Override
  public double shareBelow(double multiple) {
    Require.number(multiple);
    int piece = 0;
    while (piece < to.length && to[piece] < multiple) {
      piece++;
    }
    if (piece == to.length) {
      return 1;
    }
    if (from[piece] >= multiple) {
      return p[piece];
    }
    double part = (multiple - from[piece]) / (to[piece] - from[piece]);
    return p[piece] + part * (p[piece + 1] - p[piece]);
  }

  @Override
  public double gini() {
    double area = 0;
    for (int i = 0; i < to.length; i++) {
      double width = p[i + 1] - p[i];
      area += width * (l[i] + width * (2 * from[i] + to[i]) / 6);
    }
    return Math.max(0, 1 - 2 * area);
  }
}
