package org.inclusionmaps.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The promises of docs/methods/privacy.md, on the whole command and a made-up country. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MeasureCommandTest {
  @TempDir static Path folder;

  private static PersonCountry country;
  private static Path first;
  private static SortedMap<String, String> bytes;

  @BeforeAll
  static void measureOnce() throws IOException {
    country = new PersonCountry(folder);
    first = country.measure();
    bytes = Jobs.hashes(first);
  }

  private static Map<String, Long> counts(Path measurement) {
    SparkSession spark = SparkExtension.session();
    Map<String, Long> counts = new HashMap<>();
    for (Row row : spark.read().parquet(measurement.toString()).collectAsList()) {
      String cell =
          "%s %s %s %s %s".formatted(row.get(0), row.get(1), row.get(3), row.get(4), row.get(5));
      counts.put(cell, row.getLong(row.fieldIndex("count")));
    }
    return counts;
  }

  private static List<Path> namesIn(Path place) throws IOException {
    try (Stream<Path> list = Files.list(place)) {
      return list.map(Path::getFileName).sorted().toList();
    }
  }

  @Test
  @Order(1)
  void isChargedOnceAndTheSameAgainIsFreeAndTheSameBytes() throws IOException {
    assertThat(country.charges()).isEqualTo(1);
    assertThat(bytes).containsOnlyKeys("_privacy.md", "part-00000.parquet");
    assertThat(country.measure()).isEqualTo(first);
    assertThat(Jobs.hashes(first)).isEqualTo(bytes);
    assertThat(country.charges()).isEqualTo(1);
  }

  @Test
  @Order(2)
  void leavesNoRowOfAPersonInClear() throws IOException {
    assertThat(namesIn(country.output()).stream().map(Path::toString))
        .doesNotContain("subscriptions")
        .noneMatch(name -> name.startsWith(PersonZone.SCRATCH));
    assertThat(country.output().resolve("persons")).isDirectoryContaining("glob:**/2025-Q4-*");
    assertThat(
            Files.getPosixFilePermissions(
                country.output().resolve("persons").resolve(first.getFileName())))
        .hasSize(3);
  }

  @Test
  @Order(2)
  void tellsWhoHasTheKeysHowManyRowsWereLeftOutByReason() {
    SparkSession spark = SparkExtension.session();
    var feed = spark.read().parquet(country.feed().toString());
    long rows = feed.count();
    long none = feed.where("data_mb_30 <= 0").count();
    Jobs.Outcome told = country.command("left-out " + first.getFileName());
    assertThat(told.status()).as(told.err()).isZero();
    Map<String, Long> leftOut = new HashMap<>();
    told.out()
        .lines()
        .forEach(
            line ->
                leftOut.put(
                    line.substring(17),
                    Long.valueOf(line.substring(0, 15).strip().replace(",", ""))));
    assertThat(leftOut)
        .containsEntry("no_data_used", none)
        .containsEntry("duplicate", 0L)
        .containsKeys("inactive", "machine", "no_place", "under_15", "further_sim");
    assertThat(leftOut.values().stream().mapToLong(n -> n).sum()).isBetween(none + 1, rows);
    assertThat(PersonCountry.ok(country.command("ledger --access")).out())
        .contains("measure")
        .contains("left-out")
        .contains("a test");
  }

  @Test
  @Order(3)
  void oneRowMoreIsFreshNoiseAndACharge() throws IOException {
    Path more =
        country.feed(
            "more",
            feed ->
                feed.union(
                    feed.limit(1)
                        .withColumn("sim", lit("another"))
                        .withColumn("person", lit("somebody"))));
    Path second = country.measure("inputs.subscriptions=[{path: " + more + "}]");
    assertThat(second).isNotEqualTo(first);
    assertThat(country.charges()).isEqualTo(2);
    Map<String, Long> before = counts(first);
    Map<String, Long> after = counts(second);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    long same = before.keySet().stream().filter(c -> before.get(c).equals(after.get(c))).count();
    // The noise of a place has a standard deviation of 12.6: two draws agree once in 45.
    assertThat(same).isLessThan(before.size() / 10);
  }

  @Test
  @Order(4)
  void rowsThatAreReadOtherwiseAreFreshNoiseToo() throws IOException {
    Path other =
        country.measure(
            "inputs.subscriptions=[{path: "
                + country.feed()
                + ", select: {operator: [\""
                + country.anOperator()
                + "\"]}}]");
    assertThat(other).isNotEqualTo(first);
    assertThat(country.charges()).isEqualTo(3);
  }

  @Test
  @Order(5)
  void whoAskedToBeErasedIsLeftOutAndCounted() throws IOException {
    List<Row> asked =
        SparkExtension.session()
            .read()
            .parquet(country.feed().toString())
            .where("person is not null")
            .orderBy("sim")
            .select("sim", "person")
            .limit(2)
            .collectAsList();
    Path list = folder.resolve("erased.txt");
    Files.writeString(
        list,
        "# asked in 2026\n"
            + asked.get(0).getString(0)
            + "\n\n"
            + asked.get(1).getString(1)
            + "\n");
    String set = "person_data.erasure_list=" + list;
    Path without = country.measure(set);
    assertThat(without).isNotEqualTo(first);
    Jobs.Outcome told = country.command("left-out " + without.getFileName(), set);
    assertThat(told.out()).containsPattern(" [1-9]  erased\n");
    assertThat(
            country.command("measure", "person_data.erasure_list=" + folder.resolve("no")).status())
        .isEqualTo(3);
  }

  @Test
  @Order(6)
  void refusesOverTheLimitBeforeAFileOfPersonsIsOpened() {
    Jobs.Outcome refused =
        country.command(
            "measure",
            "privacy.period=2026-Q1",
            "privacy.lifetime_rho=0.05",
            "inputs.subscriptions=[{path: /no/such/feed}]");
    assertThat(refused.status()).as(refused.err()).isEqualTo(5);
    assertThat(refused.err()).startsWith("[PRIVACY_BUDGET_SPENT]");
  }

  @Test
  @Order(7)
  void refusesWithoutPurposeLegalBasisOrTime() {
    for (String missing : List.of("purpose", "legal_basis", "expires", "period", "key_provider")) {
      Jobs.Outcome refused = country.command("measure", "privacy." + missing + "=null");
      assertThat(refused.status()).as(missing).isEqualTo(2);
      assertThat(refused.err()).contains("privacy." + missing);
    }
    Jobs.Outcome late = country.command("measure", "privacy.expires=2020-01-01");
    assertThat(late.status()).isEqualTo(2);
    assertThat(late.err()).contains("privacy.expires is 2020-01-01");
  }

  @Test
  @Order(7)
  void refusesSparkThatIsNotSecured() throws IOException {
    long before = country.charges();
    Jobs.Outcome refused = country.command("measure", "privacy.local_trial=false");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("persons are not read while Spark is not secured");
    assertThat(country.charges()).isEqualTo(before);
  }

  @Test
  @Order(8)
  void aReleaseIsTheSameBytesWhoeverThePersonsAreIfTheMeasurementIsKept() throws IOException {
    String measurement = "inputs.measurement=[{path: " + first + "}]";
    SortedMap<String, String> before = release("before", measurement);
    assertThat(Files.readString(Jobs.release(folder.resolve("before")).resolve("privacy.md")))
        .contains("## Measurement 2025-Q4", "rho", "epsilon", "Purpose: a test", "A local trial");
    Path feed = country.feed();
    Path others =
        country.feed(
            "others",
            rows ->
                rows.withColumn("sim", concat(lit("x"), col("sim")))
                    .withColumn("person", concat(lit("y"), col("person")))
                    .withColumn("sex", when(col("sex").equalTo("male"), "female").otherwise("male"))
                    .withColumn("data_mb_30", lit(1.0))
                    .limit(500));
    Files.move(feed, folder.resolve("gone"));
    Files.move(others, feed);
    try {
      assertThat(release("after", measurement)).isEqualTo(before);
      assertThat(before).containsKeys("indicators.csv", "inclusion.pmtiles");
    } finally {
      Files.move(feed, others);
      Files.move(folder.resolve("gone"), feed);
    }
  }

  /** Nothing is charged and each count is told or hidden; a period has one protection. */
  @Test
  @Order(9)
  void measuresWithoutNoiseWhereThatIsAskedFor() throws IOException {
    String[] sets = {"privacy.protection=thresholds", "privacy.period=2026-Q1"};
    long before = country.charges();
    Path shown = country.measure(sets);
    assertThat(country.charges()).isEqualTo(before + 1);
    SortedMap<String, String> drawn = Jobs.hashes(shown);
    assertThat(Jobs.hashes(country.measure(sets))).isEqualTo(drawn);
    assertThat(country.charges()).isEqualTo(before + 1);
    Dataset<Row> rows = SparkExtension.session().read().parquet(shown.toString());
    assertThat(rows.where("count < 15 and sex <> 'unknown' and ages <> 'unknown'").count())
        .isZero();
    assertThat(rows.where("count between 1 and 14").count()).isZero();
    assertThat(rows.where("count is null").count()).isPositive();
    assertThat(rows.where("count is not null and leaf_kind = 'area'").count()).isPositive();
    String ledger = PersonCountry.ok(country.command("ledger")).out();
    assertThat(ledger).containsPattern("reserve .* rho 0 +2026-Q1");

    Jobs.Outcome noisy = country.command("measure", "privacy.period=2026-Q1");
    assertThat(noisy.status()).isEqualTo(2);
    assertThat(noisy.err()).contains("2026-Q1 was measured without noise");
    Jobs.Outcome exact = country.command("measure", "privacy.protection=thresholds");
    assertThat(exact.status()).isEqualTo(2);
    assertThat(exact.err()).contains(PersonCountry.PERIOD + " was measured with noise");
    Jobs.Outcome coarser =
        country.command("measure", sets[0], sets[1], "privacy.detail={0: total, place: total}");
    assertThat(coarser.status()).isEqualTo(2);
    assertThat(coarser.err()).contains("2026-Q1 was measured without noise", "use ");

    release("shown", "inputs.measurement=[{path: " + shown + "}]");
    assertThat(Files.readString(Jobs.release(folder.resolve("shown")).resolve("privacy.md")))
        .contains("## Measurement 2026-Q1", "**no noise**", "fewer than 15 persons")
        .doesNotContain("epsilon");
  }

  /** A role without keys runs every stage after the measurement. */
  private static SortedMap<String, String> release(String name, String measurement)
      throws IOException {
    Path output = folder.resolve(name);
    // in so small a country the noise alone decides which sex is hidden more often
    PersonCountry.ok(
        country.command(
            "run",
            measurement,
            "output.path=" + output,
            "privacy.key_provider=null",
            "release.equity_waiver=a test of a small country"));
    return Jobs.hashes(Jobs.release(output));
  }
}
