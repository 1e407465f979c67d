package org.inclusionmaps.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.publish.rasters.RasterMeasure;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.inclusionmaps.testing.Gdal;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The catalogue is walked as a client does, from the file beside the releases along its links. What
 * an object must have is as STAC 1.1.0 says (catalog, collection and item specification, and {@link
 * StacRules}). Rasters are as GDAL reads them.
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
  void noObjectBreaksARuleOfTheSpecification() {
    found.forEach((file, object) -> assertThat(StacRules.broken(object)).as("" + file).isEmpty());
  }

  @Test
  void aBrokenRuleIsFound() {
    JsonNode raster = item("raster-persons");
    Map<String, Consumer<ObjectNode>> faults = new TreeMap<>();
    faults.put("bbox", item -> item.putArray("bbox").add(1));
    faults.put("RFC 7946", item -> item.withObject("/geometry").putArray("coordinates"));
    faults.put("collection", item -> item.putArray("links"));
    faults.put("datetime", item -> item.withObject("/properties").put("datetime", "2026"));
    faults.put("not named", item -> item.putArray("stac_extensions"));
    faults.put("Asset Object: type", item -> persons(item).put("type", "a File"));
    faults.put("No-data", item -> persons(item).put("nodata", "none"));
    faults.put("Data Types", item -> persons(item).put("data_type", "float"));
    faults.put("Units", item -> persons(item).putNull("unit"));
    faults.put("multihash", item -> persons(item).put("file:checksum", "1220"));
    faults.put("proj:code", item -> persons(item).put("proj:code", "6933"));
    faults.put("corners", item -> persons(item).putArray("proj:shape").add(1).add(1));
    faults.put("counts", item -> persons(item).putArray("proj:shape").add(0.5));
    faults.put("Band Object", item -> persons(item).putArray("bands").addObject());
    faults.forEach(
        (rule, fault) -> {
          ObjectNode item = raster.deepCopy();
          fault.accept(item);
          assertThat(StacRules.broken(item)).anyMatch(broken -> broken.contains(rule));
        });
  }

  private JsonNode item(String id) {
    return found.get(releases.resolve("bbbb/stac/" + id + ".json"));
  }

  private static ObjectNode persons(ObjectNode item) {
    return item.withObject("/assets/persons");
  }

  @Test
  void rastersAreToldAsGdalReadsThem() throws Exception {
    Gdal.need();
    Map<String, String> units = Map.of("persons", "{person}", "1", "", "%", "%");
    for (RasterMeasure measure : RasterMeasure.values()) {
      JsonNode item = item("raster-" + measure.key());
      JsonNode told = item.path("assets").path(measure.key());
      JsonNode read =
          json.readTree(
              Gdal.run("gdalinfo", "-json", releases.resolve("bbbb/" + measure.file()).toString()));
      JsonNode band = read.path("bands").get(0);
      assertThat(item.path("properties").path("proj:code").asText()).isEqualTo("EPSG:6933");
      assertThat(read.path("coordinateSystem").path("wkt").asText()).contains("ID[\"EPSG\",6933]");
      assertThat(numbers(told.path("proj:shape")))
          .containsExactly(
              read.path("size").get(1).asDouble(), read.path("size").get(0).asDouble());
      List<Double> gdal = numbers(read.path("geoTransform"));
      assertThat(numbers(told.path("proj:transform")))
          .containsExactly(
              gdal.get(1), gdal.get(2), gdal.get(0), gdal.get(4), gdal.get(5), gdal.get(3));
      List<Double> corners = numbers(read.path("cornerCoordinates").path("lowerLeft"));
      corners.addAll(numbers(read.path("cornerCoordinates").path("upperRight")));
      assertThat(numbers(told.path("proj:bbox"))).isEqualTo(corners);
      assertThat(told.path("raster:spatial_resolution").asDouble()).isEqualTo(gdal.get(1));
      assertThat(told.path("data_type").asText()).isEqualToIgnoringCase(band.path("type").asText());
      assertThat(told.path("nodata").asText())
          .isEqualToIgnoringCase(band.path("noDataValue").asText());
      assertThat(told.path("unit").asText()).isEqualTo(units.get(band.path("unit").asText()));
      assertThat(told.path("bands").findValuesAsText("name"))
          .containsExactly(band.path("description").asText());
    }
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }

  @Test
  void mediaTypesAreThoseOfTheFormats() {
    Map<String, String> types = new TreeMap<>();
    for (JsonNode object : found.values()) {
      for (JsonNode asset : object.path("assets")) {
        types.put(
            asset.path("href").asText().replaceFirst(".*[.]", ""), asset.path("type").asText());
      }
    }
    assertThat(types)
        .containsEntry("parquet", "application/vnd.apache.parquet")
        .containsEntry("pmtiles", "application/vnd.pmtiles")
        .containsEntry("gpkg", "application/geopackage+sqlite3")
        .containsEntry("tif", "image/tiff; application=geotiff; profile=cloud-optimized");
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
        if (!file.endsWith(ReleaseFiles.MANIFEST)) {
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
                  || name.equals(ReleaseFiles.MANIFEST)
                  || name.equals("styles/style.json")) {
                expected.add(name);
              }
            });
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void tablesTellTheirColumnsAndRows() {
    JsonNode hexagons = item("inclusion-resolution-8");
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
