package org.inclusionmaps.estimation;

/**
 * Sex as SIMs are registered, to sex of those who use them. With a the share of women whose SIM is
 * registered to a man, and b that of men whose SIM is registered to a woman, registered women are
 * (1 − a) women + b men, and registered men a women + (1 − b) men; this is the inverse.
 *
 * @param womenAsMen a, 0 or more; a + b is below 1, else registers tell nothing
 * @param menAsWomen b, 0 or more
 */
public record RegisteredSex(double womenAsMen, double menAsWomen) {
  /** Refuses shares that have no inverse. */
  public RegisteredSex {
    if (!(womenAsMen >= 0 && menAsWomen >= 0 && womenAsMen + menAsWomen < 1)) {
      throw new IllegalArgumentException(
          "%s of women and %s of men are registered to the other sex, but both must be 0 or more and below 1 together"
              .formatted(womenAsMen, menAsWomen));
    }
  }

  /**
   * The share of users who are women, within 0 and 1.
   *
   * @param registered share of SIMs that are registered to women; noise may bring it outside 0 to 1
   */
  public double women(double registered) {
    double share = (registered - menAsWomen) / (1 - womenAsMen - menAsWomen);
    return Math.min(1, Math.max(0, share));
  }
}
