package org.inclusionmaps.privacy;

/**
 * What of the noisy counts may be shown. It reads what is private already, so it costs nothing; it
 * keeps back what would mislead. Counts are persons as they were measured, never grossed up by
 * weights or market shares: grossed up, one device could pass.
 *
 * @param leastPersons k, such as 15; 0 or more
 * @param mostRelativeError the largest standard error of a count, as a share of it, at which a rate
 *     over it is reliable, such as 0.30; above 0
 */
public record Disclosure(double leastPersons, double mostRelativeError) {
  /** Refuses limits out of range. */
  public Disclosure {
    if (!(leastPersons >= 0) || !(mostRelativeError > 0)) {
      throw new IllegalArgumentException(
          "at least %s persons and a relative error of at most %s"
              .formatted(leastPersons, mostRelativeError));
    }
  }

  /** Whether a cell is shown: h ≥ k + 1.645√P, so that a smaller one is 1 time in 20 at most. */
  public boolean shows(Estimate count) {
    return count.value() >= leastPersons + count.margin();
  }

  /** Whether a rate over this count is reliable: h above 0, and √P/h within the limit. */
  public boolean isReliable(Estimate count) {
    return count.value() > 0 && count.standardError() <= mostRelativeError * count.value();
  }
}
