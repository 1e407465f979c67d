package org.inclusionmaps.privacy;

import java.util.Arrays;

/**
 * What is known of the cells of a lattice before any is hidden. Persons are distinct persons, each
 * in one leaf and group after bounding, and never grossed up: by records, weights or market shares
 * a single device could pass the threshold.
 */
public final class CellCounts {
  private static final long NOT_SHOWN = -1;
  private final Lattice lattice;
  private final long[] persons;
  private final long[] largestOperator;
  private final long[] earlier;

  /** Nobody in any cell, no operators told, nothing shown earlier. */
  public CellCounts(Lattice lattice) {
    this.lattice = lattice;
    persons = new long[lattice.cells()];
    largestOperator = new long[persons.length];
    earlier = new long[persons.length];
    Arrays.fill(earlier, NOT_SHOWN);
  }

  /** Sets the distinct persons of a cell, 0 or more. */
  public void persons(int cell, long count) {
    persons[cell] = require(cell, count);
  }

  /**
   * Sets how many of a cell's persons the largest operator in it has; 0 if that is not to count.
   */
  public void largestOperator(int cell, long count) {
    largestOperator[cell] = require(cell, count);
  }

  /**
   * Sets what an earlier release of the same persons showed of a cell. The same number as now is
   * known to all and stays so; one that is off by a few tells of those few.
   */
  public void earlier(int cell, long count) {
    earlier[cell] = require(cell, count);
  }

  private long require(int cell, long count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "%s must be 0 persons or more".formatted(lattice.name(cell)));
    }
    return count;
  }

  Lattice lattice() {
    return lattice;
  }

  long persons(int cell) {
    return persons[cell];
  }

  long largestOperator(int cell) {
    return largestOperator[cell];
  }

  boolean wasShown(int cell) {
    return earlier[cell] != NOT_SHOWN;
  }

  long earlier(int cell) {
    return earlier[cell];
  }

  /** Whether an earlier release shows the cell as it is now. */
  boolean isKnown(int cell) {
    return earlier[cell] == persons[cell];
  }

  long[] table() {
    return persons.clone();
  }

  /**
   * Refuses counts that do not add up, such as those of persons that count in several leaves.
   *
   * @throws IllegalArgumentException with the name of the total
   */
  void requireSums() {
    int broken = lattice.relations().firstBroken(persons);
    if (broken != Lattice.NONE) {
      throw new IllegalArgumentException(
          "%s is not the sum of its parts: each person must count in one leaf and group"
              .formatted(lattice.name(broken)));
    }
    for (int cell = 0; cell < persons.length; cell++) {
      if (largestOperator[cell] > persons[cell]) {
        throw new IllegalArgumentException(
            "an operator has more persons than there are in %s".formatted(lattice.name(cell)));
      }
    }
  }
}
