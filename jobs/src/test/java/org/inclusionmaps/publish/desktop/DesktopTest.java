package org.inclusionmaps.publish.desktop;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.HostileRun;
import org.inclusionmaps.publish.MadeUpRun;
import org.inclusionmaps.publish.Release;
import org.inclusionmaps.publish.figures.Classes;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.testing.Gdal;
import org.inclusionmaps.testing.Qgis;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What analysts and desktop maps get, read by their own programs: GDAL, QGIS, DuckDB. Names of
 * areas are hostile. What is expected is summed from the tables.
 */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DesktopTest {
  private static final Map<Integer, List<String>> AREAS =
      Map.of(
          0, List.of("MU"),
          1, List.of("MU-N", "MU-S"),
          2, List.of("MU-NE", "MU-NW", "MU-SE", "MU-SW"));

  private SparkSession spark;
  private Map<Table, Dataset<Row>> tables;
  private Path folder;
  private Path release;

  @BeforeAll
  void publish(SparkSession session, @TempDir Path output) {
    spark = session;
    folder = output;
    tables = HostileRun.tables(spark, 8);
    Release.write(spark, MadeUpRun.context(output, "desk"), tables);
    release = output.resolve("releases/desk");
  }

  private String geoPackage() {
    return release.resolve(AreaPackage.NAME).toString();
  }

  private JsonNode features(String... more) throws Exception {
    Gdal.need();
    List<String> command =
        new ArrayList<>(List.of("ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15"));
    command.addAll(List.of("/vsistdout/", geoPackage()));
    command.addAll(List.of(more));
    return new ObjectMapper().readTree(Gdal.run(command.toArray(String[]::new))).path("features");
  }

  @Test
  void gdalReadsALayerALevelWithThePersonsOfTheTable() throws Exception {
    double persons =
        tables.get(Tables.INCLUSION).agg(sum("persons_micro")).first().getLong(0) / 1e6;
    for (var level : AREAS.entrySet()) {
      JsonNode features = features("level_" + level.getKey());
      assertThat(features.findValuesAsText("area")).isEqualTo(level.getValue());
      double found = 0;
      for (JsonNode feature : features) {
        found += feature.path("properties").path("persons").asDouble();
      }
      assertThat(found).as("level " + level.getKey()).isCloseTo(persons, within(1e-3));
    }
  }

  @Test
  void hasTheFiguresOfTheGeoParquetFilesAndTheIntervalsOfTheTable() throws Exception {
    for (var level : AREAS.entrySet()) {
      Map<String, JsonNode> found = new TreeMap<>();
      for (JsonNode feature : features("level_" + level.getKey())) {
        JsonNode values = feature.path("properties");
        found.put(values.path("area").asText(), values);
      }
      Dataset<Row> rows =
          spark.read().parquet(release.resolve("areas/level=" + level.getKey()).toString());
      for (Row row : rows.drop("geometry", "bbox").collectAsList()) {
        JsonNode values = found.get(row.<String>getAs("area"));
        for (String column : row.schema().fieldNames()) {
          Object expected = row.getAs(column);
          assertThat(values.has(column)).as(column).isTrue();
          if (expected == null) {
            assertThat(values.path(column).isNull()).as(column).isTrue();
          } else if (expected instanceof Number number) {
            assertThat(values.path(column).asDouble()).isEqualTo(number.doubleValue());
          } else {
            assertThat(values.path(column).asText()).isEqualTo(expected);
          }
        }
      }
    }
    JsonNode country = features("level_0").get(0).path("properties");
    assertThat(country.path("lacking_pct_low").asDouble()).isEqualTo(44.25);
    assertThat(country.path("lacking_pct_high").asDouble()).isEqualTo(56.125);
    assertThat(country.path("change_pct_low").isNull()).isTrue();
  }

  @Test
  void keepsHostileNamesAsTheyAre() throws Exception {
    for (int level : List.of(1, 2)) {
      for (JsonNode feature : features("level_" + level)) {
        JsonNode values = feature.path("properties");
        String name = HostileRun.NAMES.get(values.path("area").asText());
        if (name != null) {
          assertThat(values.path("name").asText()).isEqualTo(name);
        }
      }
    }
  }

  @Test
  void outlinesAreThoseOfTheTableAndTheIndexFindsThem() throws Exception {
    assertThat(features("level_2", "-spat", "-64.53", "-21.48", "-64.52", "-21.47"))
        .extracting(feature -> feature.path("properties").path("area").asText())
        .containsExactly("MU-NW");
    assertThat(features("level_0").get(0).path("geometry").path("type").asText())
        .isEqualTo("MultiPolygon");
    assertThat(
            Gdal.run(
                "ogrinfo", "-q", geoPackage(), "-sql", "SELECT HasSpatialIndex('level_2', 'geom')"))
        .contains("= 1");
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + geoPackage());
        Statement statement = file.createStatement()) {
      assertThat(text(statement, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(text(statement, "SELECT rtreecheck('rtree_level_2_geom')")).isEqualTo("ok");
      assertThat(text(statement, "SELECT count(*) FROM rtree_level_2_geom")).isEqualTo("4");
      assertThat(text(statement, "PRAGMA application_id")).isEqualTo("" + 0x47504B47);
      assertThat(text(statement, "PRAGMA user_version")).isEqualTo("10300");
      assertThat(text(statement, "SELECT group_concat(DISTINCT last_change) FROM gpkg_contents"))
          .isEqualTo("2026-01-01T00:00:00.000Z");
      assertThat(
              text(
                  statement,
                  "SELECT description FROM gpkg_data_columns"
                      + " WHERE table_name = 'level_1' AND column_name = 'persons_female'"))
          .isEqualTo("persons: Women, 15 and older");
    }
  }

  private static String text(Statement statement, String sql) throws Exception {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void gdalChangesALayerAndKeepsItsIndex() throws Exception {
    Gdal.need();
    Path copy = folder.resolve("edited.gpkg");
    Files.copy(release.resolve(AreaPackage.NAME), copy);
    Gdal.run("ogrinfo", "-q", copy.toString(), "-sql", "DELETE FROM level_2 WHERE area = 'MU-SE'");
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = file.createStatement()) {
      assertThat(text(statement, "SELECT count(*) FROM rtree_level_2_geom")).isEqualTo("3");
    }
  }

  @Test
  void qgisDrawsAreasAtOnceInTheClassesOfTheMap() throws Exception {
    Qgis.need();
    Set<String> expected = new TreeSet<>();
    Dataset<Row> areas = spark.read().parquet(release.resolve("areas/level=2").toString());
    areas
        .where(col("lacking_pct").isNotNull())
        .select("lacking_pct")
        .collectAsList()
        .forEach(row -> expected.add(Classes.colour(row.getDouble(0))));
    assertThat(expected).isNotEmpty();
    List<String> said = Qgis.draw(geoPackage() + "|layername=level_2", folder.resolve("areas.png"));
    assertThat(said).contains("renderer RuleRenderer", "features 4");
    assertThat(colours(said)).containsAll(expected);
    // What is not known is hatched in its own colour, with the paper between.
    assertThat(colours(said)).contains(Part.UNKNOWN.colour());
    List<String> byFile =
        Qgis.draw(
            geoPackage() + "|layername=level_2",
            folder.resolve("hexagons.png"),
            release.resolve("styles/hexagons.qml"));
    assertThat(colours(byFile)).containsAll(expected);
  }

  private static Set<String> colours(List<String> said) {
    return said.stream()
        .filter(
            line -> line.startsWith("colour ") && Integer.parseInt(line.split(" ", -1)[2]) > 100)
        .map(line -> line.split(" ", -1)[1])
        .collect(Collectors.toSet());
  }

  @Test
  void qgisDrawsVectorTilesByTheirStyle() throws Exception {
    Qgis.need();
    Gdal.need();
    Path features = folder.resolve("tiles.geojson");
    Files.writeString(
        features,
        "{\"type\":\"FeatureCollection\",\"features\":["
            + String.join(
                ",",
                square(0, "\"p0\":1000,\"n0\":0,\"l0\":0"),
                square(1, "\"p0\":1000,\"n0\":500,\"l0\":50"),
                square(2, "\"p0\":1000,\"n0\":0,\"l0\":450"),
                square(3, "\"p0\":1000,\"n0\":0,\"l0\":1000"),
                square(4, "\"p0\":1000,\"n0\":1000"))
            + "]}");
    Path tiles = folder.resolve("tiles");
    Gdal.run(
        "ogr2ogr",
        "-f",
        "MVT",
        "-dsco",
        "FORMAT=DIRECTORY",
        "-dsco",
        "COMPRESS=NO",
        "-dsco",
        "MINZOOM=0",
        "-dsco",
        "MAXZOOM=8",
        "-nln",
        "places",
        tiles.toString(),
        features.toString());
    List<String> said =
        Qgis.draw(
            tiles.toString(),
            folder.resolve("tiles.png"),
            release.resolve("styles/tiles.qml"),
            0,
            0,
            5,
            1);
    assertThat(said).contains("renderer basic");
    assertThat(colours(said))
        .contains(
            Classes.ZERO,
            Classes.colour(10),
            Classes.colour(45),
            Classes.colour(100),
            Part.UNKNOWN.colour())
        .doesNotContain(Classes.colour(30), Classes.colour(70));
  }

  private static String square(int west, String properties) {
    return "{\"type\":\"Feature\",\"properties\":{%s},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%d,0],[%d,0],[%d,1],[%d,1],[%d,0]]]}}"
        .formatted(properties, west, west + 1, west + 1, west, west);
  }

  @Test
  void qgisDrawsARasterByTheStyleBesideIt() throws Exception {
    Qgis.need();
    Gdal.need();
    Path grid = folder.resolve("grid.asc");
    Files.writeString(
        grid,
        "ncols 3\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 1\nNODATA_value -9\n"
            + "0 10 30.0\n50 60 -9\n");
    Path raster = folder.resolve("lacking_pct.tif");
    Gdal.run("gdal_translate", "-q", "-a_srs", "EPSG:4326", grid.toString(), raster.toString());
    Files.writeString(folder.resolve("lacking_pct.qml"), RasterStyle.of("lacking_pct"));
    List<String> said = Qgis.draw(raster.toString(), folder.resolve("raster.png"));
    Set<String> expected = new TreeSet<>(List.of("#ccddee"));
    for (double share : List.of(0.0, 10.0, 30.0, 50.0, 60.0)) {
      expected.add(Classes.colour(share));
    }
    assertThat(said).contains("renderer singlebandpseudocolor");
    assertThat(colours(said)).isEqualTo(expected);
  }

  @Test
  void noTextOfACsvBeginsAsAFormulaAndNumbersStayNumbers() throws Exception {
    List<Map<String, String>> rows = duckDb(IndicatorCsv.NAME);
    assertThat(rows).hasSize((int) tables.get(Tables.INDICATORS).count());
    Set<String> seen = new TreeSet<>();
    for (Map<String, String> row : rows) {
      for (String column : List.of("area", "name", "parent", "indicator", "method", "reason")) {
        String value = row.get(column);
        assertThat(value == null || !"=+-@\t\r".contains(value.substring(0, 1))).as(value).isTrue();
      }
      String hostile = HostileRun.NAMES.get(row.get("area"));
      if (hostile != null) {
        boolean formula = "=@".contains(hostile.substring(0, 1));
        assertThat(row.get("name")).isEqualTo(formula ? "'" + hostile : hostile);
        seen.add(row.get("area"));
      }
    }
    assertThat(seen).containsExactly("MU-N", "MU-SE", "MU-SW");
    assertThat(rows).anySatisfy(row -> assertThat(row.get("value")).isEqualTo("-5"));
    assertThat(rows)
        .anySatisfy(row -> assertThat(row.get("reason")).isEqualTo("'" + HostileRun.REASON));
  }

  @Test
  void sdmxHasTheNationsSeriesInTheOfficialDataflowAndNoneBelowIt() throws Exception {
    List<Map<String, String>> rows = duckDb(SdmxCsv.NAME);
    assertThat(rows).hasSize((int) tables.get(Tables.INDICATORS).count());
    assertThat(rows)
        .filteredOn(row -> row.get("STRUCTURE_ID").startsWith("IAEG-SDGs"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("SERIES", "IT_MOB_4GNTWK")
                    .containsEntry("REF_AREA", "MU")
                    .containsEntry("AGE", "_T")
                    .containsEntry("OBS_VALUE", "61.5")
                    .containsEntry("UNIT_MEASURE", "PT")
                    .containsEntry("TIME_PERIOD", "2026"));
    Set<String> keys = new TreeSet<>();
    for (Map<String, String> row : rows) {
      assertThat(row.get("REF_AREA")).matches("[A-Za-z0-9_@$-]+");
      assertThat(row.get("SERIES")).doesNotContain("OWN");
      assertThat(
              keys.add(row.get("SERIES") + row.get("REF_AREA") + row.get("SEX") + row.get("AGE")))
          .isTrue();
    }
    assertThat(rows)
        .filteredOn(row -> row.get("SERIES").equals("LACKING_PCT") && row.get("SEX").equals("F"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("STRUCTURE_ID", SdmxCsv.OWN)
                    .containsEntry("REF_AREA", "MU_MU-N")
                    .containsEntry("AGE", "Y_GE15")
                    .containsEntry("OBS_VALUE", "41.25"));
    assertThat(rows)
        .filteredOn(row -> row.get("OBS_VALUE") == null)
        .allSatisfy(row -> assertThat(row.get("OBS_STATUS")).isEqualTo("O"));
    assertThat(rows)
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("LOWER_BOUND", "44.25")
                    .containsEntry("UPPER_BOUND", "56.125"));
  }

  /** The data structure IAEG-SDGs:SDG(1.14): the order of dimensions, attributes, lists. */
  @Test
  void sdmxHasTheDimensionsOfTheStructureInTheirOrderAndNoAttributeBesides() throws Exception {
    List<String> columns = List.copyOf(SdmxCsv.COLUMNS.keySet());
    assertThat(columns.subList(0, 3)).containsExactly("STRUCTURE", "STRUCTURE_ID", "ACTION");
    assertThat(columns.subList(3, 19))
        .containsExactly(
            "FREQ",
            "REPORTING_TYPE",
            "SERIES",
            "REF_AREA",
            "SEX",
            "AGE",
            "URBANISATION",
            "INCOME_WEALTH_QUANTILE",
            "EDUCATION_LEV",
            "OCCUPATION",
            "CUST_BREAKDOWN",
            "COMPOSITE_BREAKDOWN",
            "DISABILITY_STATUS",
            "ACTIVITY",
            "PRODUCT",
            "TIME_PERIOD");
    assertThat(columns.subList(19, columns.size()))
        .contains("OBS_VALUE", "OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE")
        .isSubsetOf(
            "OBS_VALUE",
            "OBS_STATUS",
            "UNIT_MULT",
            "UNIT_MEASURE",
            "BASE_PER",
            "NATURE",
            "TIME_DETAIL",
            "COMMENT_OBS",
            "TIME_COVERAGE",
            "UPPER_BOUND",
            "LOWER_BOUND",
            "SOURCE_DETAIL",
            "COMMENT_TS",
            "GEO_INFO_URL",
            "GEO_INFO_TYPE",
            "CUST_BREAKDOWN_LB",
            "DATA_LAST_UPDATE");
    for (Map<String, String> row : duckDb(SdmxCsv.NAME)) {
      assertThat(row.get("SEX")).isIn("_T", "F", "M");
      assertThat(row.get("AGE")).isIn("_T", "Y_GE15", "Y15T24", "Y25T64", "Y_GE65");
      assertThat(row.get("DISABILITY_STATUS")).isIn("_T", "PD", "PWD");
      assertThat(row.get("UNIT_MEASURE")).isIn("PT", "NUMBER", "RO", "CUR_LCU", "USD");
      assertThat(row.get("OBS_STATUS")).isIn("E", "U", "O", "Q");
      assertThat(row.get("NATURE")).isEqualTo("M");
    }
  }

  @Test
  void codesOfSdmxAreThoseOfItsLists() {
    assertThat(SdmxCsv.age("15-24")).isEqualTo("Y15T24");
    assertThat(SdmxCsv.age("65+")).isEqualTo("Y_GE65");
    assertThat(SdmxCsv.area("068")).isEqualTo("68");
    assertThat(SdmxCsv.area("004")).isEqualTo("4");
    assertThat(SdmxCsv.area("0A")).isEqualTo("0A");
    assertThat(SdmxCsv.series("sdg_9_c_1_3g")).isEqualTo("IT_MOB_3GNTWK");
    assertThat(SdmxCsv.series("sdg_9_c_1_3g_union")).isNull();
    assertThat(SdmxCsv.series("sdg_9_c_1_3g_modelled")).isNull();
    assertThat(SdmxCsv.code("a b")).isEqualTo("a$20$b").isNotEqualTo(SdmxCsv.code("a$20$b"));
  }

  private List<Map<String, String>> duckDb(String name) throws Exception {
    List<Map<String, String>> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT * FROM read_csv('%s', all_varchar = true)"
                    .formatted(release.resolve(name)))) {
      while (found.next()) {
        Map<String, String> row = new TreeMap<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.put(found.getMetaData().getColumnName(i), found.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void everyColumnThatIsWrittenIsInTheDictionaryAndNoOther() throws Exception {
    Map<String, Set<String>> told = new TreeMap<>();
    for (Map<String, String> row : duckDb(Dictionary.NAME)) {
      assertThat(row.get("meaning")).as(row.get("column")).isNotBlank();
      assertThat(row.get("absent_means")).isNotBlank();
      assertThat(told.computeIfAbsent(row.get("file"), f -> new TreeSet<>()).add(row.get("column")))
          .isTrue();
    }
    assertThat(told.keySet())
        .containsExactlyInAnyOrder(
            "inclusion/resolution=R/*.parquet",
            "areas/level=L/*.parquet",
            AreaPackage.NAME,
            IndicatorCsv.NAME,
            SdmxCsv.NAME,
            Dictionary.NAME);
    for (int resolution = 4; resolution <= 8; resolution++) {
      assertThat(parquet("inclusion/resolution=" + resolution))
          .isEqualTo(told.get("inclusion/resolution=R/*.parquet"));
    }
    for (int level : AREAS.keySet()) {
      assertThat(parquet("areas/level=" + level)).isEqualTo(told.get("areas/level=L/*.parquet"));
      try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + geoPackage());
          Statement statement = file.createStatement();
          ResultSet columns = statement.executeQuery("PRAGMA table_info(level_" + level + ")")) {
        Set<String> names = new TreeSet<>();
        while (columns.next()) {
          names.add(columns.getString("name"));
        }
        assertThat(names).isEqualTo(told.get(AreaPackage.NAME));
      }
    }
    for (String name : List.of(IndicatorCsv.NAME, SdmxCsv.NAME, Dictionary.NAME)) {
      try (Stream<String> lines = Files.lines(release.resolve(name))) {
        assertThat(Set.of(lines.findFirst().orElseThrow().split(",", -1)))
            .isEqualTo(told.get(name));
      }
    }
  }

  private Set<String> parquet(String folder) {
    return new TreeSet<>(
        List.of(spark.read().parquet(release.resolve(folder).toString()).schema().fieldNames()));
  }

  @Test
  void aColumnWithoutAnEntryIsRefused() {
    Dictionary dictionary = Dictionary.of(List.of(Group.ALL), tables.get(Tables.INDICATORS));
    assertThatThrownBy(() -> dictionary.of("a_new_column")).hasMessageContaining("a_new_column");
    assertThat(dictionary.of("sdg_9_c_1_4g").unit()).isEqualTo("percent");
  }
}
