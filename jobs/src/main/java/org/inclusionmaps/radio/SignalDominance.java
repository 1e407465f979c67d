package org.inclusionmaps.radio;

/**
 * How far a signal is from useless (0) to as good as any (1): a logistic function of it. A cell's
 * share of the dominance of all cells at a place is the probability that a handset there is
 * connected to it.
 *
 * <p>Source: M. Tennekes and Y. Gootzen, J. Spatial Information Science 25 (2022), section 3.
 *
 * @param midpointDbm signal with a dominance of one half, dBm
 * @param steepness per dB, over 0
 */
public record SignalDominance(double midpointDbm, double steepness) {
  public SignalDominance {
    if (!(steepness > 0)) {
      throw new IllegalArgumentException("steepness is over 0, not " + steepness);
    }
  }

  /** Dominance of a signal, over 0 to 1. */
  public double of(double signalDbm) {
    return 1 / (1 + Math.exp(-steepness * (signalDbm - midpointDbm)));
  }

  /** The signal of a dominance of 0 to 1, dBm; infinite at both ends. */
  public double signalDbm(double dominance) {
    return midpointDbm + Math.log(dominance / (1 - dominance)) / steepness;
  }
}
