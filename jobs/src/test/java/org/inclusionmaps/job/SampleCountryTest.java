package org.inclusionmaps.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job on the sample country, scored against the country's truth. The README shows the
 * errors that this finds: {@code mvn test -Dtest=SampleCountryTest -Dwrite.docs=true} writes them.
 */
class SampleCountryTest {
  private static final Path README = Path.of("../README.md");
  private static final List<String> SHARES =
      List.of("lacking", "uncovered", "priced_out", "burdened", "held_back", "included");

  @TempDir static Path output;

  private static Jobs.Outcome outcome = new Jobs.Outcome(-1, "", "");
  private static final Map<String, Map<String, Double>> ESTIMATES = new TreeMap<>();
  private static final Map<String, Map<String, Double>> TRUTH = new TreeMap<>();
  private static final Map<String, String> LEVELS = new TreeMap<>();

  @BeforeAll
  static void runOnceAndReadBothSides() throws IOException {
    outcome =
        Jobs.run(
            "run",
            "--config",
            "../data-samples/inclusion.yaml",
            "--set",
            "output.path=" + output,
            "--progress",
            "none");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    SparkSession spark = SparkExtension.session();
    readEstimates(spark, Jobs.release(output));
    readTruth(spark);
  }

  private static void readEstimates(SparkSession spark, Path release) {
    List<Row> rows =
        spark
            .read()
            .option("header", true)
            .option("quote", "\"")
            .option("escape", "\"")
            .csv(release.resolve("indicators.csv").toString())
            .where("sex = 'all' and age_band = 'all' and disability = 'all' and value is not null")
            .select("level", "area", "indicator", "value")
            .collectAsList();
    for (Row row : rows) {
      LEVELS.put(row.getString(1), row.getString(0));
      ESTIMATES
          .computeIfAbsent(row.getString(1), area -> new TreeMap<>())
          .put(row.getString(2), Double.valueOf(row.getString(3)));
    }
  }

  private static void readTruth(SparkSession spark) {
    List<Row> rows =
        spark
            .read()
            .parquet("../data-samples/truth/areas")
            .where(col("age_band").notEqual("0-14"))
            .groupBy("area")
            .agg(
                sum("persons").as("persons"),
                SHARES.stream()
                    .map(share -> sum(share).as(share))
                    .toArray(org.apache.spark.sql.Column[]::new))
            .collectAsList();
    for (Row row : rows) {
      Map<String, Double> area = new TreeMap<>();
      double persons = row.getLong(1);
      area.put("persons", persons);
      for (String share : SHARES) {
        area.put(share + "_pct", 100 * row.<Long>getAs(share) / persons);
      }
      TRUTH.put(row.getString(0), area);
    }
  }

  private static double estimate(String area, String indicator) {
    return ESTIMATES.get(area).get(indicator);
  }

  private static double truth(String area, String indicator) {
    return TRUTH.get(area).get(indicator);
  }

  @Test
  void personsOfEachAreaAreThoseOfTheTruth() {
    assertThat(TRUTH.keySet()).hasSize(50).isEqualTo(ESTIMATES.keySet());
    for (String area : TRUTH.keySet()) {
      assertThat(estimate(area, "persons")).as(area).isEqualTo(truth(area, "persons"));
    }
  }

  @Test
  void theReleaseIsNamedWithItsHeadlines() throws IOException {
    assertThat(outcome.out()).contains("release " + Jobs.release(output));
    assertThat(outcome.out().lines().filter(line -> line.startsWith("  "))).hasSizeGreaterThan(4);
    assertThat(Jobs.release(output))
        .isDirectoryContaining("glob:**/report.html")
        .isDirectoryContaining("glob:**/inclusion.pmtiles")
        .isDirectoryContaining("glob:**/indicators.csv")
        .isDirectoryContaining("glob:**/manifest.json");
  }

  @Test
  void theNationalShareLackingIsWithinFivePointsOfTheTruth() {
    assertThat(Math.abs(estimate("XA", "lacking_pct") - truth("XA", "lacking_pct"))).isLessThan(5);
  }

  @Test
  void theReadmeShowsTheErrorsAsTheyAre() throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| per cent of persons 15+ | truth | estimate | error | RMSE of 5 provinces | of 44 districts |\n"
                + "|---|---|---|---|---|---|\n");
    for (String share : SHARES) {
      String name = share + "_pct";
      double estimated = estimate("XA", name);
      double real = truth("XA", name);
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.1f | %.1f | %+.1f | %.1f | %.1f |%n",
              share.replace('_', ' '),
              real,
              estimated,
              estimated - real,
              rmse("1", name),
              rmse("2", name)));
    }
    DocTable.same(README, "accuracy", table.toString());
  }

  private static double rmse(String level, String indicator) {
    return Math.sqrt(
        LEVELS.entrySet().stream()
            .filter(area -> area.getValue().equals(level))
            .mapToDouble(
                area -> estimate(area.getKey(), indicator) - truth(area.getKey(), indicator))
            .map(error -> error * error)
            .average()
            .orElseThrow());
  }
}
