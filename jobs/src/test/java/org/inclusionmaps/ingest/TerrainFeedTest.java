package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.inclusionmaps.ingest.Feeds.feed;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.TerrainSettings;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.TerrainGrid;
import org.inclusionmaps.testing.Dem;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tiles of made-up elevation models. Bilinear interpolation and means are exact on a plane, so the
 * plane is what heights are compared with.
 */
@ExtendWith(SparkExtension.class)
class TerrainFeedTest {
  private static final Dem.Ground PLANE = (lon, lat) -> 1000 + 20 * lon - 30 * lat;
  private static final double HALF_STEP_M = 0.25;

  @TempDir Path folder;

  /** The nodes whose height is known, by row and column, in m. */
  private record Ground(Map<List<Integer>, Double> heightsM, TerrainCount count) {
    Double at(TerrainGrid grid, double lon, double lat) {
      return heightsM.get(
          List.of((int) Math.rint(grid.row(lat)), grid.wrap((int) Math.rint(grid.column(lon)))));
    }
  }

  private static Ground read(SparkSession spark, Integer samplesPerDegree, Path... paths) {
    List<FeedSettings> feeds = new ArrayList<>();
    for (Path path : paths) {
      feeds.add(feed(path));
    }
    Map<List<Integer>, Double> heights = new HashMap<>();
    try (IngestedTerrain read =
        TerrainFeed.read(spark, feeds, new TerrainSettings(samplesPerDegree))) {
      assertThat(TableCheck.check(read.rows(), Tables.TERRAIN)).isEqualTo(read.count().tiles());
      for (Row tile : read.rows().collectAsList()) {
        int unknown = 0;
        ByteBuffer bytes = ByteBuffer.wrap(tile.getAs("heights"));
        assertThat(bytes.capacity()).isEqualTo(2 * TerrainGrid.TILE_NODES);
        for (int i = 0; i < TerrainGrid.TILE_NODES; i++) {
          short half = bytes.getShort(2 * i);
          if (half == TerrainGrid.UNKNOWN) {
            unknown++;
          } else {
            heights.put(
                List.of(tile.getInt(0) * 128 + i / 128, tile.getInt(1) * 128 + i % 128),
                half / 2.0);
          }
        }
        assertThat(tile.getInt(4)).isEqualTo(unknown);
      }
      assertThat(read.count().known()).isEqualTo(heights.size());
      return new Ground(heights, read.count());
    }
  }

  private static void isThePlane(Ground ground, TerrainGrid grid) {
    assertThat(ground.heightsM()).isNotEmpty();
    ground
        .heightsM()
        .forEach(
            (node, heightM) ->
                assertThat(heightM)
                    .as(node.toString())
                    .isCloseTo(
                        PLANE.heightM(grid.longitude(node.get(1)), grid.latitude(node.get(0))),
                        within(HALF_STEP_M + 1e-6)));
  }

  @Test
  void aPlaneIsInterpolatedExactlyBetweenPixels(SparkSession spark) {
    // 40 pixels a degree on a grid of 50; nodes between the outermost centres alone.
    Path file = Dem.of(10, 3, 1 / 40.0, 80, 60, PLANE).write(folder.resolve("dem.tif"));
    Ground ground = read(spark, 50, file);
    TerrainGrid grid = new TerrainGrid(50);
    ground.heightsM().keySet().removeIf(node -> outside(grid, node, 10, 3, 1 / 40.0, 80, 60));
    isThePlane(ground, grid);
    assertThat(ground.heightsM()).hasSize(99 * 74);
  }

  private static boolean outside(
      TerrainGrid grid, List<Integer> node, double west, double north, double step, int w, int h) {
    double column = (grid.longitude(node.get(1)) - west) / step - 0.5;
    double row = (north - grid.latitude(node.get(0))) / step - 0.5;
    return column < -1e-9 || column > w - 1 + 1e-9 || row < -1e-9 || row > h - 1 + 1e-9;
  }

