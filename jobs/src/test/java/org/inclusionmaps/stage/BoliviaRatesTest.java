package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.inclusionmaps.job.DocTable;
import org.inclusionmaps.job.Jobs;
import org.inclusionmaps.stage.AreaRates.Direct;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rates of Bolivia's communities and municipalities against its census's own counts of dwellings
 * with internet in three departments. Each department is estimated by models of the other two
 * alone. To be beaten in communities: rank correlation .45 and R² .25, of a linear model of
 * distance, electricity, education and age. {@code -Dwrite.docs=true} writes the figures into
 * jobs/docs/bolivia.md.
 */
class BoliviaRatesTest {
  private static final Path DOCUMENT = Path.of("docs/bolivia.md");

  @TempDir static Path output;

  private static List<Row> covariates = List.of();
  private static List<Row> areas = List.of();
  private static final Map<String, String> PARENTS = new HashMap<>();
  private static final Map<String, Direct> DIRECT = new TreeMap<>();

  @BeforeAll
  static void runToTheCovariates() throws IOException {
    assumeThat(System.getenv("INCLUSION_BOLIVIA_DIR"))
        .as("set INCLUSION_BOLIVIA_DIR to the folder of Bolivia's open data to run this test")
        .isNotNull();
    Jobs.Outcome outcome =
        Jobs.run(
            "run",
            "--config",
            "../conf/examples/bolivia.yaml,../conf/examples/bolivia-outcomes.yaml",
            "--set",
            "output.path=" + output,
            "--set",
            "radio.unsettled_places=false",
            "--to",
            "area_covariates",
            "--progress",
            "none");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    try (Stream<Path> runs = Files.list(output.resolve("runs"))) {
      Path run = runs.filter(Files::isDirectory).findFirst().orElseThrow();
      covariates = read(run, "area_covariates").collectAsList();
      areas = read(run, "areas").select("area", "parent", "level").collectAsList();
      areas.forEach(area -> PARENTS.put(area.getString(0), String.valueOf(area.get(1))));
      for (Row row :
          read(run, "direct_estimates").select("area", "connected", "asked").collectAsList()) {
        double asked = row.getDouble(2);
        DIRECT.put(
            row.getString(0),
            new Direct(row.getString(0), AreaRates.BOTH, row.getDouble(1) / asked, asked, asked));
      }
    }
  }

  private static Dataset<Row> read(Path run, String table) {
    return SparkExtension.session().read().parquet(run.resolve(table).toString());
  }

  private static boolean municipality(String area) {
    return area.length() == 6;
  }

  private static String department(String area) {
    String parent = PARENTS.getOrDefault(area, "");
    return (municipality(area) ? area : parent).substring(0, 2);
  }

  /** The rates of a department's whole areas, by models of the others. */
  private static Map<String, Double> leftOut(String department) {
    List<Direct> others =
        DIRECT.values().stream().filter(of -> !department(of.area()).equals(department)).toList();
    Map<String, Double> rates = new TreeMap<>();
    for (Row row : new AreaRates(covariates, areas, others, null).rates()) {
      String area = row.getString(0);
      if (department(area).equals(department) && row.getString(1).equals(AreaRates.BOTH)) {
        rates.put(area, row.getDouble(3));
      }
    }
    return rates;
  }

  private record Score(int n, double spearman, double r2, double mae) {
    static Score of(List<double[]> pairs) {
      double[] told = pairs.stream().mapToDouble(pair -> pair[0]).toArray();
      double[] counted = pairs.stream().mapToDouble(pair -> pair[1]).toArray();
      double mean = pairs.stream().mapToDouble(pair -> pair[1]).average().orElseThrow();
      double left = 0;
      double all = 0;
      double off = 0;
      for (double[] pair : pairs) {
        left += (pair[1] - pair[0]) * (pair[1] - pair[0]);
        all += (pair[1] - mean) * (pair[1] - mean);
        off += Math.abs(pair[1] - pair[0]);
      }
      return new Score(
          told.length,
          new SpearmansCorrelation().correlation(told, counted),
          1 - left / all,
          off / told.length);
    }

    String line(String name) {
      return String.format(
          Locale.ROOT, "| %s | %,d | %.2f | %.2f | %.3f |%n", name, n, spearman, r2, mae);
    }
  }

  @Test
  void ordersPlacesThatItHasNotSeenBetterThanALinearModel() throws IOException {
    Map<String, String> names = Map.of("01", "Chuquisaca", "05", "Potosí", "06", "Tarija");
    List<double[]> communities = new ArrayList<>();
    List<double[]> municipalities = new ArrayList<>();
    StringBuilder lines = new StringBuilder();
    for (String department : new TreeMap<>(names).keySet()) {
      List<double[]> own = new ArrayList<>();
      leftOut(department)
          .forEach(
              (area, rate) -> {
                Direct counted = DIRECT.get(area);
                if (counted != null) {
                  (municipality(area) ? municipalities : own)
                      .add(new double[] {rate, counted.share()});
                }
              });
      lines.append(Score.of(own).line("communities of " + names.get(department)));
      communities.addAll(own);
    }
    Score all = Score.of(communities);
    Score wide = Score.of(municipalities);
    DocTable.same(
        DOCUMENT,
        "rates",
        "| left out and estimated | n | rank correlation | R² | mean absolute error |\n"
            + "|---|---|---|---|---|\n"
            + all.line("communities of all three departments")
            + lines
            + wide.line("municipalities of all three departments"));
    assertThat(all.n()).isEqualTo(5042);
    assertThat(all.spearman()).isGreaterThan(.45);
    assertThat(all.r2()).isGreaterThan(.25);
    assertThat(wide.spearman()).isGreaterThan(.75);
    assertThat(wide.r2()).isGreaterThan(.5);
  }
}
