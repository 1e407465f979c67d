package org.inclusionmaps.job;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.sample.Truth;

/** What is true of a made-up country, by area and group, under the names of the indicators. */
final class Truths {
  /** An area and a group by one trait at most. */
  record Key(String area, String sex, String ageBand, String disability) {
    /** The group in a word or two. */
    String group() {
      return !sex.equals(Tables.ALL)
          ? sex
          : !ageBand.equals(Tables.ALL)
              ? ageBand
              : disability.equals(Tables.ALL) ? Tables.ALL : "disability " + disability;
    }
  }

  private static final String UNAFFORDABLE = "unaffordable";

  /** Shares of persons 15 and older that the truth knows. */
  static final List<String> PARTS =
      List.of(
          Truth.LACKING,
          Truth.UNCOVERED,
          UNAFFORDABLE,
          Truth.CONNECTED,
          Truth.PRICED_OUT,
          Truth.BURDENED,
          Truth.HELD_BACK,
          Truth.INCLUDED);

  private final Map<Key, long[]> sums = new HashMap<>();
  private final String official;

  private Truths(String official) {
    this.official = official;
  }

  /** The truth that a folder of {@code inclusion sample} holds. */
  static Truths read(SparkSession spark, String folder, String country) {
    Dataset<Row> areas = spark.read().parquet(folder + "/truth/areas");
    Truths truths = new Truths(official(spark, folder, areas, country));
    List<String> columns =
        new ArrayList<>(
            List.of(Tables.AREA, Tables.SEX, Tables.AGE_BAND, Tables.DISABILITY, Truth.PERSONS));
    PARTS.forEach(part -> columns.add(part.equals(UNAFFORDABLE) ? "covered - affordable" : part));
    areas
        .where(col(Truth.CONNECTED).isNotNull())
        .selectExpr(columns.toArray(String[]::new))
        .collectAsList()
        .forEach(truths::add);
    return truths;
  }

  private void add(Row row) {
    String area = row.getString(0);
    String all = Tables.ALL;
    for (Key key :
        Set.of(
            new Key(area, all, all, all),
            new Key(area, row.getString(1), all, all),
            new Key(area, all, row.getString(2), all),
            new Key(area, all, all, row.getString(3)))) {
      long[] of = sums.computeIfAbsent(key, k -> new long[1 + PARTS.size()]);
      for (int i = 0; i < of.length; i++) {
        of[i] += row.getLong(4 + i);
      }
    }
  }

  /** Persons of all ages whom the operator with most serves, per cent, as the setting wants it. */
  private static String official(
      SparkSession spark, String folder, Dataset<Row> areas, String country) {
    long persons =
        areas.where(col(Tables.AREA).equalTo(country)).selectExpr("sum(persons)").head().getLong(0);
    Map<String, String> pct = new TreeMap<>();
    spark
        .read()
        .parquet(folder + "/truth/networks")
        .where(col(Tables.AREA).equalTo(country).and(col(Tables.OPERATOR).notEqual("any")))
        .groupBy(Tables.TECHNOLOGY)
        .max(Truth.PERSONS)
        .collectAsList()
        .forEach(
            row ->
                pct.put(
                    row.getString(0),
                    String.format(Locale.ROOT, "%.1f", 100.0 * row.getLong(1) / persons)));
    List<String> entries = new ArrayList<>();
    pct.forEach((technology, value) -> entries.add(technology + ": " + value));
    return "{" + String.join(", ", entries) + "}";
  }

  /** The setting {@code radio.official_coverage_pct} that tells the truth's own coverage. */
  String official() {
    return official;
  }

  /** The true share of a part, per cent; NaN where there are no persons of the group. */
  double pct(Key key, String part) {
    long[] of = sums.get(key);
    return of == null || of[0] == 0 ? Double.NaN : 100.0 * of[1 + PARTS.indexOf(part)] / of[0];
  }

  /** Persons 15 and older of a group. */
  long persons(Key key) {
    long[] of = sums.get(key);
    return of == null ? 0 : of[0];
  }
}
