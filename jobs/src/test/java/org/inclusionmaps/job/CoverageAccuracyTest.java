package org.inclusionmaps.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Coverage of the sample country against its truth, with its terrain and without: each home,
 * operator and technology is served or not, and the job tells a probability for its hexagon.
 * Figures are in jobs/docs/accuracy.md: {@code mvn test -Dtest=CoverageAccuracyTest
 * -Dwrite.docs=true}.
 */
class CoverageAccuracyTest {
  private static final Path PAGE = Path.of("../jobs/docs/accuracy.md");
  private static final List<String> TECHNOLOGIES = List.of("2G", "3G", "4G", "5G");
  private static final int DECILES = 10;

  @TempDir static Path output;

  /** A network at a home: what is told, what is true, and how many it concerns. */
  private record Case(String technology, double probability, boolean served, double persons) {}

  private static List<Case> with = List.of();
  private static List<Case> without = List.of();

  @BeforeAll
  static void computesCoverageTwice() throws IOException {
    with = cases(output.resolve("with"));
    without = cases(output.resolve("without"), "--set", "inputs.terrain=[]");
    assertThat(with).hasSameSizeAs(without).hasSizeGreaterThan(10_000);
  }

  private static List<Case> cases(Path folder, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "run",
                "--config",
                "../data-samples/inclusion.yaml",
                "--to",
                "signal",
                "--progress",
                "none",
                "--set",
                "output.path=" + folder));
    command.addAll(List.of(more));
    Jobs.Outcome outcome = Jobs.run(command.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      return read(SparkExtension.session(), runs.findFirst().orElseThrow());
    }
  }

  private static List<Case> read(SparkSession spark, Path run) {
    Dataset<Row> homes = spark.read().parquet("../data-samples/truth/homes");
    Dataset<Row> coverage =
        spark
            .read()
            .parquet(run.resolve("signal").toString())
            .select("place", "operator", "technology", "probability_outdoor");
    return homes
        .crossJoin(
            spark
                .range(12)
                .select(
                    expr("concat('999-0', 1 + id div 4)").as("operator"),
                    expr("concat(2 + id % 4, 'G')").as("technology"),
                    col("id").cast("int").as("bit")))
        .withColumn("served", expr("(network >> bit) & 1").equalTo(1))
        .join(coverage, new String[] {"place", "operator", "technology"}, "left")
        .select(
            col("technology"),
            expr("coalesce(probability_outdoor, 0.0)"),
            col("served"),
            col("persons"))
        .collectAsList()
        .stream()
        .map(row -> new Case(row.getString(0), row.getDouble(1), row.getBoolean(2), row.getLong(3)))
        .toList();
  }

  private static List<Case> of(List<Case> cases, String technology) {
    return cases.stream().filter(c -> c.technology.equals(technology)).toList();
  }

  /**
   * Chance that a served person has the higher probability than one who is not; ties count half.
   */
  private static double auc(List<Case> cases) {
    List<Case> sorted = new ArrayList<>(cases);
    sorted.sort(Comparator.comparingDouble(Case::probability));
    double below = 0;
    double won = 0;
    for (int from = 0; from < sorted.size(); ) {
      double served = 0;
      double not = 0;
      int to = from;
      double probability = sorted.get(from).probability;
      for (; to < sorted.size() && sorted.get(to).probability == probability; to++) {
        if (sorted.get(to).served) {
          served += sorted.get(to).persons;
        } else {
          not += sorted.get(to).persons;
        }
      }
      won += served * (below + not / 2);
      below += not;
      from = to;
    }
    double served = persons(cases, c -> c.served);
    return won / (served * below);
  }

  private static double persons(List<Case> cases, Predicate<Case> which) {
    return cases.stream().filter(which).mapToDouble(Case::persons).sum();
  }

  private static double misjudgedPct(List<Case> cases) {
    return 100 * persons(cases, c -> c.probability >= 0.5 != c.served) / persons(cases, c -> true);
  }

  private static double estimatedPct(List<Case> cases) {
    return 100
        * cases.stream().mapToDouble(c -> c.persons * c.probability).sum()
        / persons(cases, c -> true);
  }

  private static double truePct(List<Case> cases) {
    return 100 * persons(cases, c -> c.served) / persons(cases, c -> true);
  }

  @Test
  void terrainMakesCoverageOfEachTechnologyTruer() {
    for (String technology : List.of("2G", "3G", "4G")) {
      List<Case> flat = of(without, technology);
      List<Case> hilly = of(with, technology);
      assertThat(auc(hilly)).as(technology).isGreaterThan(auc(flat));
      assertThat(misjudgedPct(hilly)).as(technology).isLessThan(misjudgedPct(flat));
    }
  }

  @Test
  void thePageShowsHowGoodCoverageIs() throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| | persons × operators served, truth % | estimate % | AUC | misjudged % | AUC, no terrain |"
                + " misjudged %, no terrain |\n|---|---|---|---|---|---|---|\n");
    for (String technology : TECHNOLOGIES) {
      List<Case> hilly = of(with, technology);
      List<Case> flat = of(without, technology);
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.1f | %.1f | %.3f | %.1f | %.3f | %.1f |%n",
              technology,
              truePct(hilly),
              estimatedPct(hilly),
              auc(hilly),
              misjudgedPct(hilly),
              auc(flat),
              misjudgedPct(flat)));
    }
    DocTable.same(PAGE, "coverage", table.toString());
  }

  @Test
  void thePageShowsTheCalibrationCurve() throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| 4G: probability told | persons × operators, % | mean told | served in truth | no terrain: mean"
                + " told | served in truth |\n|---|---|---|---|---|---|\n");
    for (int decile = 0; decile < DECILES; decile++) {
      double low = (double) decile / DECILES;
      double high = (double) (decile + 1) / DECILES;
      List<Case> hilly = between(of(with, "4G"), low, high);
      List<Case> flat = between(of(without, "4G"), low, high);
      table.append(
          String.format(
              Locale.ROOT,
              "| %.1f to %.1f | %.1f | %.2f | %.2f | %.2f | %.2f |%n",
              low,
              high,
              100 * persons(hilly, c -> true) / persons(of(with, "4G"), c -> true),
              estimatedPct(hilly) / 100,
              truePct(hilly) / 100,
              estimatedPct(flat) / 100,
              truePct(flat) / 100));
    }
    DocTable.same(PAGE, "calibration", table.toString());
  }

  private static List<Case> between(List<Case> cases, double low, double high) {
    return cases.stream()
        .filter(c -> c.probability >= low && (c.probability < high || high == 1))
        .toList();
  }
}
