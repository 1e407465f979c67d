package org.inclusionmaps.affordability;

/**
 * Mean incomes of areas, where some have a mean and others only a poverty rate.
 *
 * <p>A poverty rate gives the mean at which that share of a lognormal income of the nation's spread
 * is under a line of 1; those means are then scaled together, so that all persons' income is that
 * of the nation. The line itself drops out by that scaling.
 */
public final class AreaMeans {
  /** A rate of 0 or 1 tells no mean, so rates count as at least this and at most 1 less this. */
  public static final double LEAST_RATE = 0.005;

  private AreaMeans() {}

  /**
   * The mean of each area.
   *
   * @param nation mean income and spread of the nation, its sigma above 0 if a rate is used
   * @param persons persons of each area, 0 or more
   * @param means mean income of each area, above 0; not a number where not known
   * @param povertyRates share of each area's persons who are poor, 0 to 1; read where the mean is
   *     not known
   * @throws IllegalArgumentException if the known means leave the areas without one no income of
   *     the nation's
   */
  public static double[] of(
      LognormalIncome nation, double[] persons, double[] means, double[] povertyRates) {
    double[] found = new double[persons.length];
    double left = 0;
    double raw = 0;
    for (int i = 0; i < persons.length; i++) {
      left += persons[i] * nation.mean();
      if (Double.isNaN(means[i])) {
        found[i] = LognormalIncome.meanFromPovertyRate(clamp(povertyRates[i]), 1, nation.sigma());
        raw += persons[i] * found[i];
      } else {
        found[i] = means[i];
        left -= persons[i] * means[i];
      }
    }
    if (raw > 0 && !(left > 0)) {
      throw new IllegalArgumentException(
          "the areas with a mean already have more income than the nation's mean gives all");
    }
    for (int i = 0; i < found.length; i++) {
      if (Double.isNaN(means[i])) {
        found[i] = raw > 0 ? found[i] * (left / raw) : nation.mean();
      }
    }
    return found;
  }

  private static double clamp(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("poverty rate is " + rate + " but must be 0 to 1");
    }
    return Math.min(1 - LEAST_RATE, Math.max(LEAST_RATE, rate));
  }
}
