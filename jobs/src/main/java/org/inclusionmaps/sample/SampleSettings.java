package org.inclusionmaps.sample;

import java.io.Serializable;

/**
 * What country to make up.
 *
 * @param seed every number of the country follows from it
 * @param scale size: 1 is about 200,000 persons, 250 a nation of 50 million; 0.05 to 2,500
 * @param detail how much of the truth to write
 */
public record SampleSettings(long seed, double scale, Detail detail) implements Serializable {
  /** How much of the truth to write. */
  public enum Detail {
    /** Sums by area, group and place. */
    SUMS,
    /** The sums and a row for each person. */
    PERSONS
  }

  private static final double PERSONS_AT_SCALE_ONE = 200_000;

  public SampleSettings {
    if (!(scale >= 0.05 && scale <= 2_500)) {
      throw new IllegalArgumentException("scale must be 0.05 to 2500 but is " + scale);
    }
  }

  /** A country of a seed and a scale, with the sums of its truth. */
  public SampleSettings(long seed, double scale) {
    this(seed, scale, Detail.SUMS);
  }

  /** Persons of all ages in the country. */
  public long persons() {
    return StrictMath.round(PERSONS_AT_SCALE_ONE * scale);
  }

  /** How much more crowded than at scale 1: a larger country has more land and denser land. */
  double crowding() {
    return StrictMath.pow(scale, 0.25);
  }

  /** Files that a table with a row a person is written to: 2 million rows a file. */
  int personFiles() {
    return (int) StrictMath.max(1, StrictMath.ceil(persons() / 2e6));
  }
}
