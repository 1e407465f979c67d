package org.inclusionmaps.estimation;

/**
 * Small-area estimates from direct estimates of areas: the area-level model y = x'β + u + e, with
 * var u = A, the same for all areas, and var e = ψ, the known sampling variance of each. The
 * estimate (EBLUP) γy + (1−γ)x'β, γ = A/(A+ψ), leans on the regression where the survey says
 * little.
 *
 * <p>Source: R. E. Fay, R. A. Herriot, J. Am. Stat. Assoc. 74 (1979) 269-277; J. N. K. Rao, I.
 * Molina, Small Area Estimation (2nd ed. 2015), sections 6.1 (estimates) and 6.2 (their mean
 * squared errors). Time is O(n p²) for each step of the search for A, memory O(n p). The unit is
 * y's, squared for variances.
 */
public final class FayHerriot {
  /** How the model variance A is found. */
  public enum Method {
    /** Restricted maximum likelihood, by scoring: the least biased. */
    REML,
    /** Maximum likelihood, by scoring. */
    ML,
    /** Fay and Herriot's own: the A at which the weighted squared residuals sum to n − p. */
    MOMENT
  }

  /**
   * An estimate for an area outside the sample.
   *
   * @param estimate x'β
   * @param mse its mean squared error A + x' cov(β) x
   */
  public record Prediction(double estimate, double mse) {}

  private final Method method;
  private final ModelVariance a;
  private final double[] psi;
  private final double[] beta;
  private final double[][] inverseOfR;
  private final double[] y;
  private final double[] scaledResiduals;
  private final double[] leverages;
  private final double logLikelihood;
  private final double varianceOfA;
  private final double biasOfA;

  private FayHerriot(Method method, ModelVariance a, double[] y, double[] psi, double[][] x) {
    this.method = method;
    this.a = a;
    this.psi = psi.clone();
    this.y = y.clone();
    int n = y.length;
    double[] variances = new double[n];
    for (int i = 0; i < n; i++) {
      variances[i] = a.value() + psi[i];
    }
    LeastSquares fit = LeastSquares.fit(y, x, variances);
    beta = fit.beta();
    inverseOfR = fit.inverseOfR();
    scaledResiduals = fit.scaledResiduals();
    leverages = fit.leverages();
    double logs = 0;
    double sum = 0;
    double squares = 0;
    double leveraged = 0;
    for (int i = 0; i < n; i++) {
      logs += Math.log(2 * Math.PI * variances[i]);
      sum += 1 / variances[i];
      squares += 1 / (variances[i] * variances[i]);
      leveraged += leverages[i] / variances[i];
    }
    logLikelihood = -0.5 * (logs + fit.sumOfSquares());
    varianceOfA = method == Method.MOMENT ? 2 * n / (sum * sum) : 2 / squares;
    biasOfA =
        switch (method) {
          case REML -> 0;
          case ML -> -leveraged / squares;
          case MOMENT -> 2 * (n * squares - sum * sum) / (sum * sum * sum);
        };
  }

  /**
   * Fits the model.
   *
   * @param y direct estimates of n areas
   * @param x a row for each area of p auxiliary values, the same columns for all; no intercept is
   *     added; p at least 1 and below n
   * @param samplingVariance variance of each direct estimate, above 0
   * @throws IllegalArgumentException if the shapes or ranges are not these, a number is not finite,
   *     or a column of x depends on the columns before it: the message names that column
   */
  public static FayHerriot fit(double[] y, double[][] x, double[] samplingVariance, Method method) {
    require(y, x, samplingVariance);
    ModelVariance a = ModelVariance.find(y, x, samplingVariance, method);
    return new FayHerriot(method, a, y, samplingVariance, x);
  }

  private static void require(double[] y, double[][] x, double[] psi) {
    if (x.length != y.length || psi.length != y.length) {
      throw new IllegalArgumentException(
          "%d direct estimates, %d rows of x and %d sampling variances must be as many"
              .formatted(y.length, x.length, psi.length));
    }
    int p = x.length == 0 ? 0 : x[0].length;
    if (p == 0 || y.length <= p) {
      throw new IllegalArgumentException(
          "%d areas are too few for %d columns of x, of which at least one is needed"
              .formatted(y.length, p));
    }
    for (int i = 0; i < y.length; i++) {
      if (!Double.isFinite(y[i]) || !(psi[i] > 0) || Double.isInfinite(psi[i])) {
        throw new IllegalArgumentException(
            "direct estimate %s of area %d must be finite, its sampling variance %s above 0"
                .formatted(y[i], i, psi[i]));
      }
      requireRow(x[i], p, "row " + i + " of x");
    }
  }

