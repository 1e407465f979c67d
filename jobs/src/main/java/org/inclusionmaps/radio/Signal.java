package org.inclusionmaps.radio;

/**
 * The signal at a receiver before its shadowing is known: lognormal, or a mixture of two
 * lognormals, in line of sight and out of it. Probabilities are mixed, never decibels.
 *
 * @param losProbability probability of the first state, 0 to 1
 * @param losMedianDbm median in the first state, dBm
 * @param losSigmaDb its standard deviation, over 0 dB
 * @param nlosMedianDbm median in the second state, dBm, not over the first
 * @param nlosSigmaDb its standard deviation, over 0 dB
 */
public record Signal(
    double losProbability,
    double losMedianDbm,
    double losSigmaDb,
    double nlosMedianDbm,
    double nlosSigmaDb) {

  /** A signal with one state. */
  public static Signal lognormal(double medianDbm, double sigmaDb) {
    return new Signal(1, medianDbm, sigmaDb, medianDbm, sigmaDb);
  }

  /** The same signal, so many decibels stronger. */
  public Signal plus(double gainDb) {
    return new Signal(
        losProbability, losMedianDbm + gainDb, losSigmaDb, nlosMedianDbm + gainDb, nlosSigmaDb);
  }

  /** The same signal with one more cause of spread, independent of the others, dB. */
  public Signal widened(double sigmaDb) {
    return new Signal(
        losProbability,
        losMedianDbm,
        Math.hypot(losSigmaDb, sigmaDb),
        nlosMedianDbm,
        Math.hypot(nlosSigmaDb, sigmaDb));
  }

  /** Probability that the signal is at least a threshold in dBm, 0 to 1. */
  public double probabilityAtLeast(double thresholdDbm) {
    double los = CoverageProbability.atLeast(losMedianDbm, thresholdDbm, losSigmaDb);
    if (losProbability == 1) {
      return los;
    }
    double nlos = CoverageProbability.atLeast(nlosMedianDbm, thresholdDbm, nlosSigmaDb);
    return losProbability * los + (1 - losProbability) * nlos;
  }

  /** The signal that is exceeded with an even chance, dBm, to a millionth of a decibel. */
  public double medianDbm() {
    if (losProbability == 1) {
      return losMedianDbm;
    }
    double low = Math.min(nlosMedianDbm, losMedianDbm);
    double high = Math.max(nlosMedianDbm, losMedianDbm);
    while (high - low > 1e-6) {
      double middle = (low + high) / 2;
      if (probabilityAtLeast(middle) >= 0.5) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