  @Test
  void withinHalfAPixelOutsideTheOutermostCentresTheEdgeHolds(SparkSession spark) {
    Path file = Dem.of(10, 3, 1.0, 2, 2, (lon, lat) -> 100 * lon).write(folder.resolve("dem.tif"));
    Ground ground = read(spark, 4, file);
    TerrainGrid grid = new TerrainGrid(4);
    assertThat(ground.at(grid, 10, 2.5)).isEqualTo(1050);
    assertThat(ground.at(grid, 10.25, 3)).isEqualTo(1050);
    assertThat(ground.at(grid, 10.75, 2)).isEqualTo(1075);
    assertThat(ground.at(grid, 12, 1)).isEqualTo(1150);
    assertThat(ground.at(grid, 9.75, 2)).isNull();
    assertThat(ground.at(grid, 12.25, 2)).isNull();
    assertThat(ground.heightsM()).hasSize(9 * 9);
  }

  @Test
  void nodesOnPixelsHaveTheirHeights(SparkSession spark) {
    Dem.Ground bumpy = (lon, lat) -> Math.rint(500 * Math.sin(37 * lon) * Math.cos(23 * lat));
    Path file =
        Dem.of(10, 3, 1 / 20.0, 40, 40, bumpy)
            .tag(34735, Dem.keys(2, 2, 2048, 4326))
            .tag(33922, new double[] {0, 0, 0, 10 + 1 / 40.0, 3 - 1 / 40.0, 0})
            .write(folder.resolve("dem.tif"));
    TerrainGrid grid = new TerrainGrid(40);
    Ground ground = read(spark, 40, file);
    for (int row = 0; row < 40; row++) {
      for (int column = 0; column < 40; column++) {
        double lon = 10 + (column + 0.5) / 20;
        double lat = 3 - (row + 0.5) / 20;
        assertThat(ground.at(grid, lon, lat)).isEqualTo(bumpy.heightM(lon, lat));
      }
    }
  }

  @Test
  void aPixelThatIsAPointLiesHalfAPixelBesideOneThatIsAnArea(SparkSession spark) {
    Dem.Ground columns = (lon, lat) -> 100 * Math.floor(lon - 10);
    Path area = Dem.of(10, 3, 1.0, 3, 3, columns).write(folder.resolve("area.tif"));
    Path point =
        Dem.of(10, 3, 1.0, 3, 3, columns)
            .tag(34735, Dem.keys(2, 2, 2048, 4326))
            .write(folder.resolve("point.tif"));
    TerrainGrid grid = new TerrainGrid(2);
    assertThat(read(spark, 2, area).at(grid, 11.5, 1.5)).isEqualTo(100);
    assertThat(read(spark, 2, point).at(grid, 11, 2)).isEqualTo(100);
    assertThat(read(spark, 2, point).at(grid, 11.5, 1.5)).isEqualTo(150);
  }

  @Test
  void aFinerModelIsAveragedOverTheNodesCell(SparkSession spark) {
    // Three pixels a node: the mean over 3 x 3 pixels around it.
    Dem.Ground checks = (lon, lat) -> (Math.rint(lon * 30) + Math.rint(lat * 30)) % 2 == 0 ? 90 : 0;
    double half = 1 / 60.0;
    Path file =
        Dem.of(10 - half, 3 + half, 1 / 30.0, 61, 61, checks).write(folder.resolve("d.tif"));
    TerrainGrid grid = new TerrainGrid(10);
    Ground ground = read(spark, 10, file);
    for (int row = 1; row < 20; row++) {
      for (int column = 1; column < 20; column++) {
        double lon = 10 + column / 10.0;
        double lat = 3 - row / 10.0;
        assertThat(ground.at(grid, lon, lat)).isIn(40.0, 50.0);
      }
    }
    Path plane = Dem.of(10, 3, 1 / 30.0, 60, 60, PLANE).write(folder.resolve("plane.tif"));
    Ground smooth = read(spark, 10, plane);
    smooth.heightsM().keySet().removeIf(node -> outside(grid, node, 10.1, 2.9, 1 / 30.0, 54, 54));
    isThePlane(smooth, grid);
  }

