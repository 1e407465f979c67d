package org.inclusionmaps.sample;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.sample.SampleSettings.Detail;
import org.inclusionmaps.testing.Frames;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The smallest country, written twice; expected values are what the generator promises. */
@ExtendWith(SparkExtension.class)
class SampleTest {
  private static final SampleSettings SETTINGS = new SampleSettings(7, 0.05, Detail.PERSONS);

  private static final List<Table> NOT_WRITTEN =
      List.of(
          Tables.TERRAIN,
          Tables.COVERAGE_AREAS,
          Tables.DIRECT_ESTIMATES,
          Tables.AREA_FACTS,
          Tables.REGIONAL_MARKET,
          Tables.MEASUREMENT,
          Tables.SENSITIVE_PLACES);

  /** The inputs that are tables: the terrain is a raster. */
  static final List<Table> TABLES =
      Tables.INPUTS.stream().filter(table -> !NOT_WRITTEN.contains(table)).toList();

  /** A table of the sample with the columns that it leaves out, which may be absent. */
  static Dataset<Row> whole(Dataset<Row> rows, Table table) {
    List<String> written = List.of(rows.columns());
    return rows.select(
        table.fields().stream()
            .filter(field -> field.optional() || written.contains(field.name()))
            .map(
                field ->
                    written.contains(field.name())
                        ? col(field.name())
                        : lit(null).cast(field.type()).as(field.name()))
            .toArray(Column[]::new));
  }

  static final Sample.Steps QUIET =
      new Sample.Steps() {
        @Override
        public void begin(String table) {}

        @Override
        public void end(long rows) {}
      };

  @TempDir private static Path folder;
  private static Path once;
  private static Path again;
  private static Map<String, Long> written;

  @BeforeAll
  static void write() {
    SparkSession spark = SparkExtension.session();
    once = folder.resolve("once");
    again = folder.resolve("again");
    written = Sample.write(spark, SETTINGS, once.toString(), QUIET, 1);
    Sample.write(spark, SETTINGS, again.toString(), QUIET, 5);
  }

  private static Dataset<Row> input(SparkSession spark, Table table) {
    return spark.read().parquet(once.resolve("inputs").resolve(table.name()).toString());
  }

  private static Dataset<Row> truth(SparkSession spark, Table table) {
    return spark.read().parquet(once.resolve("truth").resolve(table.name()).toString());
  }

  private static Row sums(Dataset<Row> rows, String... columns) {
    List<Column> sums = new ArrayList<>();
    for (String column : columns) {
      sums.add(sum(column).cast(DataTypes.LongType));
    }
    return rows.agg(count(lit(1)), sums.toArray(Column[]::new)).collectAsList().get(0);
  }

