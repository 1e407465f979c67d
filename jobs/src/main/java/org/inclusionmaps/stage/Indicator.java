package org.inclusionmaps.stage;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/**
 * The definition of one indicator, over {@link Sums}.
 *
 * @param name its name in the table
 * @param unit the unit of its value
 * @param method how it is made, for readers of the table
 * @param figure the figure, asked for only where there is no reason against it
 * @param reason why there is no value; absent where there is one
 */
record Indicator(
    String name,
    String unit,
    String method,
    Function<Sums, Figure> figure,
    Function<Sums, @Nullable String> reason) {

  /** Where more than this share of the persons below the line is unknown, figures need caution. */
  private static final double MOST_UNKNOWN = 0.1;

  private static final Figure NONE = new Figure(null, null, null);

  /**
   * A value, and what stands above and below the line where it is a quotient.
   *
   * @param value the value
   * @param numerator above the line
   * @param denominator below the line
   */
  record Figure(@Nullable Double value, @Nullable Double numerator, @Nullable Double denominator) {
    static Figure of(double value) {
      return new Figure(value, null, null);
    }
  }

  /** A number of persons. */
  static Indicator persons(
      String name, String micro, Function<Sums, @Nullable String> reason, String method) {
    return new Indicator(name, "persons", method, sums -> Figure.of(sums.persons(micro)), reason);
  }

  /** One number of persons as per cent of another. */
  static Indicator percent(
      String name,
      ToLongFunction<Sums> micro,
      String total,
      Function<Sums, @Nullable String> reason,
      String method) {
    return new Indicator(
        name,
        "percent",
        method,
        sums -> {
          double above = micro.applyAsLong(sums) / (double) Tables.MICRO;
          double below = sums.persons(total);
          // A whole divided by itself is 1: in this order no share of a whole is over 100.
          return new Figure(above / below * 100, above, below);
        },
        reason);
  }

  /** A figure that compares two rates. */
  static Indicator comparison(
      String name,
      String unit,
      ToDoubleFunction<Sums> value,
      Function<Sums, @Nullable String> reason,
      String method) {
    return new Indicator(name, unit, method, sums -> Figure.of(value.applyAsDouble(sums)), reason);
  }

  /** The row of the table of indicators for some sums of a year. */
  Row row(Sums sums, int year) {
    String none = reason.apply(sums);
    Figure shown = none == null ? figure.apply(sums) : NONE;
    return RowFactory.create(
        sums.area(),
        sums.sex(),
        sums.ageBand(),
        sums.disability(),
        name,
        year,
        shown.value(),
        null,
        null,
        shown.numerator(),
        shown.denominator(),
        unit,
        method,
        none == null ? quality(sums) : "unreliable",
        none);
  }

  /** Caution where a tenth as many persons are unknown as known. */
  private static String quality(Sums sums) {
    return sums.get(GroupSums.UNKNOWN) > sums.get(GroupSums.KNOWN) * MOST_UNKNOWN
        ? "caution"
        : "good";
  }
}
