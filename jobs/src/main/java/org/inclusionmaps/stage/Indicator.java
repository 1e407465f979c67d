package org.inclusionmaps.stage;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.Quantiles;
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

  /** Coefficients of variation above which statistical offices warn, and withhold. */
  private static final double MUCH_VARIATION = 0.166;

  private static final double MOST_VARIATION = 0.333;

  /** Replicates that differ by less of the figure are alike: it is counted, not estimated. */
  private static final double ROUNDING = 1e-6;

  /** Standard errors from an estimate to its 5 % and 95 % quantiles. */
  static final double EXTREME = 1.6448536269514722;

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

  /** What the ends of an interval are, of the figures of the replicates. */
  enum Ends {
    /** Their 5 % and 95 % quantiles. */
    QUANTILES,
    /** The least and the greatest: replicates made at those quantiles of the one thing drawn. */
    EXTREMES
  }

  /** The row of the table of indicators for some sums of a year. */
  Row row(Sums sums, int year, Ends ends) {
    String none = reason.apply(sums);
    Figure shown = none == null ? figure.apply(sums) : NONE;
    Spread spread = none == null ? spread(sums, shown, ends) : Spread.NONE;
    return RowFactory.create(
        sums.area(),
        sums.sex(),
        sums.ageBand(),
        sums.disability(),
        name,
        year,
        shown.value(),
        spread.low(),
        spread.high(),
        shown.numerator(),
        shown.denominator(),
        unit,
        method,
        none == null ? quality(sums, spread) : "unreliable",
        none);
  }

  /** Interval and coefficient of variation of the replicates; absent without replicates. */
  private record Spread(@Nullable Double low, @Nullable Double high, double variation) {
    static final Spread NONE = new Spread(null, null, 0);
  }

  private Spread spread(Sums sums, Figure shown, Ends ends) {
    Double value = shown.value();
    double[] drawn = new double[sums.replicates()];
    int made = 0;
    for (int r = 1; r <= drawn.length; r++) {
      Sums at = sums.at(r);
      if (reason.apply(at) == null) {
        Double figured = figure.apply(at).value();
        if (figured != null && Double.isFinite(figured)) {
          drawn[made++] = figured;
        }
      }
    }
    if (value == null || made == 0) {
      return Spread.NONE;
    }
    double[] figures = Arrays.copyOf(drawn, made);
    double squares = 0;
    for (double drew : figures) {
      squares += (drew - value) * (drew - value) / made;
    }
    double[] scratch = new double[made];
    boolean quantiles = ends == Ends.QUANTILES;
    double low = Quantiles.of(figures, quantiles ? Quantiles.LOW : 0, scratch);
    double high = Quantiles.of(figures, quantiles ? Quantiles.HIGH : 1, scratch);
    if (high - low <= ROUNDING * Math.abs(value)) {
      return Spread.NONE;
    }
    double error = Math.sqrt(squares) / (quantiles ? 1 : EXTREME);
    return new Spread(
        Math.min(value, low), Math.max(value, high), error == 0 ? 0 : error / Math.abs(value));
  }

  /** Caution, too, where a tenth as many persons are unknown as known. */
  private static String quality(Sums sums, Spread spread) {
    if (spread.variation() > MOST_VARIATION) {
      return "unreliable";
    }
    boolean unknown = sums.get(GroupSums.UNKNOWN) > sums.get(GroupSums.KNOWN) * MOST_UNKNOWN;
    return unknown || spread.variation() > MUCH_VARIATION ? "caution" : "good";
  }
}
