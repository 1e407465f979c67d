package org.inclusionmaps.privacy;

/**
 * A number of persons with its error.
 *
 * @param value persons, which noise may bring below 0
 * @param variance of the error, persons², above 0; infinite where nothing was measured
 */
public record Estimate(double value, double variance) {
  /** Nothing was measured. */
  public static final Estimate NOT_MEASURED = new Estimate(0, Double.POSITIVE_INFINITY);

  /** The 95 % quantile of the standard normal distribution, Φ⁻¹(0.95). */
  static final double Z_95 = 1.6448536269514722;

  /** Refuses a value that is not a number and a variance that is none. */
  public Estimate {
    if (!Double.isFinite(value) || !(variance > 0)) {
      throw new IllegalArgumentException(
          "the value %s must be finite and its variance %s above 0".formatted(value, variance));
    }
  }

  /** Whether its variance is finite. */
  public boolean isMeasured() {
    return variance < Double.POSITIVE_INFINITY;
  }

  /** The standard error √P, in persons. */
  public double standardError() {
    return Math.sqrt(variance);
  }

  /**
   * Half the width of the interval that holds the true number 9 times of 10: 1.645√P. It is that of
   * a normal error. The noise of a single cell is in whole persons, so below a variance of about 10
   * such an interval holds more or less than it says: 88 % at 1.
   */
  public double margin() {
    return Z_95 * standardError();
  }

  /** The sum of two with independent errors. */
  public Estimate plus(Estimate other) {
    return new Estimate(value + other.value, variance + other.variance);
  }
}
