package org.inclusionmaps.privacy;

/**
 * Accounting in zero-concentrated differential privacy: what a query costs, ρ, which adds up over
 * queries and measurements, and what a sum of ρ means as (ε, δ).
 *
 * <p>Sources: M. Bun, T. Steinke, Concentrated Differential Privacy, TCC 2016 (ρ and its sums);
 * Canonne, Kamath and Steinke (2020), theorem 4 (the discrete Gaussian costs what the continuous
 * one does) and corollary 13 (ε and δ).
 */
public final class ZeroConcentrated {
  private static final double FINEST = 1e-15;
  private static final int MOST_STEPS = 200;

  private ZeroConcentrated() {}

  /**
   * The cost ρ = Δ²/2σ² of a query.
   *
   * @param sensitivitySquared Δ², above 0: the most that one unit, there or not, changes the sum of
   *     squares over the query's cells. 1 for a count of units in disjoint cells; k² for one of
   *     SIMs of which a person has at most k
   * @param variance the noise's σ², above 0
   */
  public static Rational rho(Rational sensitivitySquared, Rational variance) {
    return half(sensitivitySquared, variance);
  }

  /** The variance σ² = Δ²/2ρ at which a query costs ρ. Both are above 0. */
  public static Rational variance(Rational sensitivitySquared, Rational rho) {
    return half(sensitivitySquared, rho);
  }

  private static Rational half(Rational sensitivitySquared, Rational by) {
    if (sensitivitySquared.signum() <= 0 || by.signum() <= 0) {
      throw new IllegalArgumentException(
          "the squared sensitivity %s and %s must be above 0".formatted(sensitivitySquared, by));
    }
    return sensitivitySquared.dividedBy(by).times(Rational.of(1, 2));
  }

  /**
   * The least δ at which what costs ρ is (ε, δ)-private: the minimum over α above 1 of exp((α−1)(αρ
   * − ε) + α ln(1 − 1/α))/(α−1), rounded up; at most 1.
   *
   * @param rho 0 or more
   * @param epsilon 0 or more, finite
   */
  public static double delta(Rational rho, double epsilon) {
    if (rho.signum() < 0 || !(epsilon >= 0) || Double.isInfinite(epsilon)) {
      throw new IllegalArgumentException(
          "rho %s and epsilon %s must be 0 or more and finite".formatted(rho, epsilon));
    }
    return rho.signum() == 0 ? 0 : delta(rho.roundedUp(), epsilon);
  }

  /**
   * The least ε at which what costs ρ is (ε, δ)-private, rounded up.
   *
   * @param rho 0 or more
   * @param delta above 0 and below 1
   */
  public static double epsilon(Rational rho, double delta) {
    if (rho.signum() < 0 || !(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException(
          "rho %s must be 0 or more and delta %s between 0 and 1".formatted(rho, delta));
    }
    double cost = rho.roundedUp();
    if (rho.signum() == 0 || delta(cost, 0) <= delta) {
      return 0;
    }
    double low = 0;
    // Bun and Steinke's looser bound, which is never below the least.
    double high = cost + 2 * Math.sqrt(-cost * Math.log(delta));
    for (int i = 0; i < MOST_STEPS && high - low > FINEST * high; i++) {
      double middle = 0.5 * (low + high);
      if (delta(cost, middle) <= delta) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /**
   * At any α the formula is an upper bound, so α need not be exact. At the best one its derivative,
   * (2α−1)ρ − ε + ln(1 − 1/α), is 0; it rises with α.
   */
  private static double delta(double rho, double epsilon) {
    double low = -700;
    double high = Math.log(2 + (epsilon + 1) / rho);
    while (high - low > FINEST * Math.max(1, Math.abs(low))) {
      double middle = 0.5 * (low + high);
      if (middle == low || middle == high) {
        break;
      }
      double less = Math.exp(middle);
      if ((2 * less + 1) * rho - epsilon - Math.log1p(1 / less) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return bound(rho, epsilon, Math.exp(high));
  }

  /** The formula at α = 1 + less, with what rounding may have lost added. */
  private static double bound(double rho, double epsilon, double less) {
    double gain = less * (less + 1) * rho;
    double loss = less * epsilon;
    double shape = (1 + less) * Math.log1p(1 / less);
    double log = Math.log(less);
    double rounding = 4 * Math.ulp(gain + loss + shape + Math.abs(log));
    return Math.min(1, Math.nextUp(Math.nextUp(Math.exp(gain - loss - shape - log + rounding))));
  }
}