  @Test
  void theGridIsTheModelsOwnOrAtMost1200ADegree(SparkSession spark) {
    Path coarse = Dem.of(10, 3, 1 / 46.9, 10, 10, PLANE).write(folder.resolve("coarse.tif"));
    assertThat(read(spark, null, coarse).count().samplesPerDegree()).isEqualTo(47);
    Path fine = Dem.of(10, 3, 1 / 3600.0, 30, 30, PLANE).write(folder.resolve("fine.tif"));
    assertThat(read(spark, null, fine).count().samplesPerDegree()).isEqualTo(1200);
    assertThat(read(spark, null, coarse, fine).count().samplesPerDegree()).isEqualTo(1200);
  }

  @Test
  void anUnknownPixelMakesItsNeighboursUnknownAndIsCounted(SparkSession spark) {
    // The hole is the pixel around 11.5, 1.5; nodes at whole and half degrees.
    Dem.Ground hole = (lon, lat) -> lon == 11.5 && lat == 1.5 ? -9999 : 7;
    Path file = Dem.of(10, 3, 1.0, 3, 3, hole).tag(42113, "-9999").write(folder.resolve("dem.tif"));
    TerrainGrid grid = new TerrainGrid(2);
    Ground ground = read(spark, 2, file);
    assertThat(ground.at(grid, 11.5, 1.5)).isNull();
    assertThat(ground.at(grid, 11, 1.5)).isNull();
    assertThat(ground.at(grid, 12, 2)).isNull();
    assertThat(ground.at(grid, 10.5, 1.5)).isEqualTo(7); // weight 0
    assertThat(ground.at(grid, 12.5, 2.5)).isEqualTo(7);
    assertThat(ground.count().holes()).isEqualTo(9);
    assertThat(ground.count().known()).isEqualTo(49 - 9);
    Path other = Dem.of(10, 3, 1.0, 3, 3, (lon, lat) -> 50).write(folder.resolve("z.tif"));
    Ground filled = read(spark, 2, file, other);
    assertThat(filled.at(grid, 11.5, 1.5)).isEqualTo(50);
    assertThat(filled.at(grid, 10.5, 1.5)).isEqualTo(7);
    assertThat(filled.count().holes()).isZero();
  }

  private static void same(Ground found, Ground expected) {
    assertThat(found.heightsM().keySet()).isEqualTo(expected.heightsM().keySet());
    assertThat(found.heightsM().entrySet())
        .filteredOn(node -> !node.getValue().equals(expected.heightsM().get(node.getKey())))
        .isEmpty();
  }

  @Test
  void twoFilesAreTheOneThatTheyWereCutFrom(SparkSession spark) {
    Dem.Ground bumpy = (lon, lat) -> Math.rint(800 * Math.sin(11 * lon) * Math.cos(13 * lat));
    Path one = Dem.of(10, 3, 1 / 30.0, 60, 45, bumpy).write(folder.resolve("one.tif"));
    Path parts = folder.resolve("parts");
    Dem.of(10, 3, 1 / 30.0, 23, 45, bumpy).write(parts.resolve("b.tif"));
    Dem.of(10 + 23 / 30.0, 3, 1 / 30.0, 37, 20, bumpy).write(parts.resolve("a.tif"));
    Dem.of(10 + 23 / 30.0, 3 - 20 / 30.0, 1 / 30.0, 37, 25, bumpy).write(parts.resolve("c.TIFF"));
    Feeds.file(parts, "readme.txt", "no GeoTIFF");
    for (int samples : new int[] {30, 41, 12}) {
      Ground whole = read(spark, samples, one);
      Ground joined = read(spark, samples, parts);
      same(joined, whole);
      assertThat(joined.count().files()).isEqualTo(3);
      assertThat(joined.count().tiles()).isEqualTo(whole.count().tiles());
    }
  }

