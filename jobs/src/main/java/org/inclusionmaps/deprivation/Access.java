package org.inclusionmaps.deprivation;

/**
 * Network and price for the persons of a place and group, whoever is connected. All in millionths
 * of a person; uncovered + unaffordable + affordable = persons, exactly.
 *
 * @param uncovered no usable network where they live
 * @param unaffordable covered, at a price over the threshold
 * @param affordable covered, at a price within the threshold
 */
public record Access(long uncovered, long unaffordable, long affordable) {
  public Access {
    if (uncovered < 0 || unaffordable < 0 || affordable < 0) {
      throw new IllegalArgumentException(
          "uncovered %d, unaffordable %d and affordable %d must be 0 or more"
              .formatted(uncovered, unaffordable, affordable));
    }
  }

  /**
   * Splits persons.
   *
   * @param persons in millionths, 0 or more
   * @param coverage probability of a usable network, 0 to 1
   * @param shareUnaffordable share of the covered whose price is over the threshold, 0 to 1
   */
  public static Access of(long persons, double coverage, double shareUnaffordable) {
    long covered = share(persons, coverage);
    long unaffordable = share(covered, shareUnaffordable);
    return new Access(persons - covered, unaffordable, covered - unaffordable);
  }

  /**
   * The nearest whole millionths to a share of persons; never more than the persons.
   *
   * @param persons in millionths, 0 or more
   * @param share 0 to 1
   */
  public static long share(long persons, double share) {
    if (persons < 0 || !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "persons %d must be 0 or more, share %s from 0 to 1".formatted(persons, share));
    }
    return Math.min(persons, Math.round(persons * share));
  }

  /** All persons. */
  public long persons() {
    return uncovered + unaffordable + affordable;
  }

  /** Persons with a usable network where they live. */
  public long covered() {
    return unaffordable + affordable;
  }

  /** Persons who lack affordable access: uncovered or unaffordable. */
  public long lacking() {
    return uncovered + unaffordable;
  }
}
