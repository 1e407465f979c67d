package org.inclusionmaps.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.stage.InclusionStages;
import org.inclusionmaps.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * What replicates cost: the stages from what is on offer to the indicators, from Parquet to Parquet
 * on two threads, with 1 and with 100 replicates. A country of 300,000 settled places in 2,000
 * areas, eight groups of adults, three operators with two technologies each, and a survey. Run:
 * {@code scripts/bench replicates [PLACES [RUNS]]}, of which the median is told.
 */
public final class ReplicatesBench {
  private static final int RUNS = 3;
  private static final int PLACES = 300_000;
  private static final int PLACES_AN_AREA = 150;
  private static final int AREAS_A_PROVINCE = 40;
  private static final List<String> OPERATORS = List.of("001-01", "001-02", "001-03");
  private static final List<String> AGES = List.of("15-24", "25-39", "40-59", "60+");

  private final SparkSession spark;
  private final Path folder;

  private ReplicatesBench(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /** Measures one size: 300,000 places and three runs unless told. */
  public static void main(String[] arguments) throws IOException {
    int places = arguments.length == 0 ? PLACES : Integer.parseInt(arguments[0]);
    int each = arguments.length < 2 ? RUNS : Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("bench-replicates");
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("bench")
            .config("spark.sql.shuffle.partitions", "16")
            .getOrCreate();
    try {
      new ReplicatesBench(spark, folder).measure(places, each);
    } finally {
      spark.stop();
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private void measure(int places, int each) {
    write(places);
    Map<Integer, Measure> medians = new TreeMap<>();
    for (int replicates : new int[] {1, 100}) {
      List<Measure> runs = new ArrayList<>();
      Map<String, Double> byStage = new HashMap<>();
      List<String> order = new ArrayList<>();
      for (int run = 0; run < each; run++) {
        byStage.clear();
        order.clear();
        runs.add(Measure.of(() -> stages(replicates, byStage, order)));
      }
      Measure median = Measure.median(runs);
      medians.put(replicates, median);
      StringBuilder told = new StringBuilder();
      order.forEach(
          stage ->
              told.append(
                  String.format(Locale.ROOT, " %s %.1f", stage, byStage.getOrDefault(stage, 0.0))));
      System.out.printf(
          Locale.ROOT,
          "%,d places, %d replicates: %.1f s CPU, %.1f s; CPU of the last run by stage:%s%n",
          places,
          replicates,
          median.cpuS(),
          median.wallS(),
          told);
    }
    System.out.printf(
        Locale.ROOT,
        "100 replicates cost %.2f x one%n",
        medians.get(100).cpuS() / medians.get(1).cpuS());
  }

  private void stages(int replicates, Map<String, Double> byStage, List<String> order) {
    Settings settings = settings(replicates);
    Map<Table, Dataset<Row>> tables = new HashMap<>();
    boolean begun = false;
    for (Stage stage : InclusionStages.list(settings)) {
      begun |= stage.name().equals("offers");
      if (!begun) {
        continue;
      }
      stage.reads().forEach(table -> tables.computeIfAbsent(table, this::read));
      Measure took =
          Measure.of(
              () ->
                  stage
                      .work()
                      .apply(tables, settings)
                      .select(columns(stage.writes()))
                      .write()
                      .mode(SaveMode.Overwrite)
                      .option("compression", "zstd")
                      .parquet(path(stage.writes())));
      byStage.put(stage.name(), took.cpuS());
      order.add(stage.name());
      tables.put(stage.writes(), read(stage.writes()));
    }
  }

  private static Column[] columns(Table table) {
    return table.columns().stream().map(functions::col).toArray(Column[]::new);
  }

  private static Settings settings(int replicates) {
    return SettingsLoader.load(
        List.of(),
        Map.of(),
        List.of(
            "country.id=B",
            "country.name=Bench",
            "release.reference_date='2026-01-01'",
            "uncertainty.replicates=" + replicates));
  }

  private Dataset<Row> read(Table table) {
    return Files.exists(Path.of(path(table)))
        ? spark.read().schema(table.schema()).parquet(path(table))
        : spark.createDataFrame(List.of(), table.schema());
  }

  private String path(Table table) {
    return folder.resolve(table.name()).toString();
  }

  /** Writes the tables that the stages read. */
  private void write(int count) {
    Random random = new Random(1);
    int areas = (count + PLACES_AN_AREA - 1) / PLACES_AN_AREA;
    List<Row> areaRows = new ArrayList<>();
    List<Row> incomes = new ArrayList<>();
    List<Row> known = new ArrayList<>();
    areaRows.add(row(Tables.AREAS, Map.of("area", "B", "level", 0, "name", "B")));
    for (int province = 0; province * AREAS_A_PROVINCE < areas; province++) {
      String name = "P" + province;
      areaRows.add(
          row(Tables.AREAS, Map.of("area", name, "parent", "B", "level", 1, "name", name)));
    }
    for (int area = 0; area < areas; area++) {
      String name = "A" + area;
      String parent = "P" + area / AREAS_A_PROVINCE;
      areaRows.add(
          row(Tables.AREAS, Map.of("area", name, "parent", parent, "level", 2, "name", name)));
      known.add(row(Tables.KNOWN_COVERAGE, Map.of("area", name, "cells", 5L, "known", true)));
      incomes.add(
          row(
              Tables.INCOMES,
              Map.of(
                  "area",
                  name,
                  "sex",
                  "all",
                  "mean_month",
                  150 + 300 * random.nextDouble(),
                  "currency",
                  "USD",
                  "year",
                  2024)));
    }
    incomes.add(
        row(
            Tables.INCOMES,
            Map.of(
                "area",
                "B",
                "sex",
                "all",
                "mean_month",
                300.0,
                "currency",
                "USD",
                "year",
                2024,
                "gini",
                .42)));
    save(Tables.AREAS, areaRows);
    save(Tables.KNOWN_COVERAGE, known);
    save(Tables.INCOMES, incomes);
    save(Tables.TARIFFS, tariffs());
    save(Tables.SURVEY, survey(areas, random));
    places(count);
  }

  private static List<Row> tariffs() {
    List<Row> tariffs = new ArrayList<>();
    for (int i = 0; i < OPERATORS.size(); i++) {
      tariffs.add(
          row(
              Tables.TARIFFS,
              Map.of(
                  "operator",
                  OPERATORS.get(i),
                  "plan",
                  "p",
                  "technology",
                  "4G",
                  "price",
                  3.0 + i,
                  "currency",
                  "USD",
                  "validity_days",
                  30.0,
                  "data_mb",
                  2000.0,
                  "kind",
                  "base")));
    }
    return tariffs;
  }

  private static List<Row> survey(int areas, Random random) {
    List<Row> survey = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      Map<String, Object> values = new HashMap<>();
      values.put("respondent", "r" + i);
      values.put("area", "A" + random.nextInt(areas));
      values.put("settlement_type", i % 3 == 0 ? "urban" : "rural");
      values.put("stratum", "s" + i % 20);
      values.put("psu", "u" + i / 10);
      values.put("weight", 1.0);
      values.put("sex", i % 2 == 0 ? "female" : "male");
      values.put("age_band", AGES.get(i % AGES.size()));
      values.put("connected", random.nextInt(3) == 0 ? 1.0 : 0.0);
      survey.add(row(Tables.SURVEY, values));
    }
    return survey;
  }

  /** Places in a square, each with people of all groups and networks of its own. */
  private void places(int count) {
    int side = (int) Math.ceil(Math.sqrt(count));
    Dataset<Row> at =
        spark
            .range(count)
            .select(
                functions
                    .udf(
                        (UDF1<Long, Long>) i -> Places.at(10 + i % side * .013, i / side * .013, 8),
                        DataTypes.LongType)
                    .apply(col("id"))
                    .as("place"),
                functions
                    .concat(lit("A"), functions.floor(col("id").divide(PLACES_AN_AREA)))
                    .as("area"))
            .dropDuplicates("place");
    Dataset<Row> groups =
        spark
            .createDataset(List.of("female", "male"), Encoders.STRING())
            .toDF("sex")
            .crossJoin(spark.createDataset(AGES, Encoders.STRING()).toDF("age_band"));
    Column drawn = functions.hash(col("place"), col("sex"), col("age_band"));
    save(
        Tables.POPULATION,
        at.crossJoin(functions.broadcast(groups))
            .select(
                col("place"),
                col("area"),
                col("sex"),
                col("age_band"),
                lit("all").as("disability"),
                functions.pmod(drawn, lit(40_000_000)).cast("long").as("persons_micro"),
                lit(false).as("age_split")));
    save(
        Tables.PLACES,
        at.select(
            col("place"),
            lit(0.0).as("lon"),
            lit(0.0).as("lat"),
            lit(1L).as("persons_micro"),
            lit("rural").as("degree"),
            lit("open").as("environment")));
    Dataset<Row> networks =
        spark
            .createDataset(OPERATORS, Encoders.STRING())
            .toDF("operator")
            .crossJoin(
                spark.createDataset(List.of("2G", "4G"), Encoders.STRING()).toDF("technology"));
    Column chance =
        functions
            .pmod(functions.hash(col("place"), col("operator"), col("technology")), lit(1000))
            .divide(1000.0);
    Dataset<Row> coverage = at.crossJoin(functions.broadcast(networks)).withColumn("q", chance);
    List<Column> columns = new ArrayList<>();
    for (Field field : Tables.COVERAGE.fields()) {
      Column value =
          switch (field.name()) {
            case "place", "operator", "technology" -> col(field.name());
            case "source" -> lit("modelled");
            case "probability_outdoor", "probability_good", "probability_indoor" -> col("q");
            case "cells_in_reach" -> lit(1L);
            case "defaults_used" -> lit(1L);
            default -> lit(null);
          };
      columns.add(value.cast(field.type()).as(field.name()));
    }
    save(Tables.COVERAGE, coverage.select(columns.toArray(Column[]::new)));
  }

  private static Row row(Table table, Map<String, Object> values) {
    List<@Nullable Object> row = new ArrayList<>();
    table.columns().forEach(column -> row.add(values.get(column)));
    return RowFactory.create(row.toArray());
  }

  private void save(Table table, List<Row> rows) {
    save(table, spark.createDataFrame(rows, nullable(table)));
  }

  private static StructType nullable(Table table) {
    var schema = new StructType();
    for (Field field : table.fields()) {
      schema = schema.add(field.name(), field.type(), true);
    }
    return schema;
  }

  private void save(Table table, Dataset<Row> rows) {
    rows.write().mode(SaveMode.Overwrite).parquet(path(table));
  }
}