  @Test
  void theGroundGoesOnAcrossThe180thMeridian(SparkSession spark) {
    Dem.Ground round = (lon, lat) -> 100 + 50 * Math.cos(Math.toRadians(20 * lon)) + 10 * lat;
    TerrainGrid grid = new TerrainGrid(25);
    Path across = Dem.of(178, 1, 1 / 20.0, 80, 40, round).write(folder.resolve("across.tif"));
    Path west = Dem.of(178, 1, 1 / 20.0, 40, 40, round).write(folder.resolve("e/179e.tif"));
    Dem.of(-180, 1, 1 / 20.0, 40, 40, round).write(folder.resolve("e/180w.tif"));
    Ground whole = read(spark, 25, across);
    assertThat(whole.at(grid, -179.96, 0)).isCloseTo(round.heightM(-179.96, 0), within(0.5));
    assertThat(whole.at(grid, 180, 0)).isCloseTo(round.heightM(180, 0), within(0.5));
    assertThat(whole.at(grid, 179.96, 0)).isCloseTo(round.heightM(179.96, 0), within(0.5));
    same(read(spark, 25, west.getParent()), whole);
  }

  @Test
  void aModelOfTheWholeEarthHasNoSeam(SparkSession spark) {
    Dem.Ground round = (lon, lat) -> 100 + 50 * Math.cos(Math.toRadians(lon));
    Path file = Dem.of(-180, 90, 1.0, 360, 180, round).write(folder.resolve("earth.tif"));
    TerrainGrid grid = new TerrainGrid(2);
    Ground ground = read(spark, 2, file);
    assertThat(ground.heightsM()).hasSize(720 * 361);
    assertThat(ground.at(grid, 180, 0.5)).isEqualTo(50); // between 50.002 on either side
    assertThat(ground.at(grid, 0, 90)).isEqualTo(150);
    assertThat(ground.at(grid, 0, -90)).isEqualTo(150);
  }

  @Test
  void tilesDoNotDependOnThePieces(SparkSession spark) {
    Dem.Ground bumpy = (lon, lat) -> 800 * Math.sin(3 * lon) * Math.cos(5 * lat);
    Path file = Dem.of(-1, 1, 1 / 100.0, 400, 300, bumpy).write(folder.resolve("dem.tif"));
    Ground ground = read(spark, 120, file);
    TerrainGrid grid = new TerrainGrid(120);
    // Each node by the four pixels around it.
    for (int row = grid.rows() / 2 - 50; row < grid.rows() / 2 + 50; row++) {
      for (int column = grid.columns() / 2 + 7; column < grid.columns() / 2 + 90; column++) {
        double x = (grid.longitude(column) + 1) * 100 - 0.5;
        double y = (1 - grid.latitude(row)) * 100 - 0.5;
        assertThat(ground.heightsM().get(List.of(row, column)))
            .isCloseTo(bilinear(bumpy, x, y), within(HALF_STEP_M + 0.05));
      }
    }
  }

  private static double bilinear(Dem.Ground ground, double x, double y) {
    int i = (int) Math.floor(x);
    int j = (int) Math.floor(y);
    double sum = 0;
    for (int k = 0; k < 4; k++) {
      int column = i + k % 2;
      int row = j + k / 2;
      double weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
      sum += weight * ground.heightM(-1 + (column + 0.5) / 100, 1 - (row + 0.5) / 100);
    }
    return sum;
  }

  @Test
  void bolivia(SparkSession spark) {
    String data = System.getenv("INCLUSION_BOLIVIA_DIR");
    assumeThat(data)
        .as("set INCLUSION_BOLIVIA_DIR to the folder of Bolivia's open data to run this test")
        .isNotNull();
    Ground ground = read(spark, null, Path.of(data, "dem.tif"));
    TerrainGrid grid = new TerrainGrid(47);
    assertThat(ground.count().samplesPerDegree()).isEqualTo(47);
    // The file has 66 to 5,993 m; El Alto is at 4,050 m, Santa Cruz de la Sierra at 416 m.
    assertThat(ground.heightsM().values()).allMatch(heightM -> heightM >= 66 && heightM <= 5993);
    assertThat(ground.at(grid, -68.17, -16.51)).isBetween(3900.0, 4200.0);
    assertThat(ground.at(grid, -63.18, -17.78)).isBetween(380.0, 450.0);
  }
}
