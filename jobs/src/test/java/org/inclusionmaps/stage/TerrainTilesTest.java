package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.inclusionmaps.grid.Distances;
import org.inclusionmaps.grid.TerrainGrid;
import org.inclusionmaps.radio.BestServers;
import org.inclusionmaps.radio.Environment;
import org.inclusionmaps.radio.LinkBudget;
import org.inclusionmaps.radio.RadioCell;
import org.inclusionmaps.radio.Receivers;
import org.inclusionmaps.radio.Terrain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ground put together from tiles. */
class TerrainTilesTest {
  private static final double STEP_KM = 0.1;

  /** Receivers on each side of the edge, and those of them that are at it. */
  private static final int ASIDE = 60;

  private static final int AT_EDGE = 4;

  /**
   * Hills of 4 to 18 km, whose heights are known everywhere and have no edge: sines of whole
   * numbers of waves around the Earth.
   */
  private static int halfMetres(TerrainGrid grid, double[] phases, int row, int column) {
    double lon = Math.toRadians(grid.longitude(column));
    double lat = Math.toRadians(grid.latitude(row));
    double metres =
        400
            + 60 * Math.sin(2200 * lon + 900 * lat + phases[0])
            + 40 * Math.sin(4100 * lat - 700 * lon + phases[1])
            + 15 * Math.sin(6000 * lon + phases[2]) * Math.cos(5000 * lat);
    return (int) Math.rint(2 * metres);
  }

  private static Terrain hills(double lon, double lat, TerrainGrid grid, Random random) {
    double[] phases = random.doubles(3, 0, 2 * Math.PI).toArray();
    NodeGround ground =
        NodeGround.around(
            lon,
            lat,
            grid.samplesPerDegree(),
            3,
            (row, column) -> halfMetres(grid, phases, row, column));
    return new Terrain(
        TerrainTiles.ground(ground.tiles()), 1000 * STEP_KM, 35, 1.5, new Terrain.Losses());
  }

  private static Receivers receiver(double lon, double lat) {
    return new Receivers(
        Environment.OPEN,
        new double[] {Math.IEEEremainder(lon, 360)},
        new double[] {lat},
        new long[] {1});
  }

  private static double[] signals(
      Terrain terrain, double mastLon, double mastLat, List<Receivers> places) {
    double lon = Math.IEEEremainder(mastLon, 360);
    RadioCell cell = new RadioCell(0, lon, mastLat, 30, 900, 55, 0, 360, Double.NaN, 0, 35, 0);
    return new BestServers(
            LinkBudget.of(3, 1.5, 8),
            new double[][] {{-105}},
            List.of(cell),
            new BestServers.Memory(),
            Optional.of(terrain))
        .at(places).stream().mapToDouble(of -> of.get(0).orElseThrow().signalDbm()).toArray();
  }

  /**
   * Lines of receivers across the edge between two tiles, 12 km long, each from a mast 9 to 16 km
   * before the edge. Heights are the same function on both sides, so the signal changes at the edge
   * as it changes elsewhere: seen over many hills and lines, by less than a quarter more.
   *
   * <p>Of 600 nodes a degree the last tile before the antimeridian is half a tile, of 1200 a whole.
   */
  @ParameterizedTest
  @CsvSource({
    "-64.7, -21.5, 600, 1, 0",
    "-64.7, -21.5, 1200, 0, 1",
    "25, 65, 600, 1, 0",
    "180, -17, 600, 1, 0",
    "180, -17, 600, -1, 0",
    "180, -17, 1200, 1, 0",
    "180, 52, 600, 0, 1"
  })
  void signalOverSmoothHillsHasNoJumpAtTheEdgeOfATile(
      double lon, double lat, int perDegree, int east, int north) {
    TerrainGrid grid = new TerrainGrid(perDegree);
    int side = TerrainGrid.TILE;
    double edgeLon = grid.longitude(TerrainGrid.tile((int) grid.column(lon)) * side);
    double edgeLat = grid.latitude(TerrainGrid.tile((int) grid.row(lat)) * side);
    double latPerKm = 1 / Distances.DEGREE_KM;
    double lonPerKm = latPerKm / Math.cos(Math.toRadians(edgeLat));
    Random random = new Random(3);
    Changes at = new Changes();
    Changes elsewhere = new Changes();
    for (int land = 0; land < 12; land++) {
      Terrain terrain = hills(lon, lat, grid, random);
      for (int line = 0; line < 20; line++) {
        double aside = 20 * random.nextDouble() - 10;
        double before = 9 + 7 * random.nextDouble();
        double shift = STEP_KM * random.nextDouble();
        double x = edgeLon + aside * Math.abs(north) * lonPerKm;
        double y = edgeLat + aside * Math.abs(east) * latPerKm;
        List<Receivers> places = new ArrayList<>();
        for (int i = -ASIDE; i < ASIDE; i++) {
          double km = i * STEP_KM + shift;
          places.add(receiver(x + km * east * lonPerKm, y + km * north * latPerKm));
        }
        double[] signals =
            signals(terrain, x - before * east * lonPerKm, y - before * north * latPerKm, places);
        for (int i = 1; i < signals.length; i++) {
          Changes of = Math.abs(i - ASIDE) <= AT_EDGE ? at : elsewhere;
          of.take(signals[i] - signals[i - 1]);
        }
      }
    }
    assertThat(at.mean()).isPositive().isLessThan(1.25 * elsewhere.mean());
    assertThat(at.most).isLessThan(1.25 * elsewhere.most);
  }

  /** Changes from one receiver to the next, dB. */
  private static final class Changes {
    private double squares;
    private double most;
    private int number;

    void take(double change) {
      squares += change * change;
      most = Math.max(most, Math.abs(change));
      number++;
    }

    double mean() {
      return Math.sqrt(squares / number);
    }
  }
}
