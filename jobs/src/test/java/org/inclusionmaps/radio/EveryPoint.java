package org.inclusionmaps.radio;

import org.inclusionmaps.grid.Distances;

/**
 * Loss of one path as ITU-R P.526, section 4.5.1, writes it: each point of the profile looked at,
 * with heights over the sea and the bulge of the Earth between the two antennas.
 */
final class EveryPoint {
  /** 4/3 of the mean radius. */
  static final double EARTH_M = 4.0 / 3 * Distances.EARTH_RADIUS_KM * 1000;

  private EveryPoint() {}

  /**
   * ν of the path from the first height to the one of number n; negative infinity where nothing
   * lies between.
   *
   * @param g heights of the ground at equal steps, m
   */
  static double nu(double[] g, int n, double stepM, double antennaM, double handsetM, double mhz) {
    double d = n * stepM;
    double lambda = 299.8 / mhz;
    double hts = g[0] + antennaM;
    double hrs = g[n] + handsetM;
    double stim = Double.NEGATIVE_INFINITY;
    double srim = Double.NEGATIVE_INFINITY;
    double sight = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < n; i++) {
      double x = i * stepM;
      double h = g[i] + x * (d - x) / (2 * EARTH_M);
      stim = Math.max(stim, (h - hts) / x);
      srim = Math.max(srim, (h - hrs) / (d - x));
      double over = h - (hts * (d - x) + hrs * x) / d;
      sight = Math.max(sight, over * Math.sqrt(2 * d / (lambda * x * (d - x))));
    }
    if (stim < (hrs - hts) / d || n == 1) {
      return sight;
    }
    double b = (hrs - hts + srim * d) / (stim + srim);
    return (hts + stim * b - (hts * (d - b) + hrs * b) / d)
        * Math.sqrt(2 * d / (lambda * b * (d - b)));
  }

  /** Loss of a path of so many km from its ν, dB. */
  static double lossDb(double nu, double km) {
    double edge = Bullington.knifeEdgeDb(nu);
    return edge + (1 - Math.exp(-edge / 6)) * (10 + 0.02 * km);
  }
}
