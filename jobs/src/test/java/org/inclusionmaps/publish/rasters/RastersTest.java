package org.inclusionmaps.publish.rasters;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.format.geotiff.TiffImage;
import org.inclusionmaps.grid.EqualAreaGrid;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.publish.MadeUpRun;
import org.inclusionmaps.publish.Release;
import org.inclusionmaps.testing.Gdal;
import org.inclusionmaps.testing.InMemory;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/**
 * The rasters of a country on land, with a town 800 pixels away and a hexagon that is shown
 * coarsely alone, and of one across the antimeridian. Source: the tables, spread by JTS's overlays,
 * and GDAL.
 */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RastersTest {
  private static final int PIXEL_M = 900;
  private static final long TOWN = Places.at(-57, -25, 8);
  private static final long SENSITIVE = Places.parent(Places.at(-64.45, -21.48, 8), 6);
  private static final GeometryFactory JTS = new GeometryFactory();

  private SparkSession spark;
  private Path output;
  private Map<Table, Dataset<Row>> tables;
  private Path land;
  private Path sea;

  /** An image of a raster: its numbers by rows, and where they lie. */
  private record Pixels(int width, int height, FloatBuffer numbers) {
    float at(int column, int row) {
      return numbers.get(row * width + column);
    }

    double sum() {
      double sum = 0;
      for (int i = 0; i < width * height; i++) {
        sum += Float.isNaN(numbers.get(i)) ? 0 : numbers.get(i);
      }
      return sum;
    }
  }

  @BeforeAll
  void publish(SparkSession session, @TempDir Path folder) {
    spark = session;
    output = folder;
    tables = MadeUpRun.with(spark, MadeUpRun.tables(spark, 12), TOWN, "MU-SE", 50_000_000_000L);
    tables.put(
        Tables.SENSITIVE_PLACES,
        spark.createDataFrame(
            List.of(RowFactory.create(SENSITIVE, 6)), Tables.SENSITIVE_PLACES.schema()));
    land = write("land", tables);
    Map<Table, Dataset<Row>> pacific = new LinkedHashMap<>(MadeUpRun.tables(spark, 12, 180));
    pacific.computeIfPresent(
        Tables.AREAS, (table, rows) -> rows.withColumn("geometry", lit(null).cast("binary")));
    sea = write("sea", pacific);
  }

  private Path write(String id, Map<Table, Dataset<Row>> from) {
    return Path.of(
        Release.write(spark, MadeUpRun.context(output, id), from).folder().toUri().getPath());
  }

  private static Path file(Path release, RasterMeasure measure) {
    return release.resolve(measure.file());
  }

  /** A level of a raster by our own reader. */
  private static Pixels pixels(Path release, RasterMeasure measure, int level) throws IOException {
    TiffImage image =
        TiffImage.open(new InMemory(Files.readAllBytes(file(release, measure))), level);
    FloatBuffer numbers = FloatBuffer.allocate(image.width() * image.height());
    for (int y = 0; y < image.height(); y += 512) {
      for (int x = 0; x < image.width(); x += 512) {
        float[] block = image.block(x / 512, y / 512);
        for (int row = 0; row < Math.min(512, image.height() - y); row++) {
          numbers.put(
              (y + row) * image.width() + x, block, row * 512, Math.min(512, image.width() - x));
        }
      }
    }
    return new Pixels(image.width(), image.height(), numbers);
  }

  private static JsonNode info(Path file) throws Exception {
    return new ObjectMapper().readTree(Gdal.run("gdalinfo", "-json", file.toString()));
  }

  private double total(Map<Table, Dataset<Row>> from, String column) {
    return from.get(Tables.INCLUSION).agg(sum(col(column))).first().getLong(0) / 1e6;
  }

  @ParameterizedTest
  @EnumSource(RasterMeasure.class)
  void gdalFindsEachRasterValidAndKnowsItsBand(RasterMeasure measure) throws Exception {
    Gdal.need();
    for (Path release : List.of(land, sea)) {
      assertThat(Gdal.validCog(file(release, measure)))
          .contains("is a valid cloud optimized GeoTIFF")
          .doesNotContain("warning");
    }
    JsonNode told = info(file(land, measure));
    assertThat(told.at("/bands/0/description").asText()).isEqualTo(measure.key());
    assertThat(told.at("/bands/0/unit").asText()).isEqualTo(measure.unit());
    assertThat(told.at("/bands/0/noDataValue").asText()).isEqualTo("NaN");
    assertThat(told.at("/metadata//TIFFTAG_IMAGEDESCRIPTION").asText())
        .startsWith("Made & Up: ")
        .contains("2026-01-01", land.getFileName().toString());
    assertThat(told.at("/coordinateSystem/wkt").asText()).contains("ID[\"EPSG\",6933]");
    assertThat(told.at("/geoTransform/1").asInt()).isEqualTo(PIXEL_M);
    assertThat(told.at("/geoTransform/0").asInt() % PIXEL_M).isZero();
    assertThat(told.at("/geoTransform/3").asInt() % PIXEL_M).isZero();
  }

  @Test
  void gdalCountsThePersonsOfTheTableAndThoseWhoLack() throws Exception {
    Gdal.need();
    for (var count :
        Map.of(
                RasterMeasure.PERSONS, "persons_micro",
                RasterMeasure.LACKING_PERSONS, "lacking_micro")
            .entrySet()) {
      Path copy = output.resolve(count.getKey().key() + ".tif");
      Gdal.run("gdal_translate", "-q", file(land, count.getKey()).toString(), copy.toString());
      String told = Gdal.run("gdalinfo", "-stats", "-json", copy.toString());
      JsonNode stats = new ObjectMapper().readTree(told).at("/bands/0/metadata/");
      double pixels = 0;
      Pixels image = pixels(land, count.getKey(), 0);
      for (int i = 0; i < image.numbers().capacity(); i++) {
        pixels += Float.isNaN(image.numbers().get(i)) ? 0 : 1;
      }
      double expected = total(tables, count.getValue());
      assertThat(stats.path("STATISTICS_MEAN").asDouble() * pixels)
          .isCloseTo(expected, within(1e-6 * expected));
    }
  }

  @Test
  void everyOverviewAddsUpToTheSamePersons() throws Exception {
    double persons = total(tables, "persons_micro");
    assertThat(pixels(land, RasterMeasure.PERSONS, 0).sum())
        .isCloseTo(persons, within(persons * 0x1p-23));
    Pixels overview = pixels(land, RasterMeasure.PERSONS, 1);
    assertThat(overview.width()).isLessThanOrEqualTo(512);
    assertThat(overview.sum()).isCloseTo(persons, within(persons * 0x1p-15));
    assertThatThrownBy(() -> pixels(land, RasterMeasure.PERSONS, 2))
        .hasMessageContaining("2 images");
  }

  @Test
  void anOverviewsShareIsTheRatioOfItsSumsAndNotAMeanOfShares() throws Exception {
    Pixels share = pixels(land, RasterMeasure.LACKING_PCT, 1);
    Map<String, double[]> expected = new HashMap<>();
    spread(
        (pixel, hexagon, part) -> {
          double[] sums =
              expected.computeIfAbsent(pixel[0] / 2 + " " + pixel[1] / 2, key -> new double[2]);
          sums[0] += part * hexagon.lacking();
          sums[1] += part * hexagon.known();
        });
    int compared = 0;
    for (int row = 0; row < share.height(); row++) {
      for (int column = 0; column < share.width(); column++) {
        double[] sums = expected.get(column + " " + row);
        if (sums == null || sums[1] < 0.01) {
          continue;
        }
        assertThat((double) share.at(column, row)).isCloseTo(100 * sums[0] / sums[1], within(0.01));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(80);
  }

  /** A hexagon as it is shown, with its figures in persons. */
  private record Shape(double persons, double known, double lacking, double covered) {}

  private interface Receiver {
    void share(int[] pixel, Shape hexagon, double share);
  }

  /** The hexagons from the table, and JTS's overlays with pixels of the raster. */
  private void spread(Receiver receiver) throws Exception {
    Map<Long, double[]> hexagons = new LinkedHashMap<>();
    for (Row row :
        tables
            .get(Tables.INCLUSION)
            .select(
                "place", "persons_micro", "unknown_micro", "lacking_micro", "coverage_probability")
            .collectAsList()) {
      long place = row.getLong(0);
      long shown = Places.parent(place, 6) == SENSITIVE ? SENSITIVE : place;
      double[] sums = hexagons.computeIfAbsent(shown, key -> new double[4]);
      sums[0] += row.getLong(1) / 1e6;
      sums[1] += (row.getLong(1) - row.getLong(2)) / 1e6;
      sums[2] += row.getLong(3) / 1e6;
      sums[3] += row.isNullAt(4) ? 0 : row.getLong(1) / 1e6 * row.getDouble(4);
    }
    double[] origin = origin(land);
    hexagons.forEach(
        (place, sums) -> {
          double[] ring = Places.ring(place);
          Coordinate[] corners = new Coordinate[ring.length / 2];
          for (int i = 0; i < corners.length; i++) {
            corners[i] =
                new Coordinate(
                    (EqualAreaGrid.eastM(ring[2 * i]) - origin[0]) / PIXEL_M,
                    (origin[1] - EqualAreaGrid.northM(ring[2 * i + 1])) / PIXEL_M);
          }
          Polygon outline = JTS.createPolygon(corners);
          Shape shape = new Shape(sums[0], sums[1], sums[2], sums[3]);
          Envelope box = outline.getEnvelopeInternal();
          for (int column = (int) box.getMinX(); column < box.getMaxX(); column++) {
            for (int row = (int) box.getMinY(); row < box.getMaxY(); row++) {
              var pixel = JTS.toGeometry(new Envelope(column, column + 1.0, row, row + 1.0));
              double share = outline.intersection(pixel).getArea() / outline.getArea();
              receiver.share(new int[] {column, row}, shape, share);
            }
          }
        });
  }

  private static double[] origin(Path release) throws Exception {
    JsonNode told = info(file(release, RasterMeasure.PERSONS)).at("/geoTransform");
    return new double[] {told.get(0).asDouble(), told.get(3).asDouble()};
  }

  @Test
  void aPixelHasTheSharesOfTheHexagonsThatLieInIt() throws Exception {
    Gdal.need();
    Map<String, double[]> expected = new HashMap<>();
    spread(
        (pixel, hexagon, part) -> {
          double[] sums = expected.computeIfAbsent(pixel[0] + " " + pixel[1], key -> new double[4]);
          sums[0] += part * hexagon.persons();
          sums[1] += part * hexagon.known();
          sums[2] += part * hexagon.lacking();
          sums[3] += part * hexagon.covered();
        });
    Pixels persons = pixels(land, RasterMeasure.PERSONS, 0);
    Pixels lacking = pixels(land, RasterMeasure.LACKING_PERSONS, 0);
    Pixels share = pixels(land, RasterMeasure.LACKING_PCT, 0);
    Pixels coverage = pixels(land, RasterMeasure.COVERAGE_PROBABILITY, 0);
    int inhabited = 0;
    int unknown = 0;
    for (int row = 0; row < persons.height(); row++) {
      for (int column = 0; column < persons.width(); column++) {
        double[] sums = expected.getOrDefault(column + " " + row, new double[4]);
        if (sums[0] < 0.01) {
          assertThat(persons.at(column, row))
              .satisfiesAnyOf(
                  value -> assertThat(value).isNaN(), value -> assertThat(value).isLessThan(0.02f));
          continue;
        }
        inhabited++;
        assertThat((double) persons.at(column, row))
            .isCloseTo(sums[0], within(0.003 + 1e-4 * sums[0]));
        if (sums[1] == 0) {
          unknown++;
          assertThat(lacking.at(column, row)).isNaN();
          assertThat(share.at(column, row)).isNaN();
          assertThat(coverage.at(column, row)).isNaN();
        } else if (sums[1] > 0.1) {
          assertThat((double) lacking.at(column, row))
              .isCloseTo(sums[2], within(0.003 + 1e-4 * sums[2]));
          assertThat((double) share.at(column, row))
              .isCloseTo(100 * sums[2] / sums[1], within(0.1));
          assertThat((double) coverage.at(column, row)).isCloseTo(sums[3] / sums[1], within(0.001));
        }
      }
    }
    assertThat(inhabited).isGreaterThan(350);
    assertThat(unknown).isGreaterThan(50);
  }

  @Test
  void nobodyLackingIsZeroAndNobodyLivingIsNoData() throws Exception {
    Pixels lacking = pixels(land, RasterMeasure.LACKING_PERSONS, 0);
    Pixels persons = pixels(land, RasterMeasure.PERSONS, 0);
    int inhabited = 0;
    for (int i = 0; i < persons.numbers().capacity(); i++) {
      inhabited += Float.isNaN(persons.numbers().get(i)) ? 0 : 1;
      assertThat(persons.numbers().get(i)).isNotZero();
      assertThat(Float.isNaN(persons.numbers().get(i)) && !Float.isNaN(lacking.numbers().get(i)))
          .isFalse();
    }
    assertThat(inhabited).isBetween(350, 700);
    assertThat(persons.numbers().capacity()).isGreaterThan(300_000);
  }

  @Test
  void aCountryAcrossTheAntimeridianLiesAtBothEndsAndNothingBetween() throws Exception {
    Gdal.need();
    Pixels persons = pixels(sea, RasterMeasure.PERSONS, 0);
    assertThat(persons.width()).isEqualTo(2 * 19298);
    double expected = total(MadeUpRun.tables(spark, 12, 180), "persons_micro");
    double west = 0;
    double east = 0;
    for (int row = 0; row < persons.height(); row++) {
      for (int column = 0; column < persons.width(); column++) {
        float here = persons.at(column, row);
        if (!Float.isNaN(here)) {
          assertThat(column < 40 || column > persons.width() - 40).isTrue();
          west += column < 40 ? here : 0;
          east += column < 40 ? 0 : here;
        }
      }
    }
    assertThat(west).isGreaterThan(expected / 4);
    assertThat(east).isGreaterThan(expected / 4);
    assertThat(west + east).isCloseTo(expected, within(expected * 0x1p-23));
    assertThat(Files.size(file(sea, RasterMeasure.PERSONS))).isLessThan(100_000);
    int levels = 8;
    for (int level = 1; level < levels; level++) {
      assertThat(pixels(sea, RasterMeasure.PERSONS, level).sum())
          .isCloseTo(expected, within(expected * 0x1p-15));
    }
    // GDAL asks for the pixel under a place just east and one just west of the antimeridian.
    for (String lon : List.of("179.95", "-179.95")) {
      String told =
          Gdal.run(
              "gdallocationinfo",
              "-wgs84",
              "-valonly",
              file(sea, RasterMeasure.PERSONS).toString(),
              lon,
              "-21.5");
      assertThat(Double.parseDouble(told.strip())).isGreaterThan(1);
    }
  }

  @Test
  void gdalCutsAWindowOutOfTheRaster() throws Exception {
    Gdal.need();
    Path window = output.resolve("window");
    Gdal.run(
        "gdal_translate",
        "-q",
        "-of",
        "ENVI",
        "-srcwin",
        "2",
        "3",
        "20",
        "15",
        file(land, RasterMeasure.PERSONS).toString(),
        window.toString());
    FloatBuffer cut =
        ByteBuffer.wrap(Files.readAllBytes(window)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    Pixels all = pixels(land, RasterMeasure.PERSONS, 0);
    int known = 0;
    for (int i = 0; i < 300; i++) {
      float expected = all.at(2 + i % 20, 3 + i / 20);
      known += Float.isNaN(expected) ? 0 : 1;
      assertThat(Float.compare(cut.get(i), expected)).isZero();
    }
    assertThat(known).isGreaterThan(100);
  }

  @Test
  void bytesAreTheSameWhateverThePartitions() throws Exception {
    String before = spark.conf().get("spark.sql.shuffle.partitions");
    Path again;
    try {
      spark.conf().set("spark.sql.shuffle.partitions", "7");
      Map<Table, Dataset<Row>> mixed = new LinkedHashMap<>(tables);
      mixed.computeIfPresent(Tables.INCLUSION, (table, rows) -> rows.repartition(5));
      Path elsewhere = Files.createDirectory(output.resolve("elsewhere"));
      again =
          Path.of(
              Release.write(spark, MadeUpRun.context(elsewhere, "land"), mixed)
                  .folder()
                  .toUri()
                  .getPath());
    } finally {
      spark.conf().set("spark.sql.shuffle.partitions", before);
    }
    for (RasterMeasure measure : RasterMeasure.values()) {
      assertThat(Files.readAllBytes(file(again, measure)))
          .isEqualTo(Files.readAllBytes(file(land, measure)));
    }
  }
}
