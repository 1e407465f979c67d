package org.inclusionmaps.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import org.inclusionmaps.grid.Distances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Service over terrain: against each path looked at point by point on the great circle. */
class TerrainServersTest {
  private static final LinkBudget LINK = LinkBudget.of(3, 1.5, 8);
  private static final double STEP_M = 100;
  private static final double REACH_KM = 35;

  /** Ground of a function of longitude (turned to within 2 degrees of one) and latitude, in m. */
  private static Ground ground(
      double lon, double lat, int perDegree, ToDoubleBiFunction<Double, Double> heightM) {
    int side = 2 * perDegree;
    int row = (int) ((90 - lat) * perDegree) - side / 2;
    int column = (int) ((lon + 180) * perDegree) - side / 2;
    Ground ground = new Ground(perDegree, row, column, side, side);
    byte[] big = new byte[2 * side * side];
    for (int r = 0; r < side; r++) {
      for (int c = 0; c < side; c++) {
        double x = (column + c) / (double) perDegree - 180;
        int half =
            (int) Math.rint(2 * heightM.applyAsDouble(x, 90 - (row + r) / (double) perDegree));
        big[2 * (r * side + c)] = (byte) (half >> 8);
        big[2 * (r * side + c) + 1] = (byte) half;
      }
    }
    ground.put(row, column, side, big);
    return ground;
  }

  private static BestServers servers(List<RadioCell> cells, Optional<Ground> ground) {
    return new BestServers(
        LINK,
        new double[][] {{-105, -95, -85}},
        cells,
        new BestServers.Memory(),
        ground.map(g -> new Terrain(g, STEP_M, REACH_KM, 1.5, new Terrain.Losses())));
  }

  private static RadioCell cell(double lon, double lat, double mhz) {
    return new RadioCell(0, lon, lat, 30, mhz, 35, 0, 360, Double.NaN, 0, 30, 0);
  }

  private static Receivers at(double lon, double lat) {
    return new Receivers(Environment.OPEN, new double[] {lon}, new double[] {lat}, new long[] {1});
  }

  private static double signal(BestServers servers, double lon, double lat) {
    return servers.at(List.of(at(lon, lat))).get(0).get(0).orElseThrow().signalDbm();
  }

  /** Where a great circle is after a distance: the direct problem on the sphere. */
  private static double[] along(double lon, double lat, double azimuth, double km) {
    double phi = Math.toRadians(lat);
    double arc = km / Distances.EARTH_RADIUS_KM;
    double sin = Math.sin(phi) * Math.cos(arc) + Math.cos(phi) * Math.sin(arc) * Math.cos(azimuth);
    double turn =
        Math.atan2(
            Math.sin(azimuth) * Math.sin(arc) * Math.cos(phi), Math.cos(arc) - Math.sin(phi) * sin);
    return new double[] {lon + Math.toDegrees(turn), Math.toDegrees(Math.asin(sin))};
  }

