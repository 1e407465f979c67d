package org.inclusionmaps.measurement;

import java.io.Serial;
import java.io.Serializable;
import org.apache.spark.Partitioner;

/**
 * How records travel: in chunks of bytes under a number. From scan to units the number is a bucket
 * of units, or, below zero, the complement of a range of cells; from there on it is the range.
 *
 * @param ranges how many ranges of cells there are
 * @param buckets how many buckets of units
 * @param unitTasks how many tasks the buckets are shared by
 * @param rangeTasks how many tasks the ranges are shared by
 */
record Chunks(int ranges, int buckets, int unitTasks, int rangeTasks) implements Serializable {
  /** Cells of a range: 2 to the power of this. */
  static final int RANGE_BITS = 18;

  /** The first byte of a chunk for a range: cells within it, one a person. */
  static final byte CELLS = 1;

  /** Rows and amounts of cells within it. */
  static final byte SUMS = 2;

  /** Rows that do not count, by reason. */
  static final byte EXCLUDED = 3;

  private static final int UNIT_BYTES = 24;
  private static final long UNIT_TASK_BYTES = 64L << 20;
  private static final int MOST_BUCKETS = 4096;
  private static final int BUCKET_ROWS = 16 << 10;
  private static final int RANGES_A_TASK = 16;

  /** Bytes of room of all buckets of a task: they stay in the processor's cache. */
  private static final int ROOM = 2 << 20;

  /** Sizes for so many rows, on so many processors. */
  static Chunks of(CountFrame frame, long rows, int processors) {
    int ranges = Math.max(1, (int) (((long) frame.cells() + (1 << RANGE_BITS) - 1) >>> RANGE_BITS));
    long bytes = rows * UNIT_BYTES;
    long tasks = Math.max(processors, (bytes + UNIT_TASK_BYTES - 1) / UNIT_TASK_BYTES);
    int unitTasks = (int) Math.min(tasks, MOST_BUCKETS);
    long wished = Math.max(unitTasks, rows / BUCKET_ROWS);
    int buckets = 1;
    while (buckets < wished && buckets < MOST_BUCKETS) {
      buckets *= 2;
    }
    int rangeTasks = Math.min(ranges, Math.max(2 * processors, ranges / RANGES_A_TASK));
    return new Chunks(ranges, buckets, unitTasks, Math.max(1, rangeTasks));
  }

  int bucket(long unit) {
    return buckets == 1 ? 0 : (int) (unit >>> (Long.numberOfLeadingZeros(buckets) + 1));
  }

  /** Bytes of room of a bucket in a scan, for records of so many bytes. */
  int bucketRoom(int each) {
    return each * Math.max(16, Math.min(2048, ROOM / buckets / each));
  }

  /** Bytes of room of a range in a task. */
  int rangeRoom() {
    return 1 + Integer.BYTES * Math.max(64, Math.min(4095, ROOM / ranges / Integer.BYTES));
  }

  int firstRange(int task) {
    return (int) (((long) task * ranges + rangeTasks - 1) / rangeTasks);
  }

  Partitioner byBucket() {
    return new ByNumber(unitTasks, buckets);
  }

  Partitioner byRange() {
    return new ByNumber(rangeTasks, ranges);
  }

  private static final class ByNumber extends Partitioner {
    @Serial private static final long serialVersionUID = 1;
    private final int tasks;
    private final int numbers;

    ByNumber(int tasks, int numbers) {
      this.tasks = tasks;
      this.numbers = Math.max(1, numbers);
    }

    @Override
    public int numPartitions() {
      return tasks;
    }

    @Override
    public int getPartition(Object key) {
      int number = (Integer) key;
      return number < 0 ? ~number % tasks : (int) ((long) number * tasks / numbers);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByNumber by && by.tasks == tasks && by.numbers == numbers;
    }

    @Override
    public int hashCode() {
      return 31 * tasks + numbers;
    }
  }
}
