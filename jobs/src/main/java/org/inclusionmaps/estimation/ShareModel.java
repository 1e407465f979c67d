package org.inclusionmaps.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * A {@link FayHerriot} model of shares on the {@link ArcsineRoot} scale, on covariates that it
 * chooses from those that are offered.
 *
 * <p>Covariates enter one by one, each time the one that lowers the weighted squares most, as long
 * as Schwarz's criterion falls (G. Schwarz, Annals of Statistics 6 (1978) 461-464), and at most one
 * for {@value #AREAS_A_COVARIATE} areas. Akaike's lets more in that tell nothing, and intervals of
 * areas without an estimate then hold too seldom: in the simulation of the test 86 % in place of
 * 89. They count from the mean of the areas of the fit, in standard deviations; a value that is
 * missing counts as the mean, one beyond the range of those areas as the end of the range, so that
 * nothing is carried on beyond what was seen.
 */
public final class ShareModel {
  /** At least so many areas for each covariate. */
  public static final int AREAS_A_COVARIATE = 5;

  /** A column of which less than this is left, given those chosen, tells nothing new. */
  private static final double LEAST_LEFT = 1e-6;

  private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

  private final FayHerriot fit;
  private final double[][] rows;
  private final int[] chosen;
  private final double[] means;
  private final double[] deviations;
  private final double[] lows;
  private final double[] highs;

  private ShareModel(FayHerriot fit, double[][] rows, int[] chosen, Columns columns) {
    this.fit = fit;
    this.rows = rows;
    this.chosen = chosen;
    this.means = columns.means;
    this.deviations = columns.deviations;
    this.lows = columns.lows;
    this.highs = columns.highs;
  }

  /**
   * Fits the model.
   *
   * @param shares direct estimates of n areas, 0 to 1; n at least 3
   * @param sizes effective sample size of each, above 0
   * @param covariates a row for each area of any number of covariates; not a number where missing
   */
  public static ShareModel fit(double[] shares, double[] sizes, double[][] covariates) {
    int n = shares.length;
    if (n < 3 || sizes.length != n || covariates.length != n) {
      throw new IllegalArgumentException(
          "%d shares, %d sizes and %d rows of covariates must be as many, and at least 3"
              .formatted(n, sizes.length, covariates.length));
    }
    double[] z = new double[n];
    double[] psi = new double[n];
    for (int i = 0; i < n; i++) {
      z[i] = ArcsineRoot.transform(shares[i]);
      psi[i] = ArcsineRoot.samplingVariance(sizes[i]);
    }
    Columns columns = Columns.of(covariates);
    double[][] all = new double[n][];
    for (int i = 0; i < n; i++) {
      all[i] = columns.standard(covariates[i]);
    }
    // What the areas differ by, given all that is offered, weighs them for the choice.
    double[][] intercept = new double[n][];
    Arrays.fill(intercept, new double[] {1});
    double a = FayHerriot.fit(z, intercept, psi, FayHerriot.Method.REML).modelVariance();
    int[] chosen = choose(z, psi, a, all);
    if (chosen.length > 0) {
      double[][] rows = rows(all, chosen);
      a = FayHerriot.fit(z, rows, psi, FayHerriot.Method.REML).modelVariance();
      chosen = choose(z, psi, a, all);
    }
    double[][] rows = rows(all, chosen);
    return new ShareModel(
        FayHerriot.fit(z, rows, psi, FayHerriot.Method.REML), rows, chosen, columns);
  }

  private static double[][] rows(double[][] all, int[] chosen) {
    double[][] rows = new double[all.length][];
    for (int i = 0; i < all.length; i++) {
      rows[i] = row(all[i], chosen);
    }
    return rows;
  }

  private static double[] row(double[] standard, int[] chosen) {
    double[] row = new double[chosen.length + 1];
    row[0] = 1;
    for (int j = 0; j < chosen.length; j++) {
      row[j + 1] = standard[chosen[j]];
    }
    return row;
  }

  /** Forward choice; columns and answer are kept free of what was chosen before. */
  private static int[] choose(double[] z, double[] psi, double a, double[][] all) {
    int n = z.length;
    double[] one = new double[n];
    double[] left = new double[n];
    for (int i = 0; i < n; i++) {
      one[i] = 1 / Math.sqrt(a + psi[i]);
      left[i] = z[i] * one[i];
    }
    int offered = all[0].length;
    double[][] columns = new double[offered][n];
    for (int j = 0; j < offered; j++) {
      for (int i = 0; i < n; i++) {
        columns[j][i] = all[i][j] * one[i];
      }
    }
    double[] whole = Arrays.stream(columns).mapToDouble(column -> dot(column, column)).toArray();
    free(left, one);
    for (double[] column : columns) {
      free(column, one);
    }
    List<Integer> chosen = new ArrayList<>();
    double criterion = criterion(dot(left, left), n, 1);
    int most = Math.min(offered, n / AREAS_A_COVARIATE);
    while (chosen.size() < most) {
      int best = -1;
      double drop = 0;
      for (int j = 0; j < offered; j++) {
        double own = dot(columns[j], columns[j]);
        if (!chosen.contains(j) && own > LEAST_LEFT * whole[j]) {
          double shared = dot(columns[j], left);
          if (shared * shared / own > drop) {
            drop = shared * shared / own;
            best = j;
          }
        }
      }
      if (best < 0) {
        break;
      }
      double next = criterion(dot(left, left) - drop, n, chosen.size() + 2);
      if (!(next < criterion)) {
        break;
      }
      criterion = next;
      chosen.add(best);
      double[] by = columns[best].clone();
      free(left, by);
      for (double[] column : columns) {
        free(column, by);
      }
    }
    return chosen.stream().mapToInt(j -> j).toArray();
  }

  /** Takes out of a vector its part along another. */
  private static void free(double[] of, double[] by) {
    double along = dot(of, by) / dot(by, by);
    for (int i = 0; i < of.length; i++) {
      of[i] -= along * by[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double criterion(double squares, int n, int coefficients) {
    return n * Math.log(Math.max(squares, 1e-300) / n) + coefficients * Math.log(n);
  }

  /** The model on the arcsine scale, of the chosen covariates and an intercept before them. */
  public FayHerriot fit() {
    return fit;
  }

  /** The covariates chosen, by their index, in the order that they entered. */
  public int[] chosen() {
    return chosen.clone();
  }

  /**
   * The row of the model of some covariates: 1, then the chosen ones as the fit counts them.
   *
   * @param covariates as many as were offered; not a number where missing
   */
  public double[] row(double[] covariates) {
    double[] standard = new double[means.length];
    for (int j = 0; j < standard.length; j++) {
      standard[j] = Columns.standard(covariates[j], means[j], deviations[j], lows[j], highs[j]);
    }
    return row(standard, chosen);
  }

  /**
   * The variance of the effect of an area that is not of the fit: the mean of A given the data,
   * were all A of 0 or more alike before, by the normal approximation of its restricted likelihood.
   * It is more than A's estimate, which may be 0 by chance: C. N. Morris, J. Am. Stat. Assoc. 78
   * (1983) 47-55, on why the mean and not the mode.
   */
  public double unseenVariance() {
    double error = Math.sqrt(fit.varianceOfModelVariance());
    double at = fit.modelVariance() / error;
    double below = Math.exp(-at * at / 2) / Math.sqrt(2 * Math.PI);
    return fit.modelVariance() + error * below / NORMAL.cumulativeProbability(at);
  }

  /** What an area of the fit has beyond x'β, on the arcsine scale. */
  public double effect(int area) {
    return fit.estimate(area) - fit.predict(rows[area]).estimate();
  }

  /** The error of an area of the fit beyond that of β, on the arcsine scale: √(mse − g2). */
  public double effectError(int area) {
    double rest = 1 - fit.shrinkage(area);
    double beta = 0;
    for (double error : fit.coefficientErrors(rows[area])) {
      beta += rest * rest * error * error;
    }
    return Math.sqrt(Math.max(0, fit.mse(area) - beta));
  }

  /** How covariates are counted. */
  private record Columns(
      @SuppressWarnings("ArrayRecordComponent") double[] means,
      @SuppressWarnings("ArrayRecordComponent") double[] deviations,
      @SuppressWarnings("ArrayRecordComponent") double[] lows,
      @SuppressWarnings("ArrayRecordComponent") double[] highs) {

    static Columns of(double[][] rows) {
      int p = rows[0].length;
      Columns columns = new Columns(new double[p], new double[p], new double[p], new double[p]);
      for (int j = 0; j < p; j++) {
        columns.count(rows, j);
      }
      return columns;
    }

    private void count(double[][] rows, int j) {
      int n = 0;
      double sum = 0;
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double[] row : rows) {
        if (!Double.isNaN(row[j])) {
          n++;
          sum += row[j];
          low = Math.min(low, row[j]);
          high = Math.max(high, row[j]);
        }
      }
      double mean = n == 0 ? 0 : sum / n;
      double squares = 0;
      for (double[] row : rows) {
        squares += Double.isNaN(row[j]) ? 0 : (row[j] - mean) * (row[j] - mean);
      }
      means[j] = mean;
      deviations[j] = high > low ? Math.sqrt(squares / n) : 0;
      lows[j] = low;
      highs[j] = high;
    }

    double[] standard(double[] row) {
      double[] standard = new double[means.length];
      for (int j = 0; j < standard.length; j++) {
        standard[j] = standard(row[j], means[j], deviations[j], lows[j], highs[j]);
      }
      return standard;
    }

    static double standard(double value, double mean, double deviation, double low, double high) {
      return Double.isNaN(value) || deviation == 0
          ? 0
          : (Math.min(high, Math.max(low, value)) - mean) / deviation;
    }
  }
}
