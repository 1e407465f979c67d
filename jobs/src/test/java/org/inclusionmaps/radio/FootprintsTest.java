package org.inclusionmaps.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.inclusionmaps.grid.Distances;
import org.junit.jupiter.api.Test;

class FootprintsTest {
  private static final double BACK_DB = 30;
  private static final NormalBeam BEAM = new NormalBeam(BACK_DB);
  private static final SignalDominance DOMINANCE = new SignalDominance(-92.5, 0.2);
  private static final Footprints.Pruning ALL = new Footprints.Pruning(0, 0, 1000);
  private static final double KM = 1 / Distances.DEGREE_KM;

  private static FootprintCell round(double lon, double lat, double heightM, double powerDbm) {
    return new FootprintCell(lon, lat, heightM, powerDbm, 3.75, 10, Double.NaN, 0, 70, 9);
  }

  private static FootprintCell sector(double azimuthDeg, double tiltDeg) {
    return new FootprintCell(
        0, 0, 30, 40, 3.75, 10, azimuthDeg, tiltDeg, BEAM.spreadDeg(65), BEAM.spreadDeg(9));
  }

  private static Footprints of(List<FootprintCell> cells, Footprints.Pruning pruning) {
    return new Footprints(cells, BACK_DB, DOMINANCE, pruning);
  }

  private static int at(Footprints footprints, double lon, double lat) {
    footprints.approach(new double[] {lon}, new double[] {lat});
    return footprints.at(0);
  }

  private static double signalDbm(FootprintCell cell, double lon, double lat) {
    Footprints one = of(List.of(cell), ALL);
    assertThat(at(one, lon, lat)).isEqualTo(1);
    return one.signalDbm(0);
  }

  /** A place 40 m off and an antenna 30 m up are 50 m apart: 40 dBm − 37.5 log10(50). */
  @Test
  void signalOfARoundAntennaIsPowerLessTheLogarithmOfTheDistanceToTheAntenna() {
    assertThat(signalDbm(round(0, 0, 30, 40), 0, 0.04 * KM)).isCloseTo(-23.711, within(1e-3));
    assertThat(signalDbm(round(0, 0, 30, 40), 0, 0)).isCloseTo(40 - 37.5 * 1.477121, within(1e-4));
    assertThat(signalDbm(round(0, 0, 1, 40), 10 * KM * (1 - 1e-9), 0))
        .isCloseTo(40 - 37.5 * 4, within(1e-4));
  }

  /** 1 / (1 + e^0), e^-2 and e^2: 10 dB are two units of 0.2 per dB. */
  @Test
  void dominanceIsLogisticInTheSignalAndInvertible() {
    assertThat(DOMINANCE.of(-92.5)).isEqualTo(0.5);
    assertThat(DOMINANCE.of(-82.5)).isCloseTo(0.880797, within(1e-6));
    assertThat(DOMINANCE.of(-102.5)).isCloseTo(0.119203, within(1e-6));
    assertThat(DOMINANCE.signalDbm(DOMINANCE.of(-70))).isCloseTo(-70, within(1e-9));
  }

  /** Values of the search that mobloc and multimno define, made with another program (NumPy). */
  @Test
  void spreadOfABeamIsTheOneOfTheSearch() {
    assertThat(BEAM.spreadDeg(1)).isCloseTo(1.98, within(1e-9));
    assertThat(BEAM.spreadDeg(9)).isCloseTo(8.46, within(1e-9));
    assertThat(BEAM.spreadDeg(10)).isCloseTo(10.8, within(1e-9));
    assertThat(BEAM.spreadDeg(30)).isCloseTo(32.58, within(1e-9));
    assertThat(BEAM.spreadDeg(65)).isCloseTo(71.1, within(1e-9));
    assertThat(BEAM.spreadDeg(90)).isCloseTo(120.42, within(1e-9));
    assertThat(BEAM.spreadDeg(120)).isCloseTo(179.1, within(1e-9));
    assertThat(BEAM.gainDb(4.5, 8.46)).isCloseTo(-3.957478234714094, within(1e-12));
    assertThat(BEAM.gainDb(10, 9.8)).isCloseTo(-12.17537422245384, within(1e-12));
  }

  @Test
  void gainIsNothingAtTheBoresightAndTheBackLossBehindAndFallsBetween() {
    for (double spread : new double[] {1.98, 8.46, 71.1, 179.1}) {
      assertThat(BEAM.gainDb(0, spread)).isZero();
      assertThat(BEAM.gainDb(180, spread)).isCloseTo(-30, within(1e-12));
      for (int degree = 0; degree < 180; degree++) {
        assertThat(BEAM.gainDb(degree + 1, spread))
            .isLessThanOrEqualTo(BEAM.gainDb(degree, spread));
        assertThat(BEAM.gainDb(-degree, spread)).isEqualTo(BEAM.gainDb(degree, spread));
      }
    }
  }

