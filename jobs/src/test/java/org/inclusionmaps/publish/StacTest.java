package org.inclusionmaps.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The catalogue is walked as a client does, from the file beside the releases along its links. What
 * an object must have is as STAC 1.1.0 says (catalog, collection and item specification).
 */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StacTest {
  private static final Map<String, Set<String>> REQUIRED =
      Map.of(
          "Catalog", Set.of("stac_version", "type", "id", "description", "links"),
          "Collection",
              Set.of("stac_version", "type", "id", "description", "license", "extent", "links"),
          "Feature",
              Set.of(
                  "stac_version",
                  "type",
                  "id",
                  "geometry",
                  "bbox",
                  "properties",
                  "links",
                  "assets",
                  "collection"));

  private final ObjectMapper json = new ObjectMapper();
  private final Map<Path, JsonNode> found = new TreeMap<>();
  private Path releases;

  @BeforeAll
  void publish(SparkSession spark, @TempDir Path output) throws IOException {
    Release.write(spark, MadeUpRun.context(output, "bbbb"), MadeUpRun.tables(spark, 3));
    releases = output.resolve("releases");
    Deque<Path> open = new ArrayDeque<>();
    open.add(releases.resolve("catalog.json"));
    while (!open.isEmpty()) {
      Path file = open.remove();
      if (!found.containsKey(file)) {
        JsonNode object = json.readTree(file.toFile());
        found.put(file, object);
        for (JsonNode link : object.path("links")) {
          String href = link.path("href").asText();
          assertThat(href).startsWith("./");
          open.add(file.resolveSibling(href).normalize());
        }
      }
    }
  }

  @Test
  void everyObjectHasWhatItsKindMustHave() {
    Set<String> ids = new TreeSet<>();
    found.forEach(
        (file, object) -> {
          Set<String> required = REQUIRED.get(object.path("type").asText());
          assertThat(required).as(file.toString()).isNotNull();
          required.forEach(name -> assertThat(object.has(name)).as(file + " " + name).isTrue());
          assertThat(object.path("stac_version").asText()).isEqualTo("1.1.0");
          assertThat(ids.add(object.path("type").asText() + object.path("id").asText())).isTrue();
        });
    assertThat(found.values())
        .extracting(object -> object.path("type").asText())
        .contains("Collection")
        .haveExactly(2, new org.assertj.core.api.Condition<>("Catalog"::equals, "a catalog"));
  }

  @Test
  void itemsAreOfTheReferenceDateAndTheCountrysBox() {
    for (JsonNode object : found.values()) {
      if (object.path("type").asText().equals("Feature")) {
        assertThat(object.path("properties").path("datetime").asText())
            .isEqualTo("2026-01-01T00:00:00Z");
        assertThat(object.path("bbox").get(0).asDouble()).isBetween(-64.6, -64.5);
        assertThat(object.path("bbox").get(2).asDouble()).isBetween(-64.5, -64.4);
        assertThat(object.path("geometry").path("coordinates").get(0)).hasSize(5);
        assertThat(object.path("collection").asText()).isEqualTo("inclusion-MU");
      }
    }
  }

  @Test
  void assetsAreTheFilesWithTheirBytesAndTheirMultihash() throws Exception {
    Set<String> seen = new TreeSet<>();
    for (var object : found.entrySet()) {
      for (JsonNode asset : object.getValue().path("assets")) {
        Path file = object.getKey().resolveSibling(asset.path("href").asText()).normalize();
        byte[] bytes = Files.readAllBytes(file);
        assertThat(asset.path("type").asText()).isNotBlank();
        assertThat(asset.path("roles")).hasSize(1);
        seen.add(releases.resolve("bbbb").relativize(file).toString());
        if (!file.endsWith(Manifest.NAME)) {
          assertThat(asset.path("file:size").asLong()).isEqualTo(bytes.length);
          byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
          assertThat(asset.path("file:checksum").asText())
              .isEqualTo("1220" + HexFormat.of().formatHex(digest));
        }
      }
    }
    Set<String> expected = new TreeSet<>();
    ReleaseTest.bytes(releases.resolve("bbbb"))
        .keySet()
        .forEach(
            name -> {
              if (name.matches(".*[.](parquet|pmtiles|gpkg|csv|html|md|tif)")
                  || name.equals(Manifest.NAME)
                  || name.equals("styles/style.json")) {
                expected.add(name);
              }
            });
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void tablesTellTheirColumnsAndRows() {
    JsonNode hexagons = found.get(releases.resolve("bbbb/stac/inclusion-resolution-8.json"));
    JsonNode properties = hexagons.path("properties");
    assertThat(properties.path("table:row_count").asInt()).isEqualTo(37);
    assertThat(properties.path("table:columns").findValuesAsText("name"))
        .contains("h3", "persons", "lacking_pct", "geometry");
    assertThat(properties.path("proj:code").asText()).isEqualTo("EPSG:4326");
  }

  @Test
  void theCatalogBesideTheReleasesNamesTheCurrentOneAndIsMendedByTheNextRun(
      @TempDir Path output, SparkSession spark) throws Exception {
    Path catalog = output.resolve("releases/catalog.json");
    Release.write(spark, MadeUpRun.context(output, "one"), MadeUpRun.tables(spark, 1));
    assertThat(json.readTree(catalog.toFile()).path("latest").asText()).isEqualTo("one");
    Files.delete(catalog);
    Release.write(spark, MadeUpRun.context(output, "one"), MadeUpRun.tables(spark, 1));
    assertThat(json.readTree(catalog.toFile()).path("latest").asText()).isEqualTo("one");
    Release.write(spark, MadeUpRun.context(output, "two"), MadeUpRun.tables(spark, 1));
    JsonNode now = json.readTree(catalog.toFile());
    assertThat(now.path("latest").asText()).isEqualTo("two");
    assertThat(now.path("links").findValuesAsText("href")).contains("./two/stac/catalog.json");
    assertThat(output.resolve("releases").toFile().list())
        .containsExactlyInAnyOrder("CURRENT", "catalog.json", "one", "two");
  }
}
