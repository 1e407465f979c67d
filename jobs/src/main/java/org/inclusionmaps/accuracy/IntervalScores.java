package org.inclusionmaps.accuracy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How far estimates are from the truth, and how often their intervals hold it.
 *
 * <p>Standard errors are those of a mean over cases that come in clusters: with m clusters, cases
 * n_c of them, sums s_c and the mean p = Σ s_c / Σ n_c, it is √(m/(m−1) · Σ (s_c − p n_c)²) / Σ
 * n_c. Source: W. G. Cochran, Sampling Techniques (1977), section 9.7, without the correction for a
 * finite population. One cluster has none: NaN.
 *
 * @param cases number of cases
 * @param clusters number of clusters
 * @param bias mean error; positive where estimates are too high
 * @param biasError standard error of the bias
 * @param rmse root mean square error
 * @param width mean width of the intervals
 * @param heldPct intervals that hold the truth, per cent
 * @param heldErrorPct standard error of it, points; 0 too where all or none do
 * @param belowPct truths below their interval, per cent
 * @param abovePct truths above their interval, per cent
 * @param stretch the factor on the ends' distances from the estimate with which nine of ten
 *     intervals would hold the truth: above 1 they are too narrow, or the estimates biased
 */
public record IntervalScores(
    int cases,
    int clusters,
    double bias,
    double biasError,
    double rmse,
    double width,
    double heldPct,
    double heldErrorPct,
    double belowPct,
    double abovePct,
    double stretch) {

  private static final double SHOULD_HOLD = 0.9;

  private record Mean(double mean, double error, int clusters) {}

  /**
   * The scores of some cases.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static IntervalScores of(List<Told> cases) {
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("no cases to score");
    }
    Mean bias = mean(cases, Told::error);
    Mean held = mean(cases, told -> told.holds() ? 100 : 0);
    return new IntervalScores(
        cases.size(),
        bias.clusters,
        bias.mean,
        bias.error,
        Math.sqrt(mean(cases, told -> told.error() * told.error()).mean),
        mean(cases, told -> told.high() - told.low()).mean,
        held.mean,
        held.error,
        mean(cases, told -> told.truth() < told.low() ? 100 : 0).mean,
        mean(cases, told -> told.truth() > told.high() ? 100 : 0).mean,
        stretch(cases));
  }

  private static Mean mean(List<Told> cases, ToDoubleFunction<Told> figure) {
    Map<Long, double[]> clusters = new TreeMap<>();
    double sum = 0;
    for (Told told : cases) {
      double one = figure.applyAsDouble(told);
      double[] cluster = clusters.computeIfAbsent(told.cluster(), c -> new double[2]);
      cluster[0] += one;
      cluster[1]++;
      sum += one;
    }
    double mean = sum / cases.size();
    int m = clusters.size();
    double squares = 0;
    for (double[] cluster : clusters.values()) {
      double off = cluster[0] - mean * cluster[1];
      squares += off * off;
    }
    double error = m == 1 ? Double.NaN : Math.sqrt(m / (m - 1.0) * squares) / cases.size();
    return new Mean(mean, error, m);
  }

  /** The least factor with which at least nine of ten hold. */
  private static double stretch(List<Told> cases) {
    double[] factors = cases.stream().mapToDouble(Told::stretch).sorted().toArray();
    return factors[(int) Math.ceil(SHOULD_HOLD * factors.length) - 1];
  }

  /** The names of the figures, in the order of {@link #figures}. */
  public static List<String> names() {
    return Arrays.stream(IntervalScores.class.getRecordComponents())
        .map(component -> snake(component.getName()))
        .toList();
  }

  private static String snake(String camel) {
    return camel.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
  }

  /** The figures, in the order of {@link #names}. */
  public List<Double> figures() {
    return List.of(
        (double) cases,
        (double) clusters,
        bias,
        biasError,
        rmse,
        width,
        heldPct,
        heldErrorPct,
        belowPct,
        abovePct,
        stretch);
  }
}
