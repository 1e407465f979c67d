package org.inclusionmaps.affordability;

/** What every income distribution asks of its arguments. */
final class Require {
  private Require() {}

  static void mean(double mean) {
    if (!(mean > 0) || Double.isInfinite(mean)) {
      throw new IllegalArgumentException("mean is " + mean + " but must be above 0");
    }
  }

  static void share(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share is " + share + " but must be 0 to 1");
    }
  }

  static void number(double income) {
    if (Double.isNaN(income)) {
      throw new IllegalArgumentException("an income or line is not a number");
    }
  }
}
