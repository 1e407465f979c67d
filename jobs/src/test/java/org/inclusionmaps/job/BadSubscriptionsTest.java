package org.inclusionmaps.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds of persons as they come at night, on the whole command and a made-up country. */
class BadSubscriptionsTest {
  @TempDir static Path folder;

  private static PersonCountry country;

  @BeforeAll
  static void make() {
    country = new PersonCountry(folder);
  }

  /** Rows of new persons, made of those that count. */
  private static Dataset<Row> newcomers(Dataset<Row> feed, String name, int rows) {
    return feed.where("active_days_90 > 0 and data_mb_30 > 0 and person is not null")
        .where("home_place is not null and birth_year < 2000 and coalesce(machine, false) = false")
        .orderBy("sim")
        .limit(rows)
        .withColumn("sim", concat(lit(name), col("sim")))
        .withColumn("person", concat(lit(name), col("person")));
  }

  private static Map<String, Long> leftOut(Path measurement) {
    Map<String, Long> leftOut = new HashMap<>();
    PersonCountry.ok(country.command("left-out " + measurement.getFileName()))
        .out()
        .lines()
        .forEach(
            line ->
                leftOut.merge(
                    line.substring(17),
                    Long.valueOf(line.substring(0, 15).strip().replace(",", "")),
                    Long::sum));
    return leftOut;
  }

  private static Path measure(String name, UnaryOperator<Dataset<Row>> change) {
    Path feed = country.feed(name, change);
    return country.measure("inputs.subscriptions=[{path: " + feed + "}]", "privacy.period=" + name);
  }

  @Test
  void leavesOutWhatCannotCountAndTellsHowMuch() {
    Path good = measure("good", feed -> feed);
    Path bad =
        measure(
            "bad",
            feed ->
                feed.union(feed.orderBy("sim").limit(300)) // delivered twice
                    .union(newcomers(feed, "a", 7).withColumn("birth_year", lit(1890)))
                    .union(newcomers(feed, "b", 8).withColumn("birth_year", lit(2090)))
                    .union(newcomers(feed, "c", 9).withColumn("home_place", lit(12345L)))
                    .union(newcomers(feed, "d", 6).withColumn("person", lit(null))));
    Map<String, Long> more = leftOut(bad);
    Map<String, Long> usual = leftOut(good);
    Map<String, Long> expected = new HashMap<>(usual);
    expected.merge("duplicate", 300L, Long::sum);
    expected.merge("birth_year_impossible", 15L, Long::sum);
    expected.merge("place_not_in_frame", 9L, Long::sum);
    expected.merge("no_person", 6L, Long::sum);
    assertThat(more).isEqualTo(expected);
  }

  /** It has noise around nobody in every cell, and no cell is missing. */
  @Test
  void measuresAnOperatorOfWhichNothingCame() {
    Column silent = col("operator").equalTo(country.anOperator());
    Path measurement =
        measure(
            "silent",
            feed ->
                feed.withColumn(
                    "active_days_90", when(silent, 0).otherwise(col("active_days_90"))));
    Dataset<Row> counts = SparkExtension.session().read().parquet(measurement.toString());
    Row nation =
        counts
            .where(silent.and(col("parent").isNull()).and(col("leaf_kind").equalTo("area")))
            .selectExpr("sum(count)", "sum(variance)")
            .head();
    assertThat(Math.abs(nation.getLong(0))).isLessThan((long) (5 * Math.sqrt(nation.getDouble(1))));
    assertThat(counts.where(silent).count()).isEqualTo(counts.count() / country.operators());
  }

  private static void refused(String name, UnaryOperator<Dataset<Row>> change, String... words) {
    Path feed = country.feed(name, change);
    Jobs.Outcome outcome =
        country.command(
            "measure", "inputs.subscriptions=[{path: " + feed + "}]", "privacy.period=" + name);
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(4);
    assertThat(outcome.err()).contains(words).doesNotContain("pseudonym-");
    assertThat(country.output().resolve("measurements"))
        .satisfiesAnyOf(
            folder -> assertThat(folder).doesNotExist(),
            folder -> assertThat(folder.toFile().list()).noneMatch(file -> file.startsWith(name)));
  }

  @Test
  void refusesRowsWithoutASim() {
    refused(
        "nameless",
        feed -> feed.union(newcomers(feed, "e", 3).withColumn("sim", lit(null))),
        "subscriptions",
        "sim",
        "3");
  }

  @Test
  void refusesASimOfTwoOperators() {
    refused(
        "twice",
        feed ->
            feed.union(
                newcomers(feed, "", 4)
                    .withColumn("person", lit("pseudonym-1"))
                    .withColumn("operator", lit(country.anOperator() + "x"))),
        "subscriptions",
        "sim");
  }

  @Test
  void refusesAFeedThatLostAColumn() {
    refused("lost", feed -> feed.drop("active_days_90"), "subscriptions", "active_days_90");
  }
}
