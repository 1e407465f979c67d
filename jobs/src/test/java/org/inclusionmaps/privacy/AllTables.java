package org.inclusionmaps.privacy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All tables of whole numbers, 0 or more, that agree with what is known, by trying each number in
 * each hidden cell: the truth that an audit is held against.
 */
final class AllTables {
  /** In each the first cell is the total of the others. */
  private final List<int[]> relations;

  private final int[][] relationsOf;
  private final long[] values;
  private final boolean[] isSet;
  private final long most;
  private final long[] least;
  private final long[] greatest;
  private int steps;

  /**
   * The tables.
   *
   * @param table a table that adds up; its unknown values are not read
   * @param most the largest number that is tried in a cell
   */
  AllTables(List<int[]> relations, long[] table, boolean[] isKnown, long most) {
    this.relations = relations;
    this.most = most;
    values = new long[table.length];
    isSet = isKnown.clone();
    least = new long[table.length];
    greatest = new long[table.length];
    relationsOf = new int[table.length][];
    for (int cell = 0; cell < table.length; cell++) {
      int at = cell;
      values[cell] = isKnown[cell] ? table[cell] : 0;
      relationsOf[cell] =
          IntStream.range(0, relations.size())
              .filter(i -> Arrays.stream(relations.get(i)).anyMatch(other -> other == at))
              .toArray();
    }
  }

  /** Tries all; false if that takes more steps than these. */
  boolean areFound(int mostSteps) {
    steps = mostSteps;
    Arrays.fill(least, Long.MAX_VALUE);
    Arrays.fill(greatest, -1);
    return go();
  }

  long least(int cell) {
    return least[cell];
  }

  long greatest(int cell) {
    return greatest[cell];
  }

  private boolean go() {
    if (--steps < 0) {
      return false;
    }
    int cell = next();
    if (cell < 0) {
      for (int i = 0; i < values.length; i++) {
        least[i] = Math.min(least[i], values[i]);
        greatest[i] = Math.max(greatest[i], values[i]);
      }
      return true;
    }
    isSet[cell] = true;
    boolean isWhole = true;
    for (long value = 0; value <= most && isWhole; value++) {
      values[cell] = value;
      if (Arrays.stream(relationsOf[cell]).allMatch(this::canHold)) {
        isWhole = go();
      }
    }
    values[cell] = 0;
    isSet[cell] = false;
    return isWhole;
  }

  /** The free cell in the relation with fewest free cells. */
  private int next() {
    int found = -1;
    int fewest = Integer.MAX_VALUE;
    for (int cell = 0; cell < values.length; cell++) {
      if (isSet[cell]) {
        continue;
      }
      found = found < 0 ? cell : found;
      for (int i : relationsOf[cell]) {
        int free = (int) Arrays.stream(relations.get(i)).filter(at -> !isSet[at]).count();
        if (free < fewest) {
          fewest = free;
          found = cell;
        }
      }
    }
    return found;
  }

  private boolean canHold(int relation) {
    int[] sum = relations.get(relation);
    long parts = 0;
    int free = 0;
    for (int i = 1; i < sum.length; i++) {
      parts += values[sum[i]];
      free += isSet[sum[i]] ? 0 : 1;
    }
    if (!isSet[sum[0]]) {
      return parts <= most;
    }
    return free > 0 ? parts <= values[sum[0]] : parts == values[sum[0]];
  }
}