  /**
   * 30 m up and 30 m east, tilted 45 degrees: ahead it is at the boresight; behind, the boresight
   * looks away by 90 degrees down and, in its plane, the place lies neither ahead nor behind.
   */
  @Test
  void sectorLosesByTheAngleAcrossInThePlaneOfItsTiltAndByTheAngleDown() {
    double plain = 40 - 37.5 * Math.log10(30 * Math.sqrt(2));
    double lon = 0.03 * KM;
    assertThat(signalDbm(sector(90, 45), lon, 0)).isCloseTo(plain, within(1e-4));
    // 90 degrees aside: 30 m aside, 30 sin 45 ahead, an angle of 54.7356 degrees.
    assertThat(signalDbm(sector(0, 45), lon, 0))
        .isCloseTo(plain + BEAM.gainDb(54.7356, 71.1), within(1e-3));
    // Level: 45 degrees down, and aside 90 degrees across.
    assertThat(signalDbm(sector(0, 0), lon, 0))
        .isCloseTo(plain + BEAM.gainDb(90, 71.1) + BEAM.gainDb(45, 8.46), within(1e-3));
  }

  @Test
  void probabilitiesAreSharesOfDominanceThatSumToOne() {
    // Signals of 40 − 37.5 log10 d at 1 km and 2 km: −72.5 and −83.789; e^-4 and e^-1.74227.
    Footprints two =
        of(List.of(round(0, -KM, 1, 40), round(0, 2 * KM, 1, 40)), new Footprints.Pruning(0, 0, 9));
    assertThat(at(two, 0, 0)).isEqualTo(2);
    assertThat(two.cell(0)).isZero();
    assertThat(two.dominance(0)).isCloseTo(0.98201, within(1e-5));
    assertThat(two.dominance(1)).isCloseTo(0.85098, within(1e-5));
    assertThat(two.connectionProbability(0)).isCloseTo(0.98201 / 1.83299, within(1e-5));
    assertThat(two.connectionProbability(0) + two.connectionProbability(1))
        .isCloseTo(1, within(1e-15));
  }

  @Test
  void keepsNoMoreThanAskedAndOfEqualCellsTheFirst() {
    FootprintCell same = round(0, 0, 30, 40);
    Footprints three = of(List.of(same, same, same), new Footprints.Pruning(0, 0, 2));
    assertThat(at(three, 0.01, 0)).isEqualTo(2);
    assertThat(List.of(three.cell(0), three.cell(1))).containsExactly(0, 1);
    assertThat(three.connectionProbability(1)).isEqualTo(0.5);
  }

  @Test
  void cellsUnderTheShareOfTheBestOrTheLeastDominanceAreDropped() {
    List<FootprintCell> two = List.of(round(0, -KM, 1, 40), round(0, 2 * KM, 1, 40));
    assertThat(at(of(two, new Footprints.Pruning(0, 86, 9)), 0, 0)).isEqualTo(2); // 86.66 %
    assertThat(at(of(two, new Footprints.Pruning(0, 87, 9)), 0, 0)).isEqualTo(1);
    assertThat(at(of(two, new Footprints.Pruning(0.852, 0, 9)), 0, 0)).isEqualTo(1);
    assertThat(at(of(two, new Footprints.Pruning(0.99, 0, 9)), 0, 0)).isZero();
  }

  @Test
  void placeOutOfRangeHasNoCell() {
    assertThat(at(of(List.of(round(0, 0, 30, 40)), ALL), 0, 10.001 * KM)).isZero();
    assertThat(at(of(List.of(round(0, 0, 30, 40)), ALL), 0, 9.999 * KM)).isEqualTo(1);
  }

  @Test
  void signalRisesWithPowerAndFallsWithDistance() {
    for (int step = 1; step < 99; step++) {
      double here = signalDbm(round(0, 0, 30, 40), 0, 0.1 * step * KM);
      assertThat(here).isGreaterThan(signalDbm(round(0, 0, 30, 40), 0, 0.1 * (step + 1) * KM));
      assertThat(here)
          .isCloseTo(signalDbm(round(0, 0, 30, 43), 0, 0.1 * step * KM) - 3, within(1e-9));
    }
  }

  @Test
  void acrossTheAntimeridianAndAtHighLatitudesDistanceAndDirectionHold() {
    FootprintCell west =
        new FootprintCell(
            179.99, 80, 30, 40, 3.75, 10, 90, 5, BEAM.spreadDeg(65), BEAM.spreadDeg(9));
    assertThat(signalDbm(west, -179.99, 80)).isCloseTo(straight(west, -179.99, 80), within(1e-6));
    assertThat(signalDbm(west, -179.99, 80)).isGreaterThan(signalDbm(west, 179.97, 80) + 20);
  }

