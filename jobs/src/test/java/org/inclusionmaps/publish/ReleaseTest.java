package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.MvtReader;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.TagKeyValueMapConverter;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.model.JtsLayer;
import io.github.sebasbaumh.mapbox.vectortile.adapt.jts.model.JtsMvt;
import io.tileverse.pmtiles.PMTilesReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.format.pmtiles.TileId;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.grid.WebMercator;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.tiles.ReadBack;
import org.inclusionmaps.publish.tiles.ZoomPlan;
import org.inclusionmaps.publish.writing.Numbers;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.inclusionmaps.testing.Node;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.WKBReader;

/**
 * A release of made-up tables is read back by readers that share no code with the writers: Spark's
 * Parquet, tileverse-pmtiles and mapbox-vector-tile-java. What is expected is summed from the
 * tables.
 */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class ReleaseTest {
  private static final int STEPS = 12;

  private Path output;
  private SparkSession spark;
  private Map<Table, Dataset<Row>> tables;
  private Path release;
  private List<String> lines;
  private final Map<String, Long> sums = new TreeMap<>();

  @BeforeAll
  void publish(SparkSession session, @TempDir Path folder) {
    output = folder;
    spark = session;
    tables = MadeUpRun.tables(spark, STEPS);
    var published = Release.write(spark, MadeUpRun.context(output, "aaaa"), tables);
    release = output.resolve("releases/aaaa");
    lines = published.lines();
  }

  private Dataset<Row> inclusion() {
    return tables.get(Tables.INCLUSION);
  }

  /** Each sum is asked for many times and computed once. */
  private long micro(String column, String where) {
    return sums.computeIfAbsent(
        column + " where " + where,
        key -> {
          Row row = inclusion().where(where).agg(sum(col(column))).first();
          return row.isNullAt(0) ? 0 : row.getLong(0);
        });
  }

  private Dataset<Row> hexagons(int resolution) {
    return spark.read().parquet(release.resolve("inclusion/resolution=" + resolution).toString());
  }

  @Test
  void hexagonsAddUpToTheTableInEveryGroupPartAndResolution() {
    Map<String, String> groups =
        Map.of("", "true", "_female", "sex = 'female'", "_15_24", "age_band = '15-24'");
    for (int resolution = 8; resolution >= 5; resolution--) {
      Dataset<Row> hexagons = hexagons(resolution);
      for (var group : groups.entrySet()) {
        for (String part : List.of("persons", "unknown", "uncovered", "priced_out", "included")) {
          BigDecimal sum = hexagons.agg(sum(col(part + group.getKey()))).first().getDecimal(0);
          assertThat(sum)
              .as(part + group.getKey() + " at " + resolution)
              .isCloseTo(
                  BigDecimal.valueOf(micro(part + "_micro", group.getValue()), 6),
                  within(new BigDecimal("0.02")));
        }
      }
    }
  }

  @Test
  void aHexagonIsARowOfItsPlaceWithOutlineAndCoveringBox() throws Exception {
    long places = inclusion().select("place").distinct().count();
    List<Row> rows = hexagons(8).collectAsList();
    assertThat(rows).hasSize((int) places);
    String last = "";
    for (Row row : rows) {
      String h3 = row.getAs("h3");
      assertThat(h3).hasSize(15).isGreaterThan(last);
      last = h3;
      Geometry outline = new WKBReader().read(row.<byte[]>getAs("geometry"));
      assertThat(outline.getGeometryType()).isEqualTo("Polygon");
      assertThat(outline.isValid()).isTrue();
      Row box = row.getAs("bbox");
      assertThat((double) box.<Float>getAs("xmin"))
          .isLessThanOrEqualTo(outline.getEnvelopeInternal().getMinX());
      assertThat((double) box.<Float>getAs("ymax"))
          .isGreaterThanOrEqualTo(outline.getEnvelopeInternal().getMaxY());
      long place = Places.at(outline.getCentroid().getX(), outline.getCentroid().getY(), 8);
      assertThat(Places.address(place)).isEqualTo(h3);
    }
  }

  @Test
  void footerSaysGeoParquetAndZstd() throws Exception {
    for (String file :
        List.of("inclusion/resolution=8/part-00000.parquet", "areas/level=1/part-00000.parquet")) {
      var path = new org.apache.hadoop.fs.Path(release.resolve(file).toString());
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
        ParquetMetadata footer = reader.getFooter();
        JsonNode geo =
            new ObjectMapper().readTree(footer.getFileMetaData().getKeyValueMetaData().get("geo"));
        assertThat(geo.path("version").asText()).isEqualTo("1.1.0");
        JsonNode column = geo.path("columns").path("geometry");
        assertThat(column.path("geometry_types").toString()).isEqualTo("[\"Polygon\"]");
        assertThat(column.path("bbox").get(0).asDouble()).isBetween(-65.0, -64.5);
        assertThat(footer.getBlocks().get(0).getColumns().get(0).getCodec())
            .isEqualTo(CompressionCodecName.ZSTD);
      }
    }
  }

  @Test
  void whereNobodyKnowsWhoIsConnectedTheFourPartsAreAbsentAndNotZero() {
    Dataset<Row> areas = spark.read().parquet(release.resolve("areas/level=2").toString());
    Row unsplit = areas.where("area = 'MU-NW'").first();
    assertThat(unsplit.<BigDecimal>getAs("priced_out")).isNull();
    assertThat(unsplit.<Double>getAs("included_pct")).isNull();
    assertThat(unsplit.<BigDecimal>getAs("unaffordable"))
        .isCloseTo(
            BigDecimal.valueOf(micro("unaffordable_micro", "area = 'MU-NW'"), 6),
            within(new BigDecimal("0.02")));
    assertThat(unsplit.<String>getAs("connected_source")).isEqualTo("none");
    Row unknown = areas.where("area = 'MU-SE'").first();
    assertThat(unknown.<BigDecimal>getAs("lacking")).isNull();
    assertThat(unknown.<BigDecimal>getAs("uncovered")).isNull();
    assertThat(unknown.<Double>getAs("lacking_pct")).isNull();
    assertThat(unknown.<BigDecimal>getAs("unknown"))
        .isEqualByComparingTo(unknown.<BigDecimal>getAs("persons"));
    Row split = areas.where("area = 'MU-NE'").first();
    assertThat(split.<BigDecimal>getAs("unaffordable")).isNull();
    assertThat(split.<Double>getAs("priced_out_pct"))
        .isEqualTo(
            100.0
                * micro("priced_out_micro", "area = 'MU-NE'")
                / micro("persons_micro", "area = 'MU-NE'"),
            within(1e-4));
  }

  @Test
  void areasHaveTheirIndicatorsBesideTheirPersons() {
    Row country = spark.read().parquet(release.resolve("areas/level=0").toString()).first();
    assertThat(country.<Double>getAs("sdg_9_c_1_4g")).isEqualTo(61.5);
    assertThat(country.<BigDecimal>getAs("persons"))
        .isCloseTo(
            BigDecimal.valueOf(micro("persons_micro", "true"), 6), within(new BigDecimal("0.02")));
    assertThat(country.<BigDecimal>getAs("lacking"))
        .isCloseTo(
            BigDecimal.valueOf(micro("lacking_micro", "true"), 6), within(new BigDecimal("0.02")));
  }

  @Test
  void indicatorsAreTextBySpecificationWithNamesOfAreas() throws Exception {
    assertThat(Files.readString(release.resolve("indicators.csv")).split("\r\n", -1))
        .containsExactly(
            "level,area,name,parent,sex,age_band,disability,indicator,year,value,low,high,"
                + "numerator,denominator,unit,method,quality,reason",
            "0,MU,Made & Up,,all,all,all,gender_gap_connected_pct,2026,,,,,,percent,"
                + "as a test has it,good,no survey by sex",
            "0,MU,Made & Up,,all,all,all,itu_price_income_pct,2026,2.4,,,,,percent,"
                + "as a test has it,good,",
            "0,MU,Made & Up,,all,all,all,sdg_9_c_1_4g,2026,61.5,,,,,percent,as a test has it,good,",
            "0,MU,Made & Up,,all,all,all,sdg_9_c_1_4g_union,2026,64,,,,,percent,"
                + "as a test has it,good,",
            "1,MU-N,Norte,MU,female,all,all,lacking_pct,2026,41.25,,,,,percent,"
                + "as a test has it,good,",
            "1,MU-S,\"Ñandú, \"\"Sur\"\"\",MU,all,all,all,a_name_nobody_knows,2026,0.0000001,,,,,"
                + "ratio,as a test has it,good,",
            "");
  }

  /** Sums of attributes over a zoom, each feature once, and how often each key was seen. */
  public record Zoom(Map<String, Long> sums, Set<String> keys, int largestTile) {}

  private SortedMap<Integer, Zoom> zooms(String layer) throws IOException {
    return zooms(release, layer);
  }

  /** What is in the tiles of each zoom, read by libraries that share no code with the writer. */
  public static SortedMap<Integer, Zoom> zooms(Path release, String layer) throws IOException {
    TreeMap<Integer, Zoom> zooms = new TreeMap<>();
    try (PMTilesReader reader = new PMTilesReader(release.resolve("inclusion.pmtiles"))) {
      int deepest = reader.getHeader().maxZoom();
      for (long id = 0; id < TileId.first(deepest + 1); id++) {
        int z = TileId.zoom(id);
        byte[] bytes = reader.getTile(id, InputStream::readAllBytes).orElse(null);
        if (bytes == null) {
          continue;
        }
        Zoom zoom = zooms.computeIfAbsent(z, n -> new Zoom(new TreeMap<>(), new HashSet<>(), 0));
        JtsLayer found = decoded(bytes).getLayer(layer);
        if (found != null) {
          found.getGeometries().forEach(g -> count(g, zoom));
        }
      }
    }
    return zooms;
  }

  private static byte[] unpacked(byte[] bytes) throws IOException {
    if (bytes[0] != 0x1f) {
      return bytes;
    }
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return gzip.readAllBytes();
    }
  }

  private static JtsMvt decoded(byte[] bytes) throws IOException {
    byte[] raw = unpacked(bytes);
    return MvtReader.loadMvt(
        new ByteArrayInputStream(raw),
        new GeometryFactory(),
        new TagKeyValueMapConverter(false, "id"));
  }

  /**
   * An area's id, a label's name, or the H3 index that a hexagon's identifier stands for, in
   * hexadecimal.
   */
  private static String key(Map<?, ?> attributes) {
    if (attributes.get("area") instanceof String area) {
      return area;
    }
    if (attributes.get("name") instanceof String label) {
      return label;
    }
    long id = (Long) attributes.get("id");
    int resolution = (Long.SIZE - Long.numberOfLeadingZeros(id) - 8) / 3;
    long baseAndDigits = id - (1L << (7 + 3 * resolution));
    int unused = 45 - 3 * resolution;
    long index = 1L << 59 | (long) resolution << 52 | baseAndDigits << unused | (1L << unused) - 1;
    return Long.toHexString(index);
  }

  @SuppressWarnings("unchecked")
  private static void count(Geometry geometry, Zoom zoom) {
    Map<String, Object> attributes = (Map<String, Object>) geometry.getUserData();
    if (zoom.keys().add(key(attributes))) {
      attributes.forEach(
          (name, value) -> {
            if (value instanceof Long number) {
              zoom.sums().merge(name, number, Long::sum);
            }
          });
    }
  }

  @Test
  void everyZoomOfTheTilesCountsTheTableAndLosesNoPlace() throws Exception {
    SortedMap<Integer, Zoom> zooms = zooms("places");
    List<Long> places =
        inclusion().select("place").distinct().collectAsList().stream()
            .map(row -> row.getLong(0))
            .toList();
    assertThat(zooms.firstKey()).isZero();
    assertThat(zooms.lastKey()).isEqualTo(10);
    for (var zoom : zooms.entrySet()) {
      int resolution =
          Places.resolution(Long.parseLong(zoom.getValue().keys().iterator().next(), 16));
      Set<String> expected = new HashSet<>();
      places.forEach(place -> expected.add(Places.address(Places.parent(place, resolution))));
      assertThat(zoom.getValue().keys()).as("zoom " + zoom.getKey()).isEqualTo(expected);
      Map<String, Long> drawn = zoom.getValue().sums();
      List<String> groups = List.of("all", "female", "male", "15-24", "25-64", "65+");
      for (int number = 0; number < groups.size(); number++) {
        String group = groups.get(number);
        String where =
            group.equals("all") ? "true" : "sex = '%s' or age_band = '%s'".formatted(group, group);
        Map<String, Long> own = new TreeMap<>();
        for (String letter : List.of("p", "u", "o", "b", "x", "h", "i", "a", "n", "l")) {
          own.put(letter, drawn.getOrDefault(letter + number, 0L));
        }
        assertThat(own.get("p"))
            .isEqualTo(own.values().stream().mapToLong(n -> n).sum() - own.get("p") - own.get("l"));
        assertThat(own.get("l"))
            .isEqualTo(own.get("u") + own.get("o") + own.get("b") + own.get("x"));
        // Each of the coarse places, of which there are few, is at most half a thousandth off.
        for (var part : Map.of("p", "persons", "u", "uncovered", "l", "lacking").entrySet()) {
          assertThat(1000.0 * own.get(part.getKey()))
              .as(part.getValue() + " of " + group)
              .isCloseTo((double) micro(part.getValue() + "_micro", where), within(20_000.0));
        }
        Row table =
            hexagons(8).agg(sum(column("persons", group)), sum(column("lacking", group))).first();
        assertThat(table.getDecimal(0)).isEqualByComparingTo(BigDecimal.valueOf(own.get("p"), 3));
        assertThat(table.getDecimal(1)).isEqualByComparingTo(BigDecimal.valueOf(own.get("l"), 3));
      }
      assertThat(zoom.getKey() < 10 || resolution == 8).isTrue();
    }
  }

  private static Column column(String name, String group) {
    String suffix = group.equals("all") ? "" : "_" + group.replace("-", "_").replace("+", "_plus");
    return col(name + suffix);
  }

  @Test
  void aFeatureHasTheFiguresOfItsRowInTheFile() throws Exception {
    Map<String, Row> rows = new TreeMap<>();
    hexagons(8).collectAsList().forEach(row -> rows.put(row.getAs("h3"), row));
    Set<String> seen = new HashSet<>();
    try (PMTilesReader reader = new PMTilesReader(release.resolve("inclusion.pmtiles"))) {
      for (long id = TileId.first(10); id < TileId.first(11); id++) {
        byte[] bytes = reader.getTile(id, InputStream::readAllBytes).orElse(null);
        JtsLayer places = bytes == null ? null : decoded(bytes).getLayer("places");
        if (places != null) {
          for (Geometry geometry : places.getGeometries()) {
            Map<?, ?> found = (Map<?, ?>) geometry.getUserData();
            Row row = rows.get(key(found));
            seen.add(key(found));
            same(found.get("p0"), row.getAs("persons"));
            same(found.get("u0"), row.getAs("uncovered"));
            same(found.get("o1"), row.getAs("priced_out_female"));
            same(found.get("a4"), row.getAs("affordable_25_64"));
            same(found.get("l0"), row.getAs("lacking"));
            Double coverage = row.getAs("coverage_probability");
            assertThat(found.get("c"))
                .isEqualTo(coverage == null ? null : Math.round(1000 * coverage));
          }
        }
      }
    }
    assertThat(seen).isEqualTo(rows.keySet());
  }

  private static void same(Object thousandths, BigDecimal figure) {
    assertThat(thousandths).isEqualTo(figure == null ? null : figure.unscaledValue().longValue());
  }

  @Test
  void everyAreaIsInTheTilesOfEveryZoomWithItsOwnFigures() throws Exception {
    zooms("areas")
        .forEach(
            (zoom, found) ->
                assertThat(found.keys())
                    .as("zoom " + zoom)
                    .containsExactlyInAnyOrder(
                        "MU", "MU-N", "MU-S", "MU-NE", "MU-NW", "MU-SE", "MU-SW"));
  }

  @Test
  void settlementsHaveLabelsWithTheNamesAsTheyAreAndThePersonsOfTheirHexagons() throws Exception {
    long[] places = Places.disk(Places.at(-64.5, -21.5, 8), STEPS);
    zooms("labels")
        .forEach(
            (zoom, found) ->
                assertThat(found.keys())
                    .as("zoom " + zoom)
                    .containsExactlyInAnyOrderElementsOf(MadeUpRun.NAMES));
    // The first settlement has points in two hexagons.
    double expected = persons(places[0]) + persons(places[1]);
    for (int i = 1; i < MadeUpRun.NAMES.size(); i++) {
      expected += persons(places[2 * i]);
    }
    assertThat(zooms("labels").get(5).sums().get("persons"))
        .isCloseTo(Math.round(expected), within((long) MadeUpRun.NAMES.size()));
  }

  private double persons(long place) {
    return micro("persons_micro", "place = " + place) / 1e6;
  }

  @Test
  void aReaderOfAnotherLanguageFindsEveryTileAndEveryFigure() throws Exception {
    Node.need();
    JsonNode found =
        new ObjectMapper()
            .readTree(Node.run("tiles.mjs", release.resolve("inclusion.pmtiles").toString()));
    Row file = hexagons(8).agg(sum("persons"), sum("lacking"), sum("included_female")).first();
    assertThat(found.path("clustered").asBoolean()).isTrue();
    assertThat(found.path("zooms")).hasSize(11);
    for (JsonNode zoom : found.path("zooms")) {
      JsonNode places = zoom.path("layers").path("places");
      for (var sum : List.of("p0", "l0", "i1")) {
        assertThat(BigDecimal.valueOf(places.path("sums").path(sum).asLong(), 3))
            .as(sum + " of zoom " + zoom.path("zoom"))
            .isEqualByComparingTo(file.getDecimal(List.of("p0", "l0", "i1").indexOf(sum)));
      }
      assertThat(zoom.path("largest").asInt()).isBetween(1, 499_999);
      assertThat(zoom.path("layers").path("areas").path("features").asInt()).isEqualTo(7);
    }
  }

  @Test
  void mbtilesHoldTheSameTiles() throws Exception {
    Path own = output.resolve("also");
    Release.write(spark, MadeUpRun.context(own, "also", "release.mbtiles=true"), tables);
    Path folder = own.resolve("releases/also");
    int tiles = 0;
    try (PMTilesReader reader = new PMTilesReader(folder.resolve("inclusion.pmtiles"));
        Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("inclusion.mbtiles"));
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")) {
      while (rows.next()) {
        int zoom = rows.getInt(1);
        long id = TileId.of(zoom, rows.getInt(2), (1 << zoom) - 1 - rows.getInt(3));
        byte[] bytes = reader.getTile(id, InputStream::readAllBytes).orElseThrow();
        assertThat(unpacked(rows.getBytes(4))).isEqualTo(unpacked(bytes));
        tiles++;
      }
      assertThat(tiles).isEqualTo((int) reader.getHeader().addressedTilesCount());
    }
  }

  @Test
  void tilesThatSayOtherThanTheFilesAreRefused() {
    // Two places change their figures: every sum is as it was.
    long[] places = Places.disk(Places.at(-64.5, -21.5, 8), STEPS);
    Map<Table, Dataset<Row>> swapped = new LinkedHashMap<>(tables);
    swapped.put(
        Tables.INCLUSION,
        inclusion()
            .withColumn(
                "place",
                when(col("place").equalTo(places[33]), places[34])
                    .when(col("place").equalTo(places[34]), places[33])
                    .otherwise(col("place"))));
    Path own = output.resolve("swapped");
    Release.write(spark, MadeUpRun.context(own, "swapped"), swapped);
    List<Group> groups =
        Group.of(List.of("female", "male"), List.of("15-24", "25-64", "65+"), List.of("all"));
    ReadBack mine = readBack(release, groups);
    ReadBack theirs = readBack(own.resolve("releases/swapped"), groups);
    ReadBack.Sums ofFile = mine.hexagons(spark, "inclusion/resolution=8");
    ReadBack.Sums other = theirs.hexagons(spark, "inclusion/resolution=8");
    assertThat(other.persons()).isEqualTo(ofFile.persons());
    assertThat(other.lacking()).isEqualTo(ofFile.lacking());
    assertThat(other.hash()).isNotEqualTo(ofFile.hash());
    ReadBack.Tiles tiles = mine.tiles(spark);
    assertThat(tiles.hexagons().get(10).get(8)).isEqualTo(ofFile);
    Figures country =
        new Figures(
            1000 * ofFile.persons(),
            Stream.of(Part.values())
                .map(part -> part == Part.UNCOVERED ? 1000 * ofFile.lacking() : 0L)
                .toList());
    Map<String, Long> areas = new TreeMap<>();
    for (int level = 0; level <= 2; level++) {
      areas.putAll(mine.areas(spark, "areas/level=" + level));
    }
    ZoomPlan plan = ZoomPlan.of(8);
    new ReleaseCheck().sameFigures(tiles, Map.of(8, ofFile), areas, plan, country);
    assertThatThrownBy(
            () -> new ReleaseCheck().sameFigures(tiles, Map.of(8, other), areas, plan, country))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("zoom 10, read back, does not say of each hexagon");
    tiles.hexagons().remove(5);
    assertThatThrownBy(
            () -> new ReleaseCheck().sameFigures(tiles, Map.of(8, ofFile), areas, plan, country))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("zoom 5, read back, counts 0");
    tiles.hexagons().put(5, tiles.hexagons().get(4));
    areas.merge("MU-N", 1L, Long::sum);
    assertThatThrownBy(
            () -> new ReleaseCheck().sameFigures(tiles, Map.of(8, ofFile), areas, plan, country))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("area MU-N");
  }

  private ReadBack readBack(Path folder, List<Group> groups) {
    return new ReadBack(
        new ReleaseFiles(
            new org.apache.hadoop.fs.Path(folder.toString()),
            spark.sparkContext().hadoopConfiguration()),
        groups);
  }

  @Test
  void metadataNamesLayersFieldsAndUnit() throws Exception {
    try (PMTilesReader reader = new PMTilesReader(release.resolve("inclusion.pmtiles"))) {
      JsonNode metadata = new ObjectMapper().readTree(reader.getMetadataAsString());
      assertThat(metadata.path("vector_layers").findValuesAsText("id"))
          .containsExactly("areas", "places", "labels");
      assertThat(metadata.path("vector_layers").get(1).path("fields").has("l3")).isTrue();
      JsonNode codebook = metadata.path("codebook");
      assertThat(codebook.path("measures").path("l").path("name").asText()).isEqualTo("lacking");
      assertThat(codebook.path("measures").path("l").path("unit").asText())
          .isEqualTo("0.001 persons");
      assertThat(codebook.path("groups").get(3).path("name").asText()).isEqualTo("15-24");
      assertThat(reader.getHeader().minLon()).isBetween(-65.0, -64.5);
    }
  }

  @Test
  void manifestAccountsForEveryFile() throws Exception {
    JsonNode manifest = new ObjectMapper().readTree(release.resolve("manifest.json").toFile());
    Map<String, JsonNode> entries = new TreeMap<>();
    manifest.path("files").forEach(entry -> entries.put(entry.path("file").asText(), entry));
    Set<String> found = bytes(release).keySet();
    found.remove("manifest.json");
    assertThat(entries.keySet()).isEqualTo(found);
    for (var entry : entries.entrySet()) {
      byte[] bytes = Files.readAllBytes(release.resolve(entry.getKey()));
      var digest = java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(entry.getValue().path("sha256").asText())
          .isEqualTo(java.util.HexFormat.of().formatHex(digest));
      assertThat(entry.getValue().path("bytes").asLong()).isEqualTo(bytes.length);
    }
    assertThat(entries.get("inclusion/resolution=8/part-00000.parquet").path("rows").asLong())
        .isEqualTo(inclusion().select("place").distinct().count());
    assertThat(manifest.path("checks_passed")).hasSizeGreaterThan(5);
  }

  @Test
  void noFileNamesTheFolderThatItWasWrittenTo() throws Exception {
    for (var file : bytes(release).entrySet()) {
      if (!file.getKey().endsWith(".parquet") && !file.getKey().endsWith(".pmtiles")) {
        assertThat(new String(file.getValue(), StandardCharsets.UTF_8))
            .as(file.getKey())
            .doesNotContain(output.toString());
      }
    }
  }

  @Test
  void reportTellsTheHeadlineOfTheTableAndNeedsNothingBesideIt() throws Exception {
    String report = Files.readString(release.resolve("report.html")).replace('\u00a0', ' ');
    long lacking = micro("lacking_micro", "true");
    long known = micro("persons_micro", "true") - micro("unknown_micro", "true");
    assertThat(report)
        .contains("About " + Numbers.about(lacking) + " of " + Numbers.about(known) + " persons")
        .contains("<td>" + Numbers.persons(lacking) + "</td>")
        .contains(Numbers.pct(lacking, known))
        .contains("Made &amp; Up")
        .contains("url(#map-hexagons-hatch)")
        .contains("url(#map-areas-hatch)")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("src=")
        .doesNotContain("NaN");
    assertThat(lines.get(1)).contains(Numbers.persons(lacking));
  }

  @Test
  void theSameTablesGiveTheSameBytesWhateverThePartitionsAndWhatWasLeftBehind() throws Exception {
    String before = spark.conf().get("spark.sql.shuffle.partitions");
    Path other = output.resolve("other");
    Path left = other.resolve("releases/aaaa");
    Files.createDirectories(left);
    Files.writeString(left.resolve("manifest.json"), "{\"files\":[{\"file\":\"gone.csv\"}]}");
    Files.writeString(left.resolve("junk.csv"), "of a run that was killed");
    try {
      spark.conf().set("spark.sql.shuffle.partitions", "7");
      spark.conf().set("spark.sql.adaptive.enabled", "true");
      Map<Table, Dataset<Row>> shuffled = new LinkedHashMap<>();
      tables.forEach((table, rows) -> shuffled.put(table, rows.repartition(5)));
      Release.write(spark, MadeUpRun.context(other, "aaaa"), shuffled);
    } finally {
      spark.conf().set("spark.sql.shuffle.partitions", before);
      spark.conf().set("spark.sql.adaptive.enabled", "false");
    }
    Map<String, byte[]> first = bytes(release);
    Map<String, byte[]> second = bytes(left);
    assertThat(second.keySet()).isEqualTo(first.keySet());
    first.forEach((name, bytes) -> assertThat(second.get(name)).as(name).isEqualTo(bytes));
  }

  @Test
  void aReleaseThatIsThereWholeStaysAsItIs() throws Exception {
    Path manifest = release.resolve("manifest.json");
    var written = Files.getLastModifiedTime(manifest);
    Release.write(spark, MadeUpRun.context(output, "aaaa"), tables);
    assertThat(Files.getLastModifiedTime(manifest)).isEqualTo(written);
    assertThat(Files.readString(output.resolve("releases/CURRENT"))).isEqualTo("aaaa\n");
  }

  @Test
  void aReleaseWhosePartsDoNotAddUpIsRefusedAndThePointerStays() throws Exception {
    Map<Table, Dataset<Row>> broken = new LinkedHashMap<>(tables);
    broken.put(
        Tables.INCLUSION,
        inclusion()
            .withColumn(
                "uncovered_micro",
                when(col("sex").equalTo("male"), col("uncovered_micro").plus(lit(1L)))
                    .otherwise(col("uncovered_micro"))));
    assertThatThrownBy(() -> Release.write(spark, MadeUpRun.context(output, "evil"), broken))
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.RELEASE_REFUSED))
        .hasMessageContaining("add up");
    assertThat(Files.readString(output.resolve("releases/CURRENT"))).isEqualTo("aaaa\n");
    assertThat(output.resolve("releases/evil/manifest.json")).doesNotExist();
  }

  @Test
  void aCountryAcrossTheAntimeridianCountsEachPlaceOnce() throws Exception {
    Path own = output.resolve("antimeridian");
    Map<Table, Dataset<Row>> pacific = new LinkedHashMap<>(MadeUpRun.tables(spark, 2, 180));
    pacific.computeIfPresent(
        Tables.AREAS, (table, rows) -> rows.withColumn("geometry", lit(null).cast("binary")));
    Release.write(spark, MadeUpRun.context(own, "sea"), pacific);
    long micro = pacific.get(Tables.INCLUSION).agg(sum("persons_micro")).first().getLong(0);
    zooms(own.resolve("releases/sea"), "places")
        .forEach(
            (zoom, found) ->
                assertThat(1000.0 * found.sums().get("p0"))
                    .as("zoom " + zoom)
                    .isCloseTo((double) micro, within(20_000.0)));
  }

  /** Readers ask for no tile outside the archive's bounds; a coarse hexagon reaches beyond them. */
  @Test
  void theArchivesBoundsMeetEveryTile() throws Exception {
    Path own = output.resolve("edge");
    double edge = -23 * 360.0 / 128; // between two tiles of zoom 7
    Map<Table, Dataset<Row>> tables = MadeUpRun.tables(spark, 2, edge + 0.04);
    Release.write(spark, MadeUpRun.context(own, "edge"), tables);
    try (PMTilesReader reader = new PMTilesReader(own.resolve("releases/edge/inclusion.pmtiles"))) {
      var header = reader.getHeader();
      int tiles = 0;
      for (long id = 0; id < TileId.first(header.maxZoom() + 1); id++) {
        if (reader.getTile(id, InputStream::readAllBytes).isPresent()) {
          tiles++;
          int zoom = TileId.zoom(id);
          assertThat(TileId.x(id))
              .as("tile %d of zoom %d", id, zoom)
              .isBetween(
                  WebMercator.tileX(header.minLon(), zoom),
                  WebMercator.tileX(header.maxLon(), zoom));
          assertThat(TileId.y(id))
              .isBetween(
                  WebMercator.tileY(header.maxLat(), zoom),
                  WebMercator.tileY(header.minLat(), zoom));
        }
      }
      assertThat(tiles).isGreaterThan(11);
    }
  }

  @Test
  void aReleaseOfNobodyIsRefused() {
    Path own = output.resolve("nobody");
    Map<Table, Dataset<Row>> empty = new LinkedHashMap<>(tables);
    empty.put(Tables.INCLUSION, inclusion().where("false"));
    assertThatThrownBy(() -> Release.write(spark, MadeUpRun.context(own, "none"), empty))
        .isInstanceOf(InclusionException.class)
        .hasMessage(
            "[RELEASE_REFUSED] nobody of 15 and over lives anywhere in the table inclusion: correct"
                + " the census; nothing was published and CURRENT is as it was");
    assertThat(own.resolve("releases/CURRENT")).doesNotExist();
  }

  @Test
  void aReleaseThatLosesAnAreaFromTheTreeIsRefused() {
    Path own = output.resolve("lost");
    Map<Table, Dataset<Row>> broken = new LinkedHashMap<>(MadeUpRun.tables(spark, 1));
    broken.computeIfPresent(Tables.AREAS, (table, rows) -> rows.where("area <> 'MU-S'"));
    assertThatThrownBy(() -> Release.write(spark, MadeUpRun.context(own, "lost"), broken))
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.RELEASE_REFUSED))
        .hasMessageContaining("level 0");
    assertThat(own.resolve("releases/CURRENT")).doesNotExist();
  }

  public static SortedMap<String, byte[]> bytes(Path folder) throws IOException {
    TreeMap<String, byte[]> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        found.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return found;
  }
}
