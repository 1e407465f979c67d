package org.inclusionmaps.estimation;

/**
 * Least squares for independent errors of unequal variance: W½X = QR, W = 1/variance, in O(n p²)
 * time and O(n p) memory. Never forms an n × n matrix, as general decompositions do that return Q.
 *
 * <p>Source: Å. Björck, Numerical Methods for Least Squares Problems (1996), section 2.4: modified
 * Gram-Schmidt, each column made orthogonal a second time where the first time cancelled digits.
 */
final class LeastSquares {
  /**
   * A column this much shorter, as a share, once the earlier ones are taken out, depends on them.
   */
  static final double DEPENDENT = 1e-10;

  private final double[] weights;
  private final double[][] q;
  private final double[][] r;
  private final double[] beta;
  private final double[] scaledResiduals;
  private final double[] leverages;

  private LeastSquares(double[] weights, double[][] q, double[][] r, double[] scaledY) {
    this.weights = weights;
    this.q = q;
    this.r = r;
    this.scaledResiduals = scaledY;
    this.leverages = new double[scaledY.length];
    int p = q.length;
    beta = new double[p];
    for (int k = 0; k < p; k++) {
      beta[k] = dot(q[k], scaledResiduals);
      subtract(beta[k], q[k], scaledResiduals);
      for (int i = 0; i < leverages.length; i++) {
        leverages[i] += q[k][i] * q[k][i];
      }
    }
    for (int k = p - 1; k >= 0; k--) {
      for (int j = k + 1; j < p; j++) {
        beta[k] -= r[k][j] * beta[j];
      }
      beta[k] /= r[k][k];
    }
  }

  /**
   * The fit of y to x.
   *
   * @param y n values
   * @param x n rows of p columns, p below n
   * @param variances variance of each y, above 0
   * @throws IllegalArgumentException if a column of x depends on the columns before it
   */
  static LeastSquares fit(double[] y, double[][] x, double[] variances) {
    int n = y.length;
    int p = x[0].length;
    double[] weights = new double[n];
    double[] scaledY = new double[n];
    double[][] q = new double[p][n];
    for (int i = 0; i < n; i++) {
      weights[i] = 1 / variances[i];
      double root = Math.sqrt(weights[i]);
      scaledY[i] = root * y[i];
      for (int j = 0; j < p; j++) {
        q[j][i] = root * x[i][j];
      }
    }
    double[][] r = new double[p][p];
    for (int j = 0; j < p; j++) {
      double whole = Math.sqrt(dot(q[j], q[j]));
      double left = removeEarlier(j, q, r);
      if (left < 0.5 * whole) {
        left = removeEarlier(j, q, r);
      }
      if (!(left > DEPENDENT * whole)) {
        throw new IllegalArgumentException(
            "column %d of x depends on the columns before it".formatted(j));
      }
      r[j][j] = left;
      for (int i = 0; i < n; i++) {
        q[j][i] /= left;
      }
    }
    return new LeastSquares(weights, q, r, scaledY);
  }

  private static double removeEarlier(int j, double[][] q, double[][] r) {
    for (int k = 0; k < j; k++) {
      double along = dot(q[k], q[j]);
      r[k][j] += along;
      subtract(along, q[k], q[j]);
    }
    return Math.sqrt(dot(q[j], q[j]));
  }

  /** The p coefficients. */
  double[] beta() {
    return beta.clone();
  }

  /** (y − x'β)/σ of each row. */
  double[] scaledResiduals() {
    return scaledResiduals.clone();
  }

  /** x'(X'WX)⁻¹x/σ² of each row, 0 to 1; they sum to p. */
  double[] leverages() {
    return leverages.clone();
  }

  /** Σ((y − x'β)/σ)². */
  double sumOfSquares() {
    return dot(scaledResiduals, scaledResiduals);
  }

  /** Σ((y − x'β)/σ²)². */
  double sumOfWeightedSquares() {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * scaledResiduals[i] * scaledResiduals[i];
    }
    return sum;
  }

  /** ln det X'WX. */
  double logDeterminant() {
    double sum = 0;
    for (int j = 0; j < r.length; j++) {
      sum += 2 * Math.log(r[j][j]);
    }
    return sum;
  }

  /** ‖Q'WQ‖², the squares of its elements summed: tr(HWHW), H the projection on W½X. */
  double squaredNormOfWeightedBasis() {
    double sum = 0;
    double[] weighted = new double[weights.length];
    for (int j = 0; j < q.length; j++) {
      for (int i = 0; i < weighted.length; i++) {
        weighted[i] = weights[i] * q[j][i];
      }
      for (int k = 0; k <= j; k++) {
        double element = dot(q[k], weighted);
        sum += (k == j ? 1 : 2) * element * element;
      }
    }
    return sum;
  }

  /** R⁻¹, upper triangular; the covariance of β is R⁻¹R⁻ᵀ. */
  double[][] inverseOfR() {
    int p = r.length;
    double[][] inverse = new double[p][p];
    for (int j = 0; j < p; j++) {
      inverse[j][j] = 1 / r[j][j];
      for (int i = j - 1; i >= 0; i--) {
        double sum = 0;
        for (int k = i + 1; k <= j; k++) {
          sum += r[i][k] * inverse[k][j];
        }
        inverse[i][j] = -sum / r[i][i];
      }
    }
    return inverse;
  }

  // Four sums, so that the additions need not wait for each other.
  private static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int whole = a.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (int i = whole; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  private static void subtract(double factor, double[] a, double[] from) {
    for (int i = 0; i < a.length; i++) {
      from[i] -= factor * a[i];
    }
  }
}
