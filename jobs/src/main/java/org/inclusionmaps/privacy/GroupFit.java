package org.inclusionmaps.privacy;

/**
 * One histogram over groups, fitted to the estimate of its total: what the sum of the groups is off
 * from the total is shared by all groups alike. That is least squares, because the groups' errors
 * have one variance.
 *
 * <p>A group's deviation from the groups' mean is not correlated with their sum. So the variances
 * hold both where the total knows nothing of the histogram and where the histogram's sum, of
 * variance Gσ², was among what the total was estimated from; only then are they the least ones. In
 * no other way may the total depend on the histogram.
 *
 * <p>Where several levels of a tree measure the same groups, with one variance for all groups of a
 * node, fit the tree of each group by {@link TreeConsistency} first, then each node's groups to its
 * total by this class: groups then add up over groups and over children.
 *
 * @param total the final estimate h of the total, with its variance P
 * @param sum the groups' sum Σy
 * @param variance that of each group's error, σ², above 0 and finite
 * @param groups how many groups there are, G, at least 1
 */
public record GroupFit(Estimate total, double sum, double variance, int groups) {
  /** Refuses what cannot be fitted. */
  public GroupFit {
    if (!total.isMeasured() || !Double.isFinite(sum) || groups < 1) {
      throw new IllegalArgumentException(
          "%d groups of the sum %s cannot be fitted to %s".formatted(groups, sum, total));
    }
    if (!(variance > 0) || Double.isInfinite(variance)) {
      throw new IllegalArgumentException(
          "the variance %s must be above 0 and finite".formatted(variance));
    }
  }

  /**
   * What the histogram tells of its total: Σy with Gσ². Where a level has no query of the total
   * alone, it is that node's measurement in the tree; where it has one, {@link TreeSteps#up} joins
   * the two.
   *
   * @param sum the groups' sum
   * @param variance that of each group's noise
   * @param groups how many groups there are
   */
  public static Estimate measuredTotal(double sum, double variance, int groups) {
    return new Estimate(sum, groups * variance);
  }

  /** The group whose noisy count is y: y + (h − Σy)/G, variance σ²(1 − 1/G) + P/G². */
  public Estimate group(double y) {
    return margin(y, 1);
  }

  /**
   * The sum of some of the groups, such as all those of women: it is the sum of their estimates,
   * and its variance mσ²(1 − m/G) + (m/G)²P. The variances of the groups do not add up to it, for
   * their errors hang together.
   *
   * @param y the sum of their noisy counts
   * @param m how many they are, 1 to G
   */
  public Estimate margin(double y, int m) {
    if (m < 1 || m > groups) {
      throw new IllegalArgumentException("%d of %d groups".formatted(m, groups));
    }
    if (m == groups) {
      return total;
    }
    double share = m / (double) groups;
    return new Estimate(
        y + share * (total.value() - sum),
        m * variance * (1 - share) + share * share * total.variance());
  }
}