  /** Excess of the Bullington loss over smooth Earth's, by the words of ITU-R P.526. */
  private static double excessDb(
      double lon,
      double lat,
      double azimuth,
      double km,
      double mhz,
      ToDoubleBiFunction<Double, Double> heightM) {
    int n = (int) Math.rint(km * 1000 / STEP_M);
    double[] g = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      double[] at = along(lon, lat, azimuth, i * STEP_M / 1000);
      g[i] = heightM.applyAsDouble(at[0], at[1]);
    }
    double terrain = lossDb(g, mhz);
    return Math.max(0, terrain - lossDb(new double[n + 1], mhz));
  }

  private static double lossDb(double[] g, double mhz) {
    int n = g.length - 1;
    return EveryPoint.lossDb(EveryPoint.nu(g, n, STEP_M, 30, 1.5, mhz), n * STEP_M / 1000);
  }

  @ParameterizedTest
  @CsvSource({"-64.7, -21.5", "25, 65", "180, -17", "-180, 0", "10, 0"})
  void pathOverSmoothHillsLosesWhatEachPointOfTheGreatCircleTells(double lon, double lat) {
    // Hills of 3 to 12 km and 150 m, between whose nodes heights are nearly linear.
    ToDoubleBiFunction<Double, Double> hills =
        (x, y) ->
            400
                + 80 * Math.sin(Math.toRadians(7000 * (x - lon)) * Math.cos(Math.toRadians(lat)))
                + 70 * Math.cos(Math.toRadians(2000 * (y - lat) + 3000 * (x - lon)));
    Ground ground = ground(lon, lat, 1200, hills);
    Random random = new Random(1);
    double worst = 0;
    double squares = 0;
    for (int run = 0; run < 300; run++) {
      double mhz = 700 + 2000 * random.nextDouble();
      double km = 0.1 * (5 + random.nextInt(250));
      // The directions of radials, so that the receiver lies on one.
      RadialSweep sweep = new RadialSweep(ground, STEP_M, REACH_KM);
      double azimuth = 2 * Math.PI * random.nextInt(sweep.radials()) / sweep.radials();
      double[] to = along(lon, lat, azimuth, km);
      double smooth = signal(servers(List.of(cell(lon, lat, mhz)), Optional.empty()), to[0], to[1]);
      double rough =
          signal(servers(List.of(cell(lon, lat, mhz)), Optional.of(ground)), to[0], to[1]);
      double expected = excessDb(lon, lat, azimuth, km, mhz, hills);
      worst = Math.max(worst, expected);
      squares += (smooth - rough - expected) * (smooth - rough - expected);
      assertThat(smooth - rough)
          .as("%.1f km, %.3f rad", km, azimuth)
          .isCloseTo(expected, within(1.5));
    }
    assertThat(worst).isGreaterThan(20);
    // Heights are stored in half-metres and bent between nodes: both small beside a handset's 1.5
    // m.
    assertThat(Math.sqrt(squares / 300)).isLessThan(0.25);
  }

  @Test
  void sameHillsAcrossTheAntimeridianGiveTheSameSignal() {
    ToDoubleBiFunction<Double, Double> hills =
        (x, y) -> 300 + 100 * Math.sin(Math.toRadians(4000 * (x - Math.rint(x / 45) * 45)));
    BestServers here =
        servers(List.of(cell(44.9, 0, 900)), Optional.of(ground(45, 0, 1200, hills)));
    BestServers there =
        servers(List.of(cell(179.9, 0, 900)), Optional.of(ground(180, 0, 1200, hills)));
    for (double x = 0.01; x < 0.25; x += 0.01) {
      assertThat(signal(there, Math.IEEEremainder(179.9 + x, 360), 0.02))
          .isCloseTo(signal(here, 44.9 + x, 0.02), within(1e-6));
    }
  }

  @Test
  void noLossOverFlatGroundOfAnyHeightNorOverUnknownGround() {
    List<RadioCell> cells = List.of(cell(10, 40, 900));
    Ground high = ground(10, 40, 600, (x, y) -> 3650.0);
    Ground unknown = new Ground(600, 29_000, 113_000, 900, 900);
    BestServers smooth = servers(cells, Optional.empty());
    for (double x = 0.001; x < 0.3; x += 0.013) {
      double expected = signal(smooth, 10 + x, 40.01);
      assertThat(signal(servers(cells, Optional.of(high)), 10 + x, 40.01))
          .isCloseTo(expected, within(1e-6));
      assertThat(signal(servers(cells, Optional.of(unknown)), 10 + x, 40.01))
          .isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void holeInTheGroundIsAsFlatAsItsRim() {
    // 500 m everywhere, unknown beyond 10.1 degrees east: as if it went on at 500 m, not at 0.
    Ground whole = ground(10, 40, 600, (x, y) -> 500.0);
    Ground torn = ground(10, 40, 600, (x, y) -> x > 10.1 ? Ground.UNKNOWN / 2.0 : 500);
    List<RadioCell> cells = List.of(cell(10, 40, 900));
    assertThat(signal(servers(cells, Optional.of(torn)), 10.2, 40))
        .isCloseTo(signal(servers(cells, Optional.of(whole)), 10.2, 40), within(1e-9));
  }

  @Test
  void passingOverCellsAndPathsThatCannotBeBestChangesNothing() {
    Random random = new Random(7);
    for (int run = 0; run < 8; run++) {
      double[] phase = {random.nextDouble(), random.nextDouble()};
      Ground ground =
          ground(
              10,
              40,
              1200,
              (x, y) ->
                  300
                      + 150 * Math.sin(Math.toRadians(9000 * (x + phase[0])))
                      + 100 * Math.sin(Math.toRadians(15000 * (y + phase[1]))));
      List<RadioCell> cells = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        cells.add(random(random));
      }
      List<Receivers> places = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        places.add(at(9.9 + 0.2 * random.nextDouble(), 39.9 + 0.2 * random.nextDouble()));
      }
      List<List<Optional<BestServers.Service>>> together =
          servers(cells, Optional.of(ground)).at(places);
      for (int p = 0; p < places.size(); p++) {
        double[] best = new double[3];
        double highest = Double.NEGATIVE_INFINITY;
        for (RadioCell cell : cells) {
          Optional<BestServers.Service> alone =
              servers(List.of(cell), Optional.of(ground)).at(List.of(places.get(p))).get(0).get(0);
          if (alone.isPresent()) {
            highest = Math.max(highest, alone.get().signalDbm());
            for (int level = 0; level < 3; level++) {
              best[level] = Math.max(best[level], alone.get().probability()[level]);
            }
          }
        }
        BestServers.Service service = together.get(p).get(0).orElseThrow();
        assertThat(service.signalDbm()).isCloseTo(highest, within(1e-6));
        for (int level = 0; level < 3; level++) {
          assertThat(service.probability()[level]).isCloseTo(best[level], within(1e-9));
        }
      }
    }
  }

  private static RadioCell random(Random random) {
    double[] bands = {800, 1800, 2600, 3500};
    return new RadioCell(
        0,
        9.85 + 0.3 * random.nextDouble(),
        39.85 + 0.3 * random.nextDouble(),
        20 + random.nextInt(3) * 15,
        bands[random.nextInt(bands.length)],
        30 + 5 * random.nextDouble(),
        360 * random.nextDouble(),
        random.nextBoolean() ? 65 : 360,
        random.nextBoolean() ? 6 * random.nextDouble() : Double.NaN,
        random.nextInt(3) == 0 ? 1 : 0,
        25,
        0);
  }

  @Test
  void higherAntennaSeesFartherOverARidge() {
    Ground ridge = ground(10, 40, 1200, (x, y) -> Math.abs(x - 10.1) < 0.003 ? 120 : 0);
    double before = Double.NEGATIVE_INFINITY;
    for (double height = 20; height <= 150; height += 10) {
      RadioCell cell = new RadioCell(0, 10, 40, height, 900, 40, 0, 360, Double.NaN, 0, 30, 0);
      double now = signal(servers(List.of(cell), Optional.of(ridge)), 10.2, 40);
      assertThat(now).isGreaterThan(before);
      before = now;
    }
  }
}
