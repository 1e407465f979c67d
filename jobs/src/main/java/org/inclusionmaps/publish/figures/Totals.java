package org.inclusionmaps.publish.figures;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/**
 * The sums of one place or area. Of each group: its persons and then its parts, in millionths of a
 * person. A group without any row there has no figures, which is not zero. In a row of Spark all
 * numbers are one column of bytes, since hundreds of columns cost more to plan than to sum.
 */
public final class Totals {
  public static final String PERSONS = "persons";
  public static final String LACKING = "lacking";
  public static final String COVERAGE = "coverage_probability";
  public static final String PRICE = "price_income_pct";
  public static final String BEST = "best_technology";
  public static final String SOURCE = "connected_source";

  /** The names of the means over persons, in their order. */
  public static final List<String> MEANS =
      Stream.concat(
              Stream.of(COVERAGE, PRICE), Tables.TECHNOLOGIES.stream().map(Tables::coverageBy))
          .toList();

  /** Figures of a group: persons, then the parts. */
  static final int STRIDE = 1 + Part.values().length;

  /** A figure that is not there. */
  public static final long ABSENT = Long.MIN_VALUE;

  private static final String MIXED = "mixed";

  private final long[] figures;

  /** Of each mean: the sum of persons times value, both in millionths, as high and low bits. */
  private final long[] high;

  private final long[] low;

  /** Of each mean: the persons that have it, millionths. */
  private final long[] weights;

  private @Nullable String best;
  private @Nullable String source;

  private Totals(int groups) {
    this.figures = new long[groups * STRIDE];
    Arrays.fill(figures, ABSENT);
    this.high = new long[MEANS.size()];
    this.low = new long[MEANS.size()];
    this.weights = new long[MEANS.size()];
  }

  /** Some columns, and then those of totals. */
  public static StructType schema(StructType keys) {
    return keys.add("sums", DataTypes.BinaryType, false)
        .add(BEST, DataTypes.StringType, true)
        .add(SOURCE, DataTypes.StringType, true);
  }

  /** Totals of no row. */
  public static Totals none(int groups) {
    return new Totals(groups);
  }

  /** The totals whose columns stand in a row from one on. */
  public static Totals of(Row row, int first) {
    long[] all = longs(row.getAs(first));
    Totals totals = none((all.length - 3 * MEANS.size()) / STRIDE);
    int at = totals.figures.length;
    System.arraycopy(all, 0, totals.figures, 0, at);
    for (int mean = 0; mean < MEANS.size(); mean++, at += 3) {
      totals.high[mean] = all[at];
      totals.low[mean] = all[at + 1];
      totals.weights[mean] = all[at + 2];
    }
    totals.best = row.getAs(first + 1);
    totals.source = row.getAs(first + 2);
    return totals;
  }

  /** The persons of the first group, everybody, in a row of totals; 0 where it has none. */
  static long everybody(Row row, int first) {
    long persons = ByteBuffer.wrap(row.<byte[]>getAs(first)).getLong();
    return persons == ABSENT ? 0 : persons;
  }

  /** Some values and then these totals, as the values of a row. */
  public @Nullable Object[] after(@Nullable Object... keys) {
    long[] all = Arrays.copyOf(figures, figures.length + 3 * MEANS.size());
    int at = figures.length;
    for (int mean = 0; mean < MEANS.size(); mean++, at += 3) {
      all[at] = high[mean];
      all[at + 1] = low[mean];
      all[at + 2] = weights[mean];
    }
    @Nullable Object[] values = Arrays.copyOf(keys, keys.length + 3);
    values[keys.length] = bytes(all);
    values[keys.length + 1] = best;
    values[keys.length + 2] = source;
    return values;
  }

  static byte[] bytes(long[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES * values.length);
    buffer.asLongBuffer().put(values);
    return buffer.array();
  }

  static long[] longs(byte[] bytes) {
    long[] values = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(values);
    return values;
  }

  public void add(Totals other) {
    for (int i = 0; i < figures.length; i++) {
      if (other.figures[i] != ABSENT) {
        add(i, other.figures[i]);
      }
    }
    for (int mean = 0; mean < weights.length; mean++) {
      weigh(mean, other.high[mean], other.low[mean], other.weights[mean]);
    }
    tell(other.best, other.source);
  }

  /** Adds to one of a group's figures: 0 its persons, then its parts. */
  public void add(int group, int figure, long micro) {
    add(group * STRIDE + figure, micro);
  }

  private void add(int at, long micro) {
    figures[at] = figures[at] == ABSENT ? micro : Math.addExact(figures[at], micro);
  }

  /**
   * Adds to a mean over persons.
   *
   * @param mean its place in {@link #MEANS}
   * @param value 0 or more, to six digits
   * @param micro persons that have it, millionths
   */
  void weigh(int mean, double value, long micro) {
    long millionths = Math.round(value * Tables.MICRO);
    weigh(mean, Math.multiplyHigh(millionths, micro), millionths * micro, micro);
  }

  /** Adds 128 bits of a sum of 0 or more, and its weight. */
  private void weigh(int mean, long moreHigh, long moreLow, long micro) {
    long sum = low[mean] + moreLow;
    high[mean] += moreHigh + (Long.compareUnsigned(sum, moreLow) < 0 ? 1 : 0);
    low[mean] = sum;
    weights[mean] = Math.addExact(weights[mean], micro);
  }

  /** Adds the technology and the source of a row, where it has them. */
  void tell(@Nullable String technology, @Nullable String from) {
    if (technology != null && (best == null || technology.compareTo(best) > 0)) {
      best = technology;
    }
    if (from != null) {
      source = source == null || source.equals(from) ? from : MIXED;
    }
  }

  public int groups() {
    return figures.length / STRIDE;
  }

  /** Whether there is any person of a group. */
  public boolean has(int group) {
    return figures[group * STRIDE] != ABSENT;
  }

  /** The figures of a group, zero where it has none. */
  public Figures figures(int group) {
    return new Figures(
        has(group) ? persons(group) : 0, Arrays.stream(parts(group)).boxed().toList());
  }

  /** The persons of a group that has any, millionths. */
  public long persons(int group) {
    return figures[group * STRIDE];
  }

  /** Gives a group other parts, and their sum as its persons. */
  void replace(int group, long[] parts) {
    int at = group * STRIDE;
    figures[at] = 0;
    for (int i = 0; i < parts.length; i++) {
      figures[at] += parts[i];
      figures[at + 1 + i] = parts[i];
    }
  }

  /** The parts of a group, zero where it has none. */
  public long[] parts(int group) {
    long[] parts = Arrays.copyOfRange(figures, group * STRIDE + 1, (group + 1) * STRIDE);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = parts[i] == ABSENT ? 0 : parts[i];
    }
    return parts;
  }

  /** The persons that have a mean, millionths. */
  public long weight(int mean) {
    return weights[mean];
  }

  /** A mean over persons, to six digits; null where no row has it. */
  public @Nullable Double mean(int mean) {
    if (weights[mean] == 0) {
      return null;
    }
    double sum = high[mean] * 0x1p64 + (low[mean] >>> 1) * 2.0 + (low[mean] & 1);
    return Math.round(sum / weights[mean]) / (double) Tables.MICRO;
  }

  /** The newest technology; null where there is none. */
  public @Nullable String best() {
    return best;
  }

  /** What the connected persons rest on; {@code mixed} where rows differ. */
  public @Nullable String source() {
    return source;
  }
}
