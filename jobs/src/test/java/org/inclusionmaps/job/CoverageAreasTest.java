package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the sample country in which operators state areas and official figures are given. */
class CoverageAreasTest {
  private static final String COUNTRY = "POLYGON ((-36 3, -27 3, -27 12, -36 12, -36 3))";
  private static final String NOWHERE =
      "POLYGON ((-31.5 7.5, -31.499999 7.5, -31.499999 7.500001, -31.5 7.5))";

  @TempDir Path folder;

  private Path run(String areas, String to, String... more) throws IOException {
    Path feed = folder.resolve("areas.csv");
    Files.writeString(feed, "operator;technology;wkt\n" + areas);
    Path out = folder.resolve("out");
    Stream<String> command =
        Stream.concat(
            Stream.of(
                "run",
                "--config",
                "../data-samples/inclusion.yaml",
                "--to",
                to,
                "--progress",
                "none",
                "--set",
                "output.path=" + out,
                "--set",
                "inputs.coverage_areas=[{path: '" + feed + "', delimiter: ;}]"),
            Stream.of(more));
    Jobs.Outcome outcome = Jobs.run(command.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    try (Stream<Path> runs = Files.list(out.resolve("runs"))) {
      return runs.findFirst().orElseThrow();
    }
  }

  private static Dataset<Row> table(Path run, String name) {
    return SparkExtension.session().read().parquet(run.resolve(name).toString());
  }

  @Test
  void statedAreasCountAndTheOthersAreCalibratedToTheOfficialFigure() throws IOException {
    // 999-02 states 4G nowhere: the figure is to be met by 999-01, whose signals are modelled.
    Path run =
        run(
            "999-02;4G;" + NOWHERE + "\n999-03;3G;" + COUNTRY + "\n",
            "indicators",
            "--set",
            "radio.official_coverage_pct={4G: 80}");
    SparkSession spark = SparkExtension.session();
    Map<String, Double> national =
        table(run, "indicators")
            .where("area = 'XA' and indicator like 'sdg%'")
            .collectAsList()
            .stream()
            .collect(
                Collectors.toMap(
                    row -> row.<String>getAs("indicator"), row -> row.<Double>getAs("value")));
    assertThat(national.get("sdg_9_c_1_4g")).isCloseTo(80, within(0.01));
    assertThat(national.get("sdg_9_c_1_4g_modelled")).isBetween(82.0, 88.0);
    // 999-03 serves everybody with 3G.
    assertThat(national.get("sdg_9_c_1_3g")).isCloseTo(100, within(1e-6));
    assertThat(national.get("sdg_9_c_1_3g_modelled")).isLessThan(99);
    Dataset<Row> coverage = table(run, "coverage");
    coverage.createOrReplaceTempView("coverage");
    assertThat(
            spark
                .sql(
                    "select distinct operator, technology, source, probability_outdoor > 0"
                        + " from coverage where operator = '999-02' and technology = '4G'"
                        + " or operator = '999-03' and technology = '3G' order by 1")
                .collectAsList()
                .toString())
        .isEqualTo("[[999-02,4G,stated,false], [999-03,3G,stated,true]]");
    Map<String, Row> agreement =
        table(run, "coverage_agreement").where("area = 'XA'").collectAsList().stream()
            .collect(Collectors.toMap(row -> row.<String>getAs("operator"), row -> row));
    Row all = agreement.get("999-03");
    assertThat(all.<Long>getAs("stated_micro")).isEqualTo(all.<Long>getAs("persons_micro"));
    assertThat(all.<Long>getAs("stated_only_micro"))
        .isCloseTo(
            all.<Long>getAs("persons_micro") - all.<Long>getAs("modelled_micro"), within(10_000L));
    Row none = agreement.get("999-02");
    assertThat(none.<Long>getAs("stated_micro")).isZero();
    assertThat(none.<Long>getAs("modelled_only_micro")).isPositive();
  }

  @Test
  void areasAloneWillDoWhereNoCellsAreGiven() throws IOException {
    Path run =
        run(
            List.of("999-01", "999-02", "999-03").stream()
                .map(operator -> operator + ";4G;" + COUNTRY + "\n")
                .collect(Collectors.joining()),
            "affordability",
            "--set",
            "inputs.radio_cells=[]");
    assertThat(table(run, "signal").count()).isZero();
    assertThat(table(run, "known_coverage").where("not known").count()).isZero();
    assertThat(
            table(run, "affordability")
                .where("coverage_probability = 1 and best_technology = '4G'")
                .count())
        .isEqualTo(table(run, "affordability").count())
        .isPositive();
  }
}
