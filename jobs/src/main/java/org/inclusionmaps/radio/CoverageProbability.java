package org.inclusionmaps.radio;

/** Probability that a signal with lognormal shadowing is at least a threshold. */
public final class CoverageProbability {
  private CoverageProbability() {}

  /**
   * Φ((median − threshold) / σ), from 0 to 1.
   *
   * @param medianDbm median signal, dBm
   * @param thresholdDbm least signal that serves, dBm
   * @param sigmaDb standard deviation of shadowing, over 0 dB
   */
  public static double atLeast(double medianDbm, double thresholdDbm, double sigmaDb) {
    return normal((medianDbm - thresholdDbm) / sigmaDb);
  }

  /**
   * The standard normal distribution function, to 15 decimals. Source: J. F. Hart, Computer
   * Approximations (1968), algorithm 5666, as given by G. West, "Better approximations to
   * cumulative normal functions" (2005).
   */
  static double normal(double x) {
    double z = Math.abs(x);
    double tail = z > 37 ? 0 : Math.exp(-z * z / 2) * (z < 7.07106781186547 ? body(z) : far(z));
    return x > 0 ? 1 - tail : tail;
  }

  private static double body(double z) {
    double above = 3.52624965998911e-2 * z + 0.700383064443688;
    above = above * z + 6.37396220353165;
    above = above * z + 33.912866078383;
    above = above * z + 112.079291497871;
    above = above * z + 221.213596169931;
    above = above * z + 220.206867912376;
    double below = 8.83883476483184e-2 * z + 1.75566716318264;
    below = below * z + 16.064177579207;
    below = below * z + 86.7807322029461;
    below = below * z + 296.564248779674;
    below = below * z + 637.333633378831;
    below = below * z + 793.826512519948;
    below = below * z + 440.413735824752;
    return above / below;
  }

  private static double far(double z) {
    return 1 / (z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))))) / Math.sqrt(2 * Math.PI);
  }
}
