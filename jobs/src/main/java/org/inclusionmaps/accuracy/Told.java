package org.inclusionmaps.accuracy;

/**
 * An estimate with its interval, and the truth.
 *
 * @param cluster what cases of one try have in common: their errors are not independent
 * @param value the estimate
 * @param low lower end of the interval, at most the value
 * @param high upper end of the interval, at least the value
 * @param truth what the estimate is of, in the same unit
 */
public record Told(long cluster, double value, double low, double high, double truth) {
  public Told {
    if (!(low <= value && value <= high) || Double.isNaN(truth)) {
      throw new IllegalArgumentException(
          "an estimate of %s in the interval %s to %s of a truth of %s"
              .formatted(value, low, high, truth));
    }
  }

  /** The estimate's error: positive where it is too high. */
  double error() {
    return value - truth;
  }

  /** Whether the interval holds the truth; its ends are inside. */
  boolean holds() {
    return low <= truth && truth <= high;
  }

  /**
   * How many times as far from the estimate the end on the truth's side would have to be to hold
   * the truth; infinite if the end is the estimate and the truth is not.
   */
  double stretch() {
    double off = Math.abs(error());
    double end = truth > value ? high - value : value - low;
    return off == 0 ? 0 : off / end;
  }
}
