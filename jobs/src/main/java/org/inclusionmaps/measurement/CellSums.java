package org.inclusionmaps.measurement;

import java.util.Queue;
import scala.Tuple2;

/** Rows and amounts of each cell of an interval, in one array. */
final class CellSums {
  private final int first;
  private final long[] sums;

  /**
   * Nothing yet.
   *
   * @param first the first cell, where a range begins
   */
  CellSums(int first, int cells) {
    this.first = first;
    this.sums = new long[Math.multiplyExact(2, cells)];
  }

  /** Adds rows of which those with a cell below zero do not count. */
  void add(int[] cell, long[] thousandths, int rows) {
    int cells = sums.length / 2;
    for (int i = 0; i < rows; i++) {
      int at = cell[i] - first;
      if (at >= 0 && at < cells) {
        sums[2 * at]++;
        sums[2 * at + 1] += thousandths[i];
      }
    }
  }

  /** A chunk for each range that has rows, under the range's number. */
  void chunks(Queue<Tuple2<Integer, byte[]>> into) {
    int size = 1 << Chunks.RANGE_BITS;
    int cells = sums.length / 2;
    for (int from = 0; from < cells; from += size) {
      Numbers numbers = new Numbers(Chunks.SUMS);
      int last = from - 1;
      for (int at = from; at < Math.min(cells, from + size); at++) {
        if (sums[2 * at] != 0) {
          numbers.write(at - last);
          numbers.write(sums[2 * at]);
          numbers.writeWhole(sums[2 * at + 1]);
          last = at;
        }
      }
      if (numbers.size() > 1) {
        into.add(new Tuple2<>((first + from) >>> Chunks.RANGE_BITS, numbers.toBytes()));
      }
    }
  }
}
