package org.inclusionmaps.publish.report;

import static org.apache.spark.sql.functions.col;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Columns;
import org.inclusionmaps.publish.figures.Figures;
import org.jspecify.annotations.Nullable;

/**
 * Figures of areas with the ends of their intervals, of everybody and of the sexes.
 *
 * @param found what is known; a figure without a value is not in it
 */
public record Estimates(Map<Key, Estimate> found) {
  public static final Estimates NONE = new Estimates(Map.of());

  /** The indicator that areas are ordered by. */
  static final String LACKING = "lacking_pct";

  /** The shares that are compared between releases and sexes. */
  static final List<String> SHARES =
      List.of(
          LACKING,
          "uncovered_pct",
          "unaffordable_pct",
          "priced_out_pct",
          "burdened_pct",
          "held_back_pct",
          "included_pct",
          "connected_pct");

  private static final List<String> COLUMNS =
      List.of(Tables.AREA, Tables.SEX, "indicator", "value", "low", "high");

  /** What a figure is of. */
  record Key(String area, String sex, String indicator) {}

  /**
   * A figure.
   *
   * @param low the lower end of its 90 % interval; absent without one
   * @param high the upper end
   */
  public record Estimate(double value, @Nullable Double low, @Nullable Double high) {
    boolean interval() {
      return low != null && high != null;
    }

    /** Whether two intervals have a point in common; null where one is not known. */
    static @Nullable Boolean overlap(Estimate one, Estimate other) {
      Double low = one.low();
      Double high = one.high();
      Double otherLow = other.low();
      Double otherHigh = other.high();
      if (low == null || high == null || otherLow == null || otherHigh == null) {
        return null;
      }
      return low <= otherHigh && otherLow <= high;
    }

    /** The interval as {@code 43.8 to 55.5 %}; empty without one. */
    String between() {
      Double from = low;
      Double to = high;
      return from == null || to == null
          ? ""
          : String.format(java.util.Locale.ROOT, "%.1f to %.1f %%", from, to);
    }
  }

  /** The estimate of everybody in an area, or of a sex; null where it is not known. */
  public @Nullable Estimate get(String area, String sex, String indicator) {
    return found.get(new Key(area, sex, indicator));
  }

  /** A share of everybody who is counted, with the interval that the indicators have for it. */
  @Nullable Estimate share(String area, String sex, Figures figures) {
    if (figures.known() <= 0) {
      return null;
    }
    double value = 100.0 * figures.lacking() / figures.known();
    Estimate told = get(area, sex, LACKING);
    return told == null
        ? new Estimate(value, null, null)
        : new Estimate(value, told.low(), told.high());
  }

  /** The areas that anything is known of. */
  public Set<String> areas() {
    Set<String> areas = new TreeSet<>();
    found.keySet().forEach(key -> areas.add(key.area()));
    return areas;
  }

  /**
   * Collects the shares of some areas, and the share lacking of everybody in all others.
   *
   * @param rows of the table indicators
   * @param whole areas of which every share is wanted
   */
  public static Estimates of(Dataset<Row> rows, Set<String> whole) {
    Column lacking = col("indicator").equalTo(LACKING).and(col(Tables.SEX).equalTo(Tables.ALL));
    return collect(rows.where(lacking.or(col(Tables.AREA).isin(whole.toArray()))));
  }

  /**
   * Collects the shares in some rows.
   *
   * @throws IllegalArgumentException if a figure is no share
   */
  public static Estimates collect(Dataset<Row> rows) {
    Map<Key, Estimate> found = new HashMap<>();
    rows.where(
            col("indicator")
                .isin(SHARES.toArray())
                .and(col(Tables.AGE_BAND).equalTo(Tables.ALL))
                .and(col(Tables.DISABILITY).equalTo(Tables.ALL)))
        .select(Columns.all(COLUMNS))
        .collectAsList()
        .forEach(
            row -> {
              Double value = share(row.get(3));
              if (value != null) {
                found.put(
                    new Key(row.getString(0), row.getString(1), row.getString(2)),
                    new Estimate(value, share(row.get(4)), share(row.get(5))));
              }
            });
    return new Estimates(found);
  }

  private static @Nullable Double share(@Nullable Object told) {
    if (told == null) {
      return null;
    }
    double value = Double.parseDouble(told.toString());
    if (!(value >= -1e-6 && value <= 100 + 1e-6)) {
      throw new IllegalArgumentException(value + " is no share");
    }
    return value;
  }
}
