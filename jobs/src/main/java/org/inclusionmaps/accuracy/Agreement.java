package org.inclusionmaps.accuracy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How estimates agree with what was observed.
 *
 * @param cases number of pairs
 * @param spearman Spearman's rank correlation, equal values sharing the mean of their ranks; NaN
 *     where all of one side are equal
 * @param pearsonR2 square of Pearson's correlation: the share of the outcomes' variance that a
 *     straight line on the estimates tells; NaN likewise
 * @param bias mean of estimate minus outcome
 * @param mae mean absolute error
 * @param rmse root mean square error
 * @param calibration the pairs in ten parts of as equal numbers as can be, from the lowest
 *     estimates up; fewer parts if there are fewer pairs
 */
public record Agreement(
    int cases,
    double spearman,
    double pearsonR2,
    double bias,
    double mae,
    double rmse,
    List<Part> calibration) {

  /**
   * A part of the pairs with neighbouring estimates.
   *
   * @param cases number of pairs
   * @param meanEstimate mean of their estimates
   * @param meanOutcome mean of what was observed
   */
  public record Part(int cases, double meanEstimate, double meanOutcome) {}

  private static final int PARTS = 10;

  /**
   * The agreement of estimates and outcomes in the same order.
   *
   * @throws IllegalArgumentException if their numbers differ, or there are none
   */
  public static Agreement of(double[] estimates, double[] outcomes) {
    int n = estimates.length;
    if (n == 0 || n != outcomes.length) {
      throw new IllegalArgumentException(n + " estimates and " + outcomes.length + " outcomes");
    }
    double r = correlation(estimates, outcomes);
    double bias = 0;
    double absolute = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double error = estimates[i] - outcomes[i];
      bias += error / n;
      absolute += Math.abs(error) / n;
      squares += error * error / n;
    }
    return new Agreement(
        n,
        correlation(ranks(estimates), ranks(outcomes)),
        r * r,
        bias,
        absolute,
        Math.sqrt(squares),
        calibration(estimates, outcomes));
  }

  private static double correlation(double[] x, double[] y) {
    double meanX = IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElseThrow();
    double meanY = IntStream.range(0, y.length).mapToDouble(i -> y[i]).average().orElseThrow();
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
      xy += (x[i] - meanX) * (y[i] - meanY);
    }
    return xx == 0 || yy == 0 ? Double.NaN : xy / Math.sqrt(xx) / Math.sqrt(yy);
  }

  private static List<Integer> order(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .toList();
  }

  private static double[] ranks(double[] values) {
    List<Integer> order = order(values);
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.size(); ) {
      int to = from;
      while (to < order.size() && values[order.get(to)] == values[order.get(from)]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order.get(i)] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  private static List<Part> calibration(double[] estimates, double[] outcomes) {
    List<Integer> order = order(estimates);
    int parts = Math.min(PARTS, order.size());
    List<Part> calibration = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) order.size() * part / parts);
      int to = (int) ((long) order.size() * (part + 1) / parts);
      double estimate = 0;
      double outcome = 0;
      for (int i : order.subList(from, to)) {
        estimate += estimates[i] / (to - from);
        outcome += outcomes[i] / (to - from);
      }
      calibration.add(new Part(to - from, estimate, outcome));
    }
    return calibration;
  }
}
