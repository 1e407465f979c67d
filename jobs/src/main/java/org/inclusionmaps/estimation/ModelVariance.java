package org.inclusionmaps.estimation;

import java.util.Arrays;

/**
 * The search for the variance A of a Fay-Herriot model's area effects. It starts at the median
 * sampling variance, and each step ends at 0 or above.
 *
 * @param value A, 0 or more; exactly 0 where the search ended at that bound
 * @param iterations steps taken
 */
record ModelVariance(double value, int iterations) {
  private static final int MOST_ITERATIONS = 200;
  private static final int MOST_HALVINGS = 60;
  private static final double PRECISION = 1e-11;
  private static final double ROUNDING = 1e-12;
  private static final double LEAST_CURVATURE = 0.01;

  /** What is known at one A: the likelihood's logarithm, its slope, and its expected curvature. */
  private record Point(double a, double logLikelihood, double score, double information) {

    /**
     * The length of the step from here: by scoring, the curvature being the expected one; or, after
     * another point, by the curvature between the two. Scoring alone can take thousands of steps
     * where the sampling variances are very unequal.
     */
    double step(Point before) {
      double curvature = (before.score - score) / (a - before.a);
      return score / (curvature > LEAST_CURVATURE * information ? curvature : information);
    }

    boolean below(Point other) {
      return logLikelihood < other.logLikelihood - ROUNDING * (1 + Math.abs(other.logLikelihood));
    }
  }

  static ModelVariance find(
      double[] y, double[][] x, double[] samplingVariances, FayHerriot.Method method) {
    double[] sorted = samplingVariances.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double median = 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
    return method == FayHerriot.Method.MOMENT
        ? byMoment(y, x, samplingVariances, median, sorted[0])
        : byLikelihood(y, x, samplingVariances, method, median, sorted[0]);
  }

  /**
   * A step that lowers the likelihood is halved until it does not: so the likelihood never falls,
   * and the search ends at a maximum, which may be a local one.
   */
  private static ModelVariance byLikelihood(
      double[] y, double[][] x, double[] psi, FayHerriot.Method method, double a, double scale) {
    Point before = point(a, y, x, psi, method);
    Point at = before;
    double next = a;
    int iterations = 0;
    while (iterations < MOST_ITERATIONS) {
      iterations++;
      next = Math.max(0, at.a + at.step(before));
      if (converged(at.a, next, scale)) {
        break;
      }
      Point to = point(next, y, x, psi, method);
      for (int i = 0; i < MOST_HALVINGS && to.below(at); i++) {
        next = 0.5 * (at.a + next);
        to = point(next, y, x, psi, method);
      }
      before = at;
      at = to;
    }
    return new ModelVariance(next, iterations);
  }

  /**
   * The A at which Σ((y − x'β)²/(A+ψ)) is n − p, by Newton's method: the sum is a falling convex
   * function of A, so that from the second step on the search climbs towards the root, or stays at
   * 0 if there is none.
   */
  private static ModelVariance byMoment(
      double[] y, double[][] x, double[] psi, double start, double scale) {
    int freedom = y.length - x[0].length;
    double a = start;
    int iterations = 0;
    while (iterations < MOST_ITERATIONS) {
      iterations++;
      LeastSquares fit = LeastSquares.fit(y, x, variances(a, psi));
      double before = a;
      a = Math.max(0, a + (fit.sumOfSquares() - freedom) / fit.sumOfWeightedSquares());
      if (converged(before, a, scale)) {
        break;
      }
    }
    return new ModelVariance(a, iterations);
  }

  private static boolean converged(double a, double next, double scale) {
    return Math.abs(next - a) <= PRECISION * (a + scale);
  }

  private static double[] variances(double a, double[] psi) {
    return Arrays.stream(psi).map(each -> a + each).toArray();
  }

  private static Point point(
      double a, double[] y, double[][] x, double[] psi, FayHerriot.Method method) {
    double[] variances = variances(a, psi);
    LeastSquares fit = LeastSquares.fit(y, x, variances);
    double[] leverages = fit.leverages();
    boolean restricted = method == FayHerriot.Method.REML;
    double trace = 0;
    double traceOfSquare = restricted ? fit.squaredNormOfWeightedBasis() : 0;
    double logs = restricted ? fit.logDeterminant() : 0;
    for (int i = 0; i < variances.length; i++) {
      double leverage = restricted ? leverages[i] : 0;
      trace += (1 - leverage) / variances[i];
      traceOfSquare += (1 - 2 * leverage) / (variances[i] * variances[i]);
      logs += Math.log(variances[i]);
    }
    return new Point(
        a,
        -0.5 * (logs + fit.sumOfSquares()),
        0.5 * (fit.sumOfWeightedSquares() - trace),
        0.5 * traceOfSquare);
  }
}
