package org.inclusionmaps.measurement;

import java.io.Serial;
import java.io.Serializable;

/**
 * The counts of some neighbouring leaves, those of nobody included. They are exact: nothing of them
 * may be written or shown before noise is added.
 */
public final class CellBlock implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final int firstCell;
  private final int groupBits;
  private final int leaves;
  private final int[] persons;
  private final long[] rows;
  private final long[] thousandths;
  private final long[] excluded = new long[Excluded.values().length];

  /** A range's cells, all zero. */
  CellBlock(int range, int groupBits, int allCells, boolean persons, boolean sums) {
    this.firstCell = range << Chunks.RANGE_BITS;
    this.groupBits = groupBits;
    int cells = Math.min(1 << Chunks.RANGE_BITS, allCells - firstCell);
    this.leaves = cells >>> groupBits;
    this.persons = new int[persons ? cells : 0];
    this.rows = new long[sums ? cells : 0];
    this.thousandths = new long[sums ? cells : 0];
  }

  /** The first leaf of the block. */
  public int firstLeaf() {
    return firstCell >>> groupBits;
  }

  /** How many leaves it has. */
  public int leaves() {
    return leaves;
  }

  /** Persons of a leaf and group. */
  public int persons(int leaf, int group) {
    return persons[cell(leaf, group)];
  }

  /** Rows of a leaf and group. */
  public long rows(int leaf, int group) {
    return rows[cell(leaf, group)];
  }

  /** Sum of the amounts of these rows, thousandths. */
  public long thousandths(int leaf, int group) {
    return thousandths[cell(leaf, group)];
  }

  /**
   * Rows that do not count for a reason. A block tells a part of them, most blocks none: summed
   * over all blocks they and the rows that count are all rows.
   */
  public long excluded(Excluded why) {
    return excluded[why.number()];
  }

  private int cell(int leaf, int group) {
    return (leaf << groupBits) + group - firstCell;
  }

  /** Adds a chunk for this range. */
  void add(byte[] chunk) {
    switch (chunk[0]) {
      case Chunks.CELLS -> {
        for (int at = 1; at < chunk.length; at += Integer.BYTES) {
          int cell = (int) ColumnPages.INT.get(chunk, at);
          persons[cell] = Math.incrementExact(persons[cell]);
        }
      }
      case Chunks.SUMS -> {
        Numbers numbers = new Numbers(chunk, 1);
        int at = -1;
        while (numbers.more()) {
          at += (int) numbers.read();
          rows[at] += numbers.read();
          thousandths[at] += numbers.readWhole();
        }
      }
      case Chunks.EXCLUDED -> {
        Numbers numbers = new Numbers(chunk, 1);
        for (int why = 0; why < excluded.length; why++) {
          excluded[why] += numbers.read();
        }
      }
      default -> throw new IllegalStateException("a chunk of kind " + chunk[0]);
    }
  }

  /** A chunk of rows that do not count, by reason. */
  static byte[] excludedChunk(long[] excluded) {
    Numbers numbers = new Numbers(Chunks.EXCLUDED);
    for (long rows : excluded) {
      numbers.write(rows);
    }
    return numbers.toBytes();
  }
}
