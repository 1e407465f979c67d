package org.inclusionmaps.estimation;

/**
 * Shares on the scale z = asin √p, on which a sampled share's variance hardly depends on the share:
 * 1/(4n). p is 0 to 1, z 0 to π/2.
 *
 * <p>Source: M. S. Bartlett, Biometrics 3 (1947) 39-52 (transform and variance). The back-transform
 * is exact for Z normal: sin²Z = ½(1 − cos 2Z), and E cos 2Z = cos(2μ)e^(−2s²) is the real part of
 * Z's characteristic function at 2.
 */
public final class ArcsineRoot {
  private static final double MOST = Math.PI / 2;

  private ArcsineRoot() {}

  /** z = asin √p, 0 to π/2, of a share p of 0 to 1. */
  public static double transform(double share) {
    return Math.asin(Math.sqrt(requireShare(share)));
  }

  /**
   * The sampling variance of z: 1/(4n).
   *
   * @param effectiveSize respondents of a simple random sample that would tell as much, above 0
   */
  public static double samplingVariance(double effectiveSize) {
    if (!(effectiveSize > 0)) {
      throw new IllegalArgumentException(
          "effective sample size is " + effectiveSize + " but must be above 0");
    }
    return 1 / (4 * effectiveSize);
  }

  /**
   * The mean share where z is normal: E sin²Z = ½(1 − cos(2μ)e^(−2s²)), 0 to 1. It is nearer ½ than
   * sin²μ.
   *
   * @param mean μ, the mean of z, any number
   * @param variance s², the variance of z, 0 or more: an estimate's mean squared error
   */
  public static double backTransform(double mean, double variance) {
    if (!(variance >= 0) || !Double.isFinite(mean)) {
      throw new IllegalArgumentException(
          "mean %s must be finite and variance %s 0 or more".formatted(mean, variance));
    }
    return 0.5 * (1 - Math.cos(2 * mean) * Math.exp(-2 * variance));
  }

  /**
   * The share sin²z, rising in z: for the ends of an interval. z below 0 counts as 0, above π/2 as
   * π/2, because an interval may reach past the scale's ends.
   */
  public static double inverse(double z) {
    if (Double.isNaN(z)) {
      throw new IllegalArgumentException("z is not a number");
    }
    double sine = Math.sin(Math.max(0, Math.min(MOST, z)));
    return sine * sine;
  }

  private static double requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share is " + share + " but must be 0 to 1");
    }
    return share;
  }
}