  /** The formulas one by one, with haversines and bearings. */
  private static double straight(FootprintCell cell, double lon, double lat) {
    double metres = 1000 * Distances.km(cell.lon(), cell.lat(), lon, lat);
    double dbm =
        cell.powerDbm()
            - 10 * cell.pathLossExponent() * Math.log10(Math.hypot(metres, cell.heightM()));
    if (Double.isNaN(cell.azimuthDeg())) {
      return dbm;
    }
    double turn =
        Math.toRadians(Distances.bearingDeg(cell.lon(), cell.lat(), lon, lat) - cell.azimuthDeg());
    double ahead = metres * Math.cos(turn);
    double tilt = Math.toRadians(cell.tiltDeg());
    double lambda = Math.atan2(cell.heightM(), Math.abs(ahead));
    double slant = Math.hypot(ahead, cell.heightM());
    double projected =
        ahead > 0 ? slant * Math.cos(lambda - tilt) : -slant * Math.cos(lambda + tilt);
    double across = Math.toDegrees(Math.atan2(metres * Math.sin(turn), projected));
    double down = Math.toDegrees(Math.atan2(cell.heightM(), metres)) - cell.tiltDeg();
    return dbm + BEAM.gainDb(across, cell.acrossDeg()) + BEAM.gainDb(down, cell.downDeg());
  }

  private static List<FootprintCell> network(Random random) {
    List<FootprintCell> cells = new ArrayList<>();
    while (cells.size() < 90) {
      double lon = 0.2 * random.nextDouble();
      double lat = 60 + 0.1 * random.nextDouble();
      double height = 5 + 40 * random.nextDouble();
      boolean round = random.nextInt(4) == 0;
      double tilt = random.nextInt(5) * 3.0 - 3;
      double exponent = random.nextInt(5) == 0 ? 6 : 3.75;
      for (int i = 0; i < (round ? 1 : 3); i++) {
        cells.add(
            new FootprintCell(
                lon,
                lat,
                height,
                37 + random.nextInt(10),
                exponent,
                1 + random.nextInt(9),
                round ? Double.NaN : 120.0 * i + random.nextInt(20),
                tilt,
                BEAM.spreadDeg(40 + random.nextInt(60)),
                BEAM.spreadDeg(9)));
      }
    }
    return cells;
  }

  @Test
  void boundsAndSharedMastsChangeNoResult() {
    Random random = new Random(7);
    for (Footprints.Pruning pruning :
        List.of(
            ALL,
            new Footprints.Pruning(0.01, 90, 10),
            new Footprints.Pruning(0.01, 0, 3),
            new Footprints.Pruning(0.3, 50, 100),
            new Footprints.Pruning(0, 100, 5))) {
      for (int trial = 0; trial < 20; trial++) {
        List<FootprintCell> cells = network(random);
        Footprints footprints = of(cells, pruning);
        double[] lon = random.doubles(50, 0.03, 0.08).toArray();
        double[] lat = random.doubles(50, 60.03, 60.06).toArray();
        footprints.approach(lon, lat);
        for (int place = 0; place < 50; place++) {
          same(footprints, place, cells, lon[place], lat[place], pruning);
        }
      }
    }
  }

  private static void same(
      Footprints footprints,
      int place,
      List<FootprintCell> cells,
      double lon,
      double lat,
      Footprints.Pruning pruning) {
    List<Integer> all = new ArrayList<>();
    for (int c = 0; c < cells.size(); c++) {
      FootprintCell cell = cells.get(c);
      if (Distances.km(cell.lon(), cell.lat(), lon, lat) <= cell.rangeKm()) {
        all.add(c);
      }
    }
    all.sort(Comparator.comparingDouble(c -> -straight(cells.get(c), lon, lat)));
    double best = all.isEmpty() ? 0 : DOMINANCE.of(straight(cells.get(all.get(0)), lon, lat));
    List<Integer> kept = new ArrayList<>();
    for (int c : all) {
      double dominance = DOMINANCE.of(straight(cells.get(c), lon, lat));
      boolean near = kept.isEmpty() || 100 * dominance / best >= pruning.leastPctOfBest();
      if (dominance > pruning.leastDominance() && near && kept.size() < pruning.mostCells()) {
        kept.add(c);
      }
    }
    double sum =
        kept.stream().mapToDouble(c -> DOMINANCE.of(straight(cells.get(c), lon, lat))).sum();
    assertThat(footprints.at(place)).isEqualTo(kept.size());
    for (int i = 0; i < kept.size(); i++) {
      double dbm = straight(cells.get(kept.get(i)), lon, lat);
      assertThat(footprints.cell(i)).isEqualTo(kept.get(i));
      assertThat(footprints.signalDbm(i)).isCloseTo(dbm, within(1e-6));
      assertThat(footprints.connectionProbability(i))
          .isCloseTo(DOMINANCE.of(dbm) / sum, within(1e-6));
    }
  }
}
