package org.inclusionmaps.sample;

import static org.apache.spark.sql.functions.col;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;

/** Makes the country and writes its tables: what a country gives, and the truth. */
public final class Sample {
  private static final String INPUTS = "inputs";
  private static final String TRUTH = "truth";

  /**
   * Tables that the country does not give: operators' own areas would stand in for the model, and
   * an office's rates for those made from its survey, which the sample is there to check. No place
   * of it is sensitive.
   */
  private static final Set<Table> NOT_GIVEN =
      Set.of(
          Tables.COVERAGE_AREAS,
          Tables.DIRECT_ESTIMATES,
          Tables.AREA_FACTS,
          Tables.REGIONAL_MARKET,
          Tables.MEASUREMENT,
          Tables.SENSITIVE_PLACES);

  /** The tables that the country gives. */
  static final List<Table> FEEDS =
      Tables.INPUTS.stream().filter(table -> !NOT_GIVEN.contains(table)).toList();

  /** Is told of each table. */
  public interface Steps {
    /** Before a table is made. */
    void begin(String table);

    /** After a table is written. */
    void end(long rows);
  }

  private final SparkSession spark;
  private final SampleSettings settings;
  private final TableFiles files;
  private final Steps steps;
  private final int slices;
  private final Draws draws;
  private final Land land;
  private final People people;
  private final Map<String, Long> rows = new LinkedHashMap<>();

  private Sample(
      SparkSession spark, SampleSettings settings, String folder, Steps steps, int slices) {
    this.spark = spark;
    this.settings = settings;
    this.files = new TableFiles(spark, folder);
    this.steps = steps;
    this.slices = slices;
    this.draws = new Draws(settings.seed());
    this.land = Land.of(settings);
    this.people = new People(draws, CheapestBasket.prices());
  }

  /** Number of tables that are written. */
  public static int tables(SampleSettings settings) {
    return FEEDS.size()
        + Truth.TABLES.size()
        + (settings.detail() == SampleSettings.Detail.PERSONS ? 1 : 0);
  }

  /**
   * Makes a country and writes it, in place of the tables that the folder may hold.
   *
   * @return rows written, by table
   */
  public static Map<String, Long> write(
      SparkSession spark, SampleSettings settings, String folder, Steps steps) {
    int slices = 4 * spark.sparkContext().defaultParallelism();
    return write(spark, settings, folder, steps, slices);
  }

  /** The same in a number of pieces, which changes no row. */
  static Map<String, Long> write(
      SparkSession spark, SampleSettings settings, String folder, Steps steps, int slices) {
    return new Sample(spark, settings, folder, steps, slices).write();
  }

  private Map<String, Long> write() {
    Geography geography = new Geography(spark, settings, land, slices);
    input(Tables.AREAS, frame(AreaRows.of(land), Tables.AREAS), Tables.AREA);
    input(Tables.TARIFFS, frame(Tariffs.rows(), Tables.TARIFFS), Tables.OPERATOR, "plan");
    input(Tables.RADIO_CELLS, geography.radioCells(), "cell");
    terrain();
    input(Tables.SERVICES, geography.services(), "kind", "lon", "lat");
    Dataset<Row> homes =
        table(TRUTH, Truth.HOMES, geography.homes(), few(), "home")
            .repartition(slices, col("home"));
    input(
        Tables.SETTLEMENTS,
        SettlementRows.of(homes, draws, land.districts()),
        "lon",
        "lat",
        "weight");
    table(TRUTH, Truth.NETWORKS, TruthSums.networks(spark, homes), 1, keyOf(Truth.NETWORKS));
    Dataset<Row> persons = Persons.truth(homes, people);
    Dataset<Row> places =
        table(TRUTH, Truth.PLACES, TruthSums.places(persons), few(), keyOf(Truth.PLACES));
    table(TRUTH, Truth.AREAS, TruthSums.areas(places), 1, keyOf(Truth.AREAS));
    input(Tables.CENSUS, TruthSums.census(places), keyOf(Tables.CENSUS));
    List<Row> incomes = IncomeRows.of(persons, land, draws);
    input(Tables.INCOMES, spark.createDataFrame(incomes, IncomeRows.SCHEMA), keyOf(Tables.INCOMES));
    Dataset<Row> survey = SurveyDesign.survey(spark, homes, settings, land, people);
    input(Tables.SURVEY, survey, "respondent");
    Dataset<Row> sims =
        table(
            INPUTS,
            Tables.SUBSCRIPTIONS,
            Sims.of(homes.join(geography.homeCells(), "home"), draws, people),
            settings.personFiles(),
            "person",
            "sim");
    input(Tables.MARKET, frame(MarketRows.of(sims), Tables.MARKET), Tables.OPERATOR);
    if (settings.detail() == SampleSettings.Detail.PERSONS) {
      table(TRUTH, Truth.EACH_PERSON, persons, settings.personFiles(), "person");
    }
    files.write("inclusion.yaml", SampleYaml.text().getBytes(StandardCharsets.UTF_8));
    return rows;
  }

  private void terrain() {
    String name = INPUTS + "/" + Tables.TERRAIN.name();
    steps.begin(name);
    TerrainRaster raster = new TerrainRaster(draws, land);
    files.write(name + "/terrain.tif", raster.bytes(spark, slices));
    rows.put(name, (long) raster.rows());
    steps.end(raster.rows());
  }

  /** Files of a table with a row a point or a place. */
  private int few() {
    return (settings.personFiles() + 7) / 8;
  }

  private void input(Table table, Dataset<Row> made, String... sort) {
    table(INPUTS, table, made, table.equals(Tables.SETTLEMENTS) ? few() : 1, sort);
  }

  private Dataset<Row> table(
      String part, Table table, Dataset<Row> made, int number, String... sort) {
    steps.begin(part + "/" + table.name());
    Dataset<Row> written = files.write(part, table, made, number, sort);
    long count = written.count();
    rows.put(part + "/" + table.name(), count);
    steps.end(count);
    return written;
  }

  private Dataset<Row> frame(List<Row> made, Table table) {
    return spark.createDataFrame(made, table.schema());
  }

  private static String[] keyOf(Table table) {
    return table.key().toArray(String[]::new);
  }
}
