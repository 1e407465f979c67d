package org.inclusionmaps.radio;

import org.inclusionmaps.grid.Distances;

/**
 * The most that cells of one kind can give at a distance: a table over rings of distance, so that
 * cells that cannot be the best are passed over without a logarithm.
 *
 * <p>Rings double the square of the distance in sixteen equal parts, told by the bits of the
 * number: at most 3 % wide, half a decibel.
 */
final class SignalBound {
  /** Squares of chords from 8 m to 100 km, in radii of the Earth, as powers of two. */
  private static final int FIRST_POWER = -39;

  private static final int LAST_POWER = -12;
  private static final int BITS = 4;
  private static final int SHIFT = 52 - BITS;
  private static final long FIRST = (1023L + FIRST_POWER) << BITS;
  private static final int RINGS = (LAST_POWER - FIRST_POWER + 1) << BITS;

  /** How far the median of a mixture may be off. */
  private static final double SLACK_DB = 1e-2;

  private static final double SLACK = 1e-14;

  /**
   * Whether the signal has one state and the environment's spread, so that the order of medians is
   * that of probabilities.
   */
  final boolean single;

  private final double[] median = new double[RINGS];
  private final double[][] probability;

  SignalBound(
      LinkBudget link,
      double eirpDbm,
      RadioCell cell,
      Environment environment,
      double[] thresholdsDbm) {
    single = link.hasOneState(cell.frequencyMhz()) && cell.errorKm() == 0;
    probability = new double[single ? 0 : thresholdsDbm.length][RINGS];
    Signal near = signal(link, eirpDbm, cell, environment, 0);
    for (int ring = 0; ring < RINGS; ring++) {
      Signal far = signal(link, eirpDbm, cell, environment, km(edge(ring + 1)));
      median[ring] = near.medianDbm() + SLACK_DB;
      for (int level = 0; level < probability.length; level++) {
        probability[level][ring] = most(near, far, thresholdsDbm[level]) + SLACK;
      }
      near = far;
    }
  }

  private static Signal signal(
      LinkBudget link, double eirpDbm, RadioCell cell, Environment environment, double km) {
    return link.signal(
        eirpDbm, cell.frequencyMhz(), cell.heightM(), cell.errorKm(), environment, km);
  }

  /** The ring of a square of a chord; nearer than the first counts as in it. */
  static int ring(double chord2) {
    long ring = (Double.doubleToRawLongBits(chord2) >>> SHIFT) - FIRST;
    return (int) Math.max(0, Math.min(RINGS - 1, ring));
  }

  /** Length of a chord in km of the arc over it, from the chord's square in radii of the Earth. */
  static double km(double chord2) {
    return 2 * Distances.EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord2) / 2));
  }

  /** Most that the median can be in a ring, dBm. */
  double medianDbm(int ring) {
    return median[ring];
  }

  /** Most that the probability of a level of service can be in a ring, for a mixture. */
  double probability(int level, int ring) {
    return probability[level][ring];
  }

  private static double edge(int ring) {
    return Double.longBitsToDouble((FIRST + ring) << SHIFT);
  }

  /**
   * Most between two distances: each state at its best, and of the mixtures of the two the better
   * end, because a mixture lies between its ends.
   */
  private static double most(Signal near, Signal far, double threshold) {
    double los = most(near.losMedianDbm(), threshold, near.losSigmaDb(), far.losSigmaDb());
    double nlos = most(near.nlosMedianDbm(), threshold, near.nlosSigmaDb(), far.nlosSigmaDb());
    double sight = los > nlos ? near.losProbability() : far.losProbability();
    return sight * los + (1 - sight) * nlos;
  }

  private static double most(double median, double threshold, double sigma, double otherSigma) {
    return Math.max(
        CoverageProbability.atLeast(median, threshold, sigma),
        CoverageProbability.atLeast(median, threshold, otherSigma));
  }
}
