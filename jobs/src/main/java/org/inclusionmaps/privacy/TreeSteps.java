package org.inclusionmaps.privacy;

/**
 * Weighted least squares on a tree, one parent at a time: what a job does level by level, up and
 * then down again. Where each parent is the sum of its children and each node was measured with
 * independent noise, the two passes give the estimates of least variance, and they add up.
 *
 * <p>Source: M. Hay, V. Rastogi, G. Miklau, D. Suciu, Boosting the accuracy of differentially
 * private histograms through consistency, PVLDB 3 (2010), section 4.1, with a variance for each
 * node in place of one for all: the weights are then those of a Kalman filter and its smoother.
 */
public final class TreeSteps {
  private TreeSteps() {}

  /**
   * Up: what a node's own measurement and its subtree tell of it.
   *
   * @param own its measurement, or {@link Estimate#NOT_MEASURED}
   * @param children the sum of what this function gave for its children, added in an order that
   *     does not depend on partitions, such as that of their keys; for a leaf {@link
   *     Estimate#NOT_MEASURED}
   * @return their mean, weighted by one over their variances
   */
  public static Estimate up(Estimate own, Estimate children) {
    if (!own.isMeasured()) {
      return children;
    }
    if (!children.isMeasured()) {
      return own;
    }
    double variance = 1 / (1 / own.variance() + 1 / children.variance());
    double value =
        variance * (own.value() / own.variance() + children.value() / children.variance());
    return new Estimate(value, variance);
  }

  /**
   * Down: what the whole tree tells of a child. A child takes its share, by variance, of what its
   * parent's number is off from its children's sum. An only child is the same persons as its
   * parent, and gets its parent's estimate to the bit.
   *
   * @param parent the final estimate of the parent, which is measured; at the root that of {@link
   *     #up}
   * @param children the sum that the parent had in {@link #up}
   * @param child what {@link #up} gave for the child
   * @return the child's final estimate
   */
  public static Estimate down(Estimate parent, Estimate children, Estimate child) {
    double share = child.variance() / children.variance();
    if (share == 1) {
      return parent;
    }
    return new Estimate(
        child.value() + share * (parent.value() - children.value()),
        child.variance() * (1 - share) + share * share * parent.variance());
  }
}
