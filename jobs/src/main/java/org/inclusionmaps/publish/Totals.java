package org.inclusionmaps.publish;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
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
final class Totals {
  static final String PERSONS = "persons";
  static final String LACKING = "lacking";
  static final String COVERAGE = "coverage_probability";
  static final String PRICE = "price_income_pct";
  static final String BEST = "best_technology";
  static final String SOURCE = "connected_source";

  /** The names of the means over persons, in their order. */
  static final List<String> MEANS = List.of(COVERAGE, PRICE);

  /** Figures of a group: persons, then the parts. */
  static final int STRIDE = 1 + Part.values().length;

  /** A figure that is not there. */
  static final long ABSENT = Long.MIN_VALUE;

  private static final String MIXED = "mixed";
  private static final BigInteger TWO_TO_THE_64 = BigInteger.ONE.shiftLeft(Long.SIZE);

  private final long[] figures;

  /** Of each mean: the sum of persons times value, both in millionths. */
  private final BigInteger[] weighted;

  /** Of each mean: the persons that have it, millionths. */
  private final long[] weights;

  private @Nullable String best;
  private @Nullable String source;

  private Totals(long[] figures, BigInteger[] weighted, long[] weights) {
    this.figures = figures;
    this.weighted = weighted;
    this.weights = weights;
  }

  /** Some columns, and then those of totals. */
  static StructType schema(StructType keys) {
    return keys.add("sums", DataTypes.BinaryType, false)
        .add(BEST, DataTypes.StringType, true)
        .add(SOURCE, DataTypes.StringType, true);
  }

  /** Totals of no row. */
  static Totals none(int groups) {
    long[] figures = new long[groups * STRIDE];
    Arrays.fill(figures, ABSENT);
    BigInteger[] weighted = new BigInteger[MEANS.size()];
    Arrays.fill(weighted, BigInteger.ZERO);
    return new Totals(figures, weighted, new long[MEANS.size()]);
  }

  /** The totals whose columns stand in a row from one on. */
  static Totals of(Row row, int first) {
    long[] all = longs(row.getAs(first));
    Totals totals = none((all.length - 3 * MEANS.size()) / STRIDE);
    int at = totals.figures.length;
    System.arraycopy(all, 0, totals.figures, 0, at);
    for (int mean = 0; mean < MEANS.size(); mean++, at += 3) {
      BigInteger low = BigInteger.valueOf(all[at + 1]);
      totals.weighted[mean] =
          BigInteger.valueOf(all[at])
              .shiftLeft(Long.SIZE)
              .add(low.signum() < 0 ? low.add(TWO_TO_THE_64) : low);
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
  @Nullable Object[] after(@Nullable Object... keys) {
    long[] all = Arrays.copyOf(figures, figures.length + 3 * MEANS.size());
    int at = figures.length;
    for (int mean = 0; mean < MEANS.size(); mean++, at += 3) {
      all[at] = weighted[mean].shiftRight(Long.SIZE).longValueExact();
      all[at + 1] = weighted[mean].longValue();
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

  void add(Totals other) {
    for (int i = 0; i < figures.length; i++) {
      if (other.figures[i] != ABSENT) {
        add(i, other.figures[i]);
      }
    }
    for (int mean = 0; mean < weights.length; mean++) {
      weighted[mean] = weighted[mean].add(other.weighted[mean]);
      weights[mean] = Math.addExact(weights[mean], other.weights[mean]);
    }
    tell(other.best, other.source);
  }

  /** Adds to one of a group's figures: 0 its persons, then its parts. */
  void add(int group, int figure, long micro) {
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
    BigInteger millionths = BigInteger.valueOf(Math.round(value * Tables.MICRO));
    weighted[mean] = weighted[mean].add(millionths.multiply(BigInteger.valueOf(micro)));
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

  int groups() {
    return figures.length / STRIDE;
  }

  /** Whether there is any person of a group. */
  boolean has(int group) {
    return figures[group * STRIDE] != ABSENT;
  }

  /** The figures of a group, zero where it has none. */
  Figures figures(int group) {
    return new Figures(
        has(group) ? persons(group) : 0, Arrays.stream(parts(group)).boxed().toList());
  }

  /** The persons of a group that has any, millionths. */
  long persons(int group) {
    return figures[group * STRIDE];
  }

  /** The parts of a group, zero where it has none. */
  long[] parts(int group) {
    long[] parts = Arrays.copyOfRange(figures, group * STRIDE + 1, (group + 1) * STRIDE);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = parts[i] == ABSENT ? 0 : parts[i];
    }
    return parts;
  }

  /** The persons that have a mean, millionths. */
  long weight(int mean) {
    return weights[mean];
  }

  /** A mean over persons, to six digits; null where no row has it. */
  @Nullable Double mean(int mean) {
    return weights[mean] == 0
        ? null
        : (Double)
            new BigDecimal(weighted[mean], 6)
                .divide(BigDecimal.valueOf(weights[mean]), 6, RoundingMode.HALF_UP)
                .doubleValue();
  }

  /** The newest technology; null where there is none. */
  @Nullable String best() {
    return best;
  }

  /** What the connected persons rest on; {@code mixed} where rows differ. */
  @Nullable String source() {
    return source;
  }

  static String column(String measure, Group group) {
    return measure + "_" + group.name();
  }

  static String column(Part part, Group group) {
    return column(part.key(), group);
  }
}
