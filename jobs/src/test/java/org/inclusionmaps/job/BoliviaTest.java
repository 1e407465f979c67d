package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job on Bolivia's open data, against the figures of its census office: municipal totals,
 * and households with a phone or internet in three departments, which the job does not read. {@code
 * -Dwrite.docs=true} writes the figures into jobs/docs/bolivia.md.
 */
class BoliviaTest {
  private static final Path DOCUMENT = Path.of("docs/bolivia.md");

  @TempDir static Path output;

  private static String data = "";
  private static Path release = Path.of("");
  private static Path run = Path.of("");

  @BeforeAll
  static void runOnce() throws IOException {
    String folder = System.getenv("INCLUSION_BOLIVIA_DIR");
    assumeThat(folder)
        .as("set INCLUSION_BOLIVIA_DIR to the folder of Bolivia's open data to run this test")
        .isNotNull();
    data = String.valueOf(folder);
    Jobs.Outcome outcome =
        Jobs.run(
            "run",
            "--config",
            "../conf/examples/bolivia.yaml",
            "--set",
            "output.path=" + output,
            "--progress",
            "none");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    release = Jobs.release(output);
    run = output.resolve("runs").resolve(release.getFileName());
  }

  private static Dataset<Row> csv(String path) {
    SparkSession spark = SparkExtension.session();
    return spark
        .read()
        .option("header", true)
        .option("quote", "\"")
        .option("escape", "\"")
        .csv(path);
  }

  private static Dataset<Row> indicators() {
    return csv(release.resolve("indicators.csv").toString())
        .where("sex = 'all' and age_band = 'all' and disability = 'all'");
  }

  private static Map<String, Double> byArea(Dataset<Row> rows, String key, String value) {
    Map<String, Double> values = new TreeMap<>();
    for (Row row :
        rows.selectExpr(key, "cast(" + value + " as double)").na().drop().collectAsList()) {
      values.put(row.getString(0), row.getDouble(1));
    }
    return values;
  }

  private static Map<String, Double> municipal(String indicator) {
    return byArea(
        indicators().where("level = 2 and indicator = '" + indicator + "'"), "area", "value");
  }

  @Test
  void personsOfEachMunicipalityAreThoseOfTheCensus() {
    Map<String, Double> census = byArea(csv(data + "/municipalities.csv"), "codigo", "poblacion");
    Dataset<Row> areas =
        SparkExtension.session()
            .read()
            .parquet(run.resolve("areas").toString())
            .selectExpr("area", "if(level = 3, parent, area) as municipality");
    Map<String, Double> counted =
        byArea(
            SparkExtension.session()
                .read()
                .parquet(run.resolve("population").toString())
                .join(areas, "area")
                .groupBy("municipality")
                .sum("persons_micro")
                .withColumnRenamed("sum(persons_micro)", "micro"),
            "municipality",
            "micro / 1000000");
    assertThat(counted).hasSize(343).isEqualTo(census);
  }

  @Test
  void areasWithoutAnyCellAreUnknownAndNotUncovered() {
    List<Row> silent =
        SparkExtension.session()
            .read()
            .parquet(run.resolve("known_coverage").toString())
            .where("length(area) = 6 and not known")
            .collectAsList();
    // 86 of the 339 municipalities with an outline have no cell; four more have no outline.
    assertThat(silent).hasSize(90);
    Map<String, Double> unknown = municipal("unknown_pct");
    for (Row row : silent) {
      assertThat(unknown.get(row.<String>getAs("area"))).isEqualTo(100);
    }
  }

  @Test
  void theDocumentShowsTheFiguresAsTheyAre() throws IOException {
    StringBuilder table = new StringBuilder("| figure | value |\n|---|---|\n");
    Map<String, Double> nation = byArea(indicators().where("level = 0"), "indicator", "value");
    for (String name :
        List.of(
            "persons",
            "unknown_pct",
            "lacking_pct",
            "uncovered_pct",
            "unaffordable_pct",
            "connected_pct",
            "itu_affordability_pct",
            "sdg_9_c_1_2g",
            "sdg_9_c_1_3g",
            "sdg_9_c_1_4g",
            "sdg_9_c_1_4g_union")) {
      line(table, "`" + name + "`, nation", nation.get(name));
    }
    Dataset<Row> towns = csv(data + "/outcomes_municipalities_train.csv");
    Map<String, Double> internet = byArea(towns, "codigo", "households_with_internet_pct_2024");
    Map<String, Double> phone = byArea(towns, "codigo", "households_with_phone_pct_2024");
    for (String name : List.of("lacking_pct", "connected_pct")) {
      String label = "Spearman of `" + name + "` with households with ";
      spearman(table, label + "internet, municipalities", municipal(name), internet);
      spearman(table, label + "phone, municipalities", municipal(name), phone);
      Map<String, Double> places = communities(name);
      spearman(table, label + "internet, communities", places, community("tics_internet"));
      spearman(table, label + "phone, communities", places, community("tics_celular"));
    }
    DocTable.same(DOCUMENT, "figures", table.toString());
  }

  /** Per cent of persons of known coverage, by community. */
  private static Map<String, Double> communities(String name) {
    String part = name.equals("lacking_pct") ? "lacking_micro" : "burdened_micro + included_micro";
    return byArea(
        SparkExtension.session()
            .read()
            .parquet(run.resolve("inclusion").toString())
            .groupBy("area")
            .agg(
                org.apache.spark.sql.functions.expr("sum(" + part + ")").as("part"),
                org.apache
                    .spark
                    .sql
                    .functions
                    .expr("sum(persons_micro - unknown_micro)")
                    .as("known"))
            .where("known > 0 and part is not null"),
        "area",
        "100 * part / known");
  }

  private static Map<String, Double> community(String count) {
    return byArea(
        csv(data + "/outcomes_communities_train.csv.gz").where("viviendas > 0"),
        "codigo",
        "double(" + count + ") / double(viviendas)");
  }

  private static void line(StringBuilder table, String what, Object value) {
    table.append(String.format(Locale.ROOT, "| %s | %,.2f |%n", what, (Double) value));
  }

  private static void spearman(
      StringBuilder table, String what, Map<String, Double> a, Map<String, Double> b) {
    List<String> keys = new ArrayList<>(a.keySet());
    keys.retainAll(b.keySet());
    double[] x = ranks(keys.stream().mapToDouble(a::get).toArray());
    double[] y = ranks(keys.stream().mapToDouble(b::get).toArray());
    double correlation =
        new org.hipparchus.stat.correlation.PearsonsCorrelation().correlation(x, y);
    line(table, what + " (n = " + keys.size() + ")", correlation);
  }

  /** Ranks, those of equal values their mean. */
  private static double[] ranks(double[] values) {
    List<Integer> order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .toList();
    double[] ranks = new double[values.length];
    for (int from = 0; from < values.length; ) {
      int to = from;
      while (to < values.length && values[order.get(to)] == values[order.get(from)]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order.get(i)] = (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