  private static Map<String, String> bytes(Path root) throws IOException {
    Map<String, String> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        bytes.put(root.relativize(file).toString(), HexFormat.of().formatHex(content));
      }
    }
    return bytes;
  }

  @Test
  void theSameSeedGivesTheSameBytesInOnePieceAndInFive() throws IOException {
    Map<String, String> files = bytes(once);
    assertThat(bytes(again)).isEqualTo(files);
    assertThat(files).hasSize(Sample.tables(SETTINGS) + 1);
  }

  @Test
  void filesHaveFixedNamesAndNoOthersLieBesideThem() throws IOException {
    assertThat(bytes(once).keySet())
        .allMatch(
            name ->
                name.endsWith("/part-00000.parquet")
                    || name.equals("inputs/terrain/terrain.tif")
                    || name.equals("inclusion.yaml"));
  }

  @Test
  void everyTableMeetsItsContract(SparkSession spark) {
    for (Table table : TABLES) {
      assertThat(TableCheck.check(whole(input(spark, table), table), table))
          .as(table.name())
          .isPositive()
          .isEqualTo(written.get("inputs/" + table.name()));
    }
    List<Table> truths = new ArrayList<>(Truth.TABLES);
    truths.add(Truth.EACH_PERSON);
    for (Table table : truths) {
      assertThat(TableCheck.check(truth(spark, table), table))
          .as(table.name())
          .isPositive()
          .isEqualTo(written.get("truth/" + table.name()));
    }
  }

  @Test
  void theCensusCountsThePersonsOfTheTruth(SparkSession spark) {
    Dataset<Row> census =
        input(spark, Tables.CENSUS)
            .withColumn("persons", col("persons").cast(DataTypes.LongType))
            .select("area", "sex", "age_band", "disability", "persons");
    Dataset<Row> persons =
        truth(spark, Truth.EACH_PERSON)
            .groupBy("area", "sex", "age_band", "disability")
            .agg(sum(lit(1L)).as("persons"));
    Frames.assertSameRows(persons, census);
    assertThat(sums(census, "persons").getLong(1)).isEqualTo(SETTINGS.persons());
  }

  @Test
  void partsSumToPersonsInEveryRow(SparkSession spark) {
    for (Table table : List.of(Truth.PLACES, Truth.AREAS)) {
      Dataset<Row> rows = truth(spark, table);
      Dataset<Row> adults = rows.where(col("age_band").notEqual("0-14"));
      assertThat(
              adults
                  .where(
                      not(
                          col("persons")
                              .equalTo(
                                  col("uncovered")
                                      .plus(col("priced_out"))
                                      .plus(col("burdened"))
                                      .plus(col("held_back"))
                                      .plus(col("included")))
                              .and(col("connected").equalTo(col("burdened").plus(col("included"))))
                              .and(
                                  col("lacking")
                                      .equalTo(
                                          col("uncovered")
                                              .plus(col("priced_out"))
                                              .plus(col("burdened"))))))
                  .count())
          .isZero();
      assertThat(adults.where(col("lacking").isNull()).count()).isZero();
      assertThat(rows.where(col("persons").notEqual(col("covered").plus(col("uncovered")))).count())
          .isZero();
    }
  }

  @Test
  void areasSumThePlacesAtEachLevel(SparkSession spark) {
    Row places = sums(truth(spark, Truth.PLACES), "persons", "lacking", "connected");
    Dataset<Row> areas = truth(spark, Truth.AREAS);
    for (int level = 0; level < 3; level++) {
      Dataset<Row> ids = input(spark, Tables.AREAS).where(col("level").equalTo(level));
      Row sums = sums(areas.join(ids.select("area"), "area"), "persons", "lacking", "connected");
      assertThat(sums.getLong(1)).isEqualTo(places.getLong(1)).isEqualTo(SETTINGS.persons());
      assertThat(sums.getLong(2)).isEqualTo(places.getLong(2));
      assertThat(sums.getLong(3)).isEqualTo(places.getLong(3));
    }
  }

  @Test
  void onlyTheCoveredConnectAndOnlyTwoPerCentOfOwnIncomeIsAffordable(SparkSession spark) {
    Dataset<Row> persons = truth(spark, Truth.EACH_PERSON);
    assertThat(persons.where(col("connected").and(not(col("covered")))).count()).isZero();
    assertThat(persons.where(col("connected").and(col("age").lt(15))).count()).isZero();
    assertThat(
            persons
                .where(col("income_month").isNotNull().and(col("price_month").isNotNull()))
                .where(
                    col("affordable")
                        .notEqual(col("price_month").leq(col("income_month").multiply(lit(0.02)))))
                .count())
        .isZero();
    assertThat(persons.where(col("affordable").and(col("price_month").isNull())).count()).isZero();
  }

  @Test
  void subscriptionsHaveEveryOddity(SparkSession spark) {
    Dataset<Row> sims = input(spark, Tables.SUBSCRIPTIONS);
    Dataset<Row> ofPersons = sims.where(col("person").isNotNull());
    Dataset<Row> numbers = ofPersons.groupBy("person").count();
    assertThat(numbers.where(col("count").equalTo(2)).count()).isPositive();
    assertThat(numbers.where(col("count").equalTo(3)).count()).isPositive();
    assertThat(sims.where(col("machine").and(col("person").isNull())).count()).isPositive();
    assertThat(sims.where(not(col("machine")).and(col("active_days_90").equalTo(0))).count())
        .isPositive();
    assertThat(sims.where(col("home_place").isNull()).count()).isPositive();
    Dataset<Row> atCells = sims.where(col("home_cell").isNotNull());
    assertThat(atCells.where(col("home_place").isNull()).count()).isZero();
    assertThat(atCells.count()).isGreaterThan(sims.count() * 9 / 10);
    Dataset<Row> cells = input(spark, Tables.RADIO_CELLS).select("cell", "operator");
    assertThat(atCells.select(col("home_cell").as("cell"), col("operator")).except(cells).count())
        .as("home cells are of the SIM's own operator")
        .isZero();
    assertThat(
            ofPersons
                .groupBy("person")
                .agg(countDistinct("operator").as("operators"), countDistinct("sex").as("sexes"))
                .where(col("operators").gt(1).and(col("sexes").gt(1)))
                .count())
        .as("persons with SIMs of two operators, registered to two sexes")
        .isPositive();
  }

  @Test
  void personsWithDataInUseAreTheConnected(SparkSession spark) {
    long connected = sums(truth(spark, Truth.PLACES), "connected").getLong(1);
    long users =
        input(spark, Tables.SUBSCRIPTIONS)
            .where(not(col("machine")))
            .where(col("active_days_90").gt(0).and(col("data_mb_30").gt(0)))
            .select("person")
            .distinct()
            .count();
    assertThat(users).isEqualTo(connected);
  }

  @Test
  void surveyWeightsExpandToTheAdultsOfTheCountry(SparkSession spark) {
    Dataset<Row> survey = input(spark, Tables.SURVEY);
    long adults = truth(spark, Truth.EACH_PERSON).where(col("income_month").isNotNull()).count();
    Row weight = survey.agg(sum("weight")).collectAsList().get(0);
    // Enumeration areas are drawn by persons of all ages, so adults vary a little among them.
    assertThat(weight.getDouble(0)).isBetween(0.85 * adults, 1.15 * adults);
    assertThat(survey.groupBy("stratum").agg(countDistinct("psu").as("psus")).where("psus < 2"))
        .satisfies(few -> assertThat(few.count()).isZero());
  }

  @Test
  void settlementsLieInTheDistrictsThatTheyName(SparkSession spark) {
    Map<String, Ring> rings = new TreeMap<>();
    Land.of(SETTINGS).districts().forEach(d -> rings.put(d.id(), d.ring()));
    List<Row> homes = truth(spark, Truth.HOMES).collectAsList();
    assertThat(homes)
        .allMatch(
            home ->
                rings
                    .get(home.<String>getAs("area"))
                    .contains(home.<Double>getAs("lon"), home.<Double>getAs("lat")));
  }
}
