package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.testing.Browser;
import org.inclusionmaps.testing.Node;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The map as readers use it: in Chromium, driven by Playwright, from the server of {@code inclusion
 * view}. Every figure on the page must be that of the release's GeoParquet, as DuckDB reads it.
 * Pictures of the page are left in {@code target/pictures}.
 */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PICTURES = Path.of("target", "pictures").toAbsolutePath();
  private static final List<Double> INTERVAL = List.of(9_000.25, 12_000.5);

  /** Names that do harm where they are taken for anything but text. */
  private static final Map<String, String> NAMES =
      Map.of(
          "MU-S", "Ñandú, \"Sur\"",
          "MU-SE", "S East",
          "MU-NW", "=HYPERLINK(\"http://evil.example/\",\"x\")",
          "MU-NE", "<script>evil=1</script><img src=x onerror=\"evil=1\">",
          "MU-SW", "\u202Eלבת 😀 'quoted' & \"more\"");

  /** In the north-east; nothing within its parent is shown but the parent. */
  private static final long SENSITIVE = Places.at(-64.44, -21.44, MadeUpRun.RESOLUTION);

  private Path output;
  private Path seen;
  private Path chromium;

  @BeforeAll
  void publish(SparkSession spark, @TempDir Path folder) throws Exception {
    Node.need();
    output = folder;
    chromium = Browser.find().orElseGet(ViewerTest::missing);
    Release.write(spark, MadeUpRun.context(output, "earlier"), MadeUpRun.tables(spark, 3));
    Map<Table, Dataset<Row>> tables = MadeUpRun.tables(spark, 12);
    tables.computeIfPresent(Tables.AREAS, (table, areas) -> renamed(areas));
    tables.computeIfPresent(
        Tables.INDICATORS,
        (table, rows) -> rows.union(spark.createDataFrame(intervals(), rows.schema())));
    Dataset<Row> sensitive =
        spark.createDataFrame(
            List.of(RowFactory.create(SENSITIVE, 7)), Tables.SENSITIVE_PLACES.schema());
    tables.put(Tables.SENSITIVE_PLACES, sensitive);
    String name =
        Release.write(spark, MadeUpRun.context(output, "seen"), tables).folder().getName();
    seen = output.resolve("releases").resolve(name);
    Path page = seen.resolve("viewer/index.html");
    String others =
        "\"releases\":[{\"id\":\"earlier\",\"date\":\"2025-01-01\"},{\"id\":\"gone\",\"date\":\"2020-01-01\"}],";
    Files.writeString(
        page, Files.readString(page).replaceFirst("\"not_shown\":", others + "\"not_shown\":"));
  }

  private static Path missing() {
    String missing = "Chromium is missing: apt-get install chromium";
    if ("required".equals(System.getenv("INCLUSION_TOOLS"))) {
      fail(missing);
    }
    return Assumptions.abort(missing);
  }

  private static Dataset<Row> renamed(Dataset<Row> areas) {
    List<Column> names = new ArrayList<>();
    NAMES.forEach((area, name) -> names.addAll(List.of(lit(area), lit(name))));
    Column name = element_at(map(names.toArray(Column[]::new)), col(Tables.AREA));
    return areas.withColumn("name", coalesce(name, col("name")));
  }

  /** Intervals of the north: of everybody lacking, and of those uncovered, which are unreliable. */
  private static List<Row> intervals() {
    return List.of(
        interval("lacking_persons", INTERVAL, "good"),
        interval("uncovered_persons", List.of(1_000.0, 2_000.0), "unreliable"));
  }

  private static Row interval(String name, List<Double> ends, String quality) {
    return RowFactory.create(
        "MU-N",
        "all",
        "all",
        "all",
        name,
        2026,
        1.0,
        ends.get(0),
        ends.get(1),
        null,
        null,
        "persons",
        "as a test has it",
        quality,
        null);
  }

  @Test
  void readersChooseHoverClickSearchCompareAndShare(@TempDir Path folder) throws Exception {
    try (ViewServer server = ViewServer.start(output, 0)) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("address", server.address());
      facts.put("chromium", chromium.toString());
      facts.put("pictures", PICTURES.toString());
      facts.put("release", String.valueOf(seen.getFileName()));
      facts.put("coarse", Places.address(Places.parent(SENSITIVE, 7)));
      facts.put("hexagons", rows(seen, "inclusion/*", "h3"));
      facts.put("areas", rows(seen, "areas/*", "area"));
      facts.put("earlier", rows(output.resolve("releases/earlier"), "areas/*", "area"));
      facts.put("interval", INTERVAL);
      facts.put("names", NAMES);
      Path told = folder.resolve("facts.json");
      JSON.writeValue(told.toFile(), facts);
      assertThat(Node.run("viewer.mjs", told.toString())).contains("reducedMotion");
    }
  }

  /** The figures of each row, those that are absent left out. */
  private static Map<String, Map<String, Object>> rows(Path release, String files, String key)
      throws Exception {
    Map<String, Map<String, Object>> rows = new HashMap<>();
    String query =
        "SELECT * EXCLUDE (geometry, bbox) FROM read_parquet('%s/%s/*.parquet')"
            .formatted(release, files);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          Object value = found.getObject(i);
          if (value != null) {
            row.put(found.getMetaData().getColumnName(i), value);
          }
        }
        rows.put(String.valueOf(row.get(key)), row);
      }
    }
    return rows;
  }

  @Test
  void figuresOfAreasAreInFilesThatDoNotGrow() throws Exception {
    Path viewer = seen.resolve("viewer");
    JsonNode index = JSON.readTree(viewer.resolve("areas.json").toFile());
    assertThat(index.path("areas")).hasSize(7);
    assertThat(index.path("chunk").asInt()).isEqualTo(ViewerAreas.PER_FILE);
    JsonNode north = JSON.readTree(viewer.resolve("figures/000.json").toFile()).path("MU-N");
    assertThat(north.path("intervals").path("lacking").path("0"))
        .hasToString(INTERVAL.toString().replace(" ", ""));
    assertThat(north.path("quality").path("0").asInt()).isEqualTo(2);
  }

  @Test
  void showsTheReport() throws Exception {
    try (ViewServer server = ViewServer.start(output, 0)) {
      String report = server.address().replace("viewer/index.html", "report.html");
      try (Browser page = Browser.open(chromium, report, 1000, 3200)) {
        page.await("document.querySelector('svg.map')");
        assertThat(page.evaluate("document.querySelectorAll('svg.map path').length"))
            .isNotEqualTo("0");
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve("report.png"), page.picture());
      }
    }
  }

  @Test
  void modulesAgreeWithOtherImplementations() throws Exception {
    Node.run("modules.mjs", resources().toString());
  }

  /** So that builders need no Node.js, and readers know whose code it is. */
  @Test
  void librariesAreThoseOfTheRegistry() throws Exception {
    Node.run("vendored.mjs", resources().toString());
  }

  private static Path resources() throws Exception {
    return Path.of(Objects.requireNonNull(Viewer.class.getResource("viewer")).toURI());
  }
}
