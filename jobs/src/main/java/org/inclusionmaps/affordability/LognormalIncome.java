package org.inclusionmaps.affordability;

import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Lognormal incomes. Source: J. Aitchison, J. A. C. Brown, The Lognormal Distribution (1957),
 * chapters 2 and 11.
 *
 * @param mean mean income, in any money a month, above 0
 * @param sigma standard deviation of the logarithm of income, 0 (all alike) or more
 */
public record LognormalIncome(double mean, double sigma) implements IncomeDistribution {
  private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

  public LognormalIncome {
    Require.mean(mean);
    requireSigma(sigma);
  }

  /** Incomes of a mean (above 0) and a Gini coefficient (0 or more, below 1). */
  public static LognormalIncome ofGini(double mean, double gini) {
    return new LognormalIncome(mean, sigmaOfGini(gini));
  }

  /** σ = √2 Φ⁻¹((1+G)/2), for a Gini coefficient of 0 or more and below 1. */
  public static double sigmaOfGini(double gini) {
    if (!(gini >= 0 && gini < 1)) {
      throw new IllegalArgumentException("Gini is " + gini + " but must be 0 to below 1");
    }
    return Math.sqrt(2) * NORMAL.inverseCumulativeProbability((1 + gini) / 2);
  }

  /** G = 2Φ(σ/√2) − 1. */
  public static double giniOfSigma(double sigma) {
    requireSigma(sigma);
    return 2 * NORMAL.cumulativeProbability(sigma / Math.sqrt(2)) - 1;
  }

  /**
   * The mean at which a share of persons has less than a line.
   *
   * @param povertyRate share of persons under the line, above 0 and below 1
   * @param line the poverty line, above 0
   * @param sigma standard deviation of the logarithm of income, above 0
   */
  public static double meanFromPovertyRate(double povertyRate, double line, double sigma) {
    if (!(povertyRate > 0 && povertyRate < 1) || !(line > 0) || !(sigma > 0)) {
      throw new IllegalArgumentException(
          "poverty rate %s must be within 0 and 1, line %s and sigma %s above 0"
              .formatted(povertyRate, line, sigma));
    }
    return line
        * Math.exp(sigma * sigma / 2 - sigma * NORMAL.inverseCumulativeProbability(povertyRate));
  }

  /** The mean of the logarithm of income. */
  public double mu() {
    return Math.log(mean) - sigma * sigma / 2;
  }

  /** H(z) = Φ((ln z − μ)/σ). */
  @Override
  public double shareBelow(double income) {
    Require.number(income);
    if (!(income > 0)) {
      return 0;
    }
    if (sigma == 0) {
      return income > mean ? 1 : 0;
    }
    return NORMAL.cumulativeProbability((Math.log(income) - mu()) / sigma);
  }

  /** PG(z) = H(z) − (m/z)Φ((ln z − μ)/σ − σ). */
  @Override
  public double shortfall(double line) {
    Require.number(line);
    if (!(line > 0)) {
      return 0;
    }
    if (sigma == 0) {
      return Math.max(0, 1 - mean / line);
    }
    double below = NORMAL.cumulativeProbability((Math.log(line) - mu()) / sigma - sigma);
    return Math.max(0, shareBelow(line) - mean / line * below);
  }

  /** L(x) = Φ(Φ⁻¹(x) − σ). */
  @Override
  public double incomeShareOfPoorest(double share) {
    Require.share(share);
    return share == 0 || share == 1
        ? share
        : NORMAL.cumulativeProbability(NORMAL.inverseCumulativeProbability(share) - sigma);
  }

  @Override
  public double gini() {
    return giniOfSigma(sigma);
  }

  @Override
  public LognormalIncome scaledTo(double mean) {
    return new LognormalIncome(mean, sigma);
  }

  private static void requireSigma(double sigma) {
    if (!(sigma >= 0) || Double.isInfinite(sigma)) {
      throw new IllegalArgumentException("sigma is " + sigma + " but must be 0 or more");
    }
  }
}