  private static void requireRow(double[] row, int p, String name) {
    if (row.length != p) {
      throw new IllegalArgumentException(
          "%s has %d columns but must have %d".formatted(name, row.length, p));
    }
    for (int j = 0; j < p; j++) {
      if (!Double.isFinite(row[j])) {
        throw new IllegalArgumentException(
            "column %d of %s is %s but must be finite".formatted(j, name, row[j]));
      }
    }
  }

  /** A, the variance of the area effects, 0 or more. */
  public double modelVariance() {
    return a.value();
  }

  /**
   * Whether the search for A ended at its bound of 0: the areas differ no more than their sampling
   * variances explain. Each estimate is then x'β.
   */
  public boolean modelVarianceIsZero() {
    return a.value() == 0;
  }

  /** The asymptotic variance of A's estimate. */
  public double varianceOfModelVariance() {
    return varianceOfA;
  }

  /** Steps that the search for A took, at most 200. */
  public int iterations() {
    return a.iterations();
  }

  /** How A was found. */
  public Method method() {
    return method;
  }

  /** The number of areas n. */
  public int areas() {
    return y.length;
  }

  /** The p coefficients. */
  public double[] beta() {
    return beta.clone();
  }

  /** Covariance of the coefficients, p × p: (X'V⁻¹X)⁻¹, V the diagonal of A + ψ. */
  public double[][] betaCovariance() {
    int p = beta.length;
    double[][] covariance = new double[p][p];
    for (int i = 0; i < p; i++) {
      for (int j = i; j < p; j++) {
        for (int k = j; k < p; k++) {
          covariance[i][j] += inverseOfR[i][k] * inverseOfR[j][k];
        }
        covariance[j][i] = covariance[i][j];
      }
    }
    return covariance;
  }

  /** The weight γ = A/(A+ψ) that the direct estimate of an area has in its estimate: 0 to 1. */
  public double shrinkage(int area) {
    return a.value() / (a.value() + psi[area]);
  }

  /** The estimate (EBLUP) of an area: γy + (1−γ)x'β. */
  public double estimate(int area) {
    return y[area] - (1 - shrinkage(area)) * residual(area);
  }

  /**
   * Mean squared error of an area's estimate: g1 + g2 + 2 g3 − b(1−γ)², for what is left to chance,
   * β, and A and its bias b (0 for REML). At A = 0 it is g2 + 2 g3 for each method, because the
   * expansion from which b comes does not hold at a bound. It is at least g2.
   */
  public double mse(int area) {
    double rest = 1 - shrinkage(area);
    double variance = a.value() + psi[area];
    double g1 = a.value() * rest;
    double g2 = rest * rest * leverages[area] * variance;
    double g3 = rest * rest * varianceOfA / variance;
    double bias = modelVarianceIsZero() ? 0 : biasOfA * rest * rest;
    return g2 + Math.max(0, g1 + 2 * g3 - bias);
  }

  /**
   * The estimate for an area without a direct one. Where A is 0 its error counts β alone.
   *
   * @param x its p auxiliary values, in the columns of the fit
   */
  public Prediction predict(double[] x) {
    double[] errors = coefficientErrors(x);
    double estimate = 0;
    double mse = a.value();
    for (int j = 0; j < beta.length; j++) {
      estimate += x[j] * beta[j];
      mse += errors[j] * errors[j];
    }
    return new Prediction(estimate, mse);
  }

  /**
   * What β's error does to x'β, as p independent parts: with standard normal draws z, the same for
   * all areas, x'β errs by the sum of part j times z_j. Their squares sum to x' cov(β) x.
   *
   * @param x p auxiliary values, in the columns of the fit
   */
  public double[] coefficientErrors(double[] x) {
    requireRow(x, beta.length, "x");
    double[] errors = new double[beta.length];
    for (int j = 0; j < errors.length; j++) {
      for (int i = 0; i <= j; i++) {
        errors[j] += x[i] * inverseOfR[i][j];
      }
    }
    return errors;
  }

  /**
   * y − x'β over its standard deviation √((A+ψ)(1−h)), h the area's leverage: about standard normal
   * under the model. 0 for an area that alone settles a coefficient, so that it has no residual.
   */
  public double standardisedResidual(int area) {
    double left = 1 - leverages[area];
    return left > 1e-10 ? scaledResiduals[area] / Math.sqrt(left) : 0;
  }

  /** The log-likelihood of y at A and β, the unrestricted one whatever the method. */
  public double logLikelihood() {
    return logLikelihood;
  }

  /** Akaike's criterion, −2 logLikelihood + 2(p + 1): the lower the better. */
  public double aic() {
    return -2 * logLikelihood + 2 * (beta.length + 1);
  }

  private double residual(int area) {
    return scaledResiduals[area] * Math.sqrt(a.value() + psi[area]);
  }
}
