package org.inclusionmaps.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.inclusionmaps.grid.Distances;
import org.inclusionmaps.radio.BestServers.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BestServersTest {
  private static final LinkBudget LINK = LinkBudget.of(3, 1.5, 8);
  private static final List<Environment> ENVIRONMENTS = List.of(Environment.values());

  /** A cell of LTE1800 as in the table of defaults: 30 m, all round. */
  private static RadioCell cell(double lon, double lat) {
    return new RadioCell(0, lon, lat, 30, 1800, 30.208, 0, 360, Double.NaN, 0, 20, 0);
  }

  private static Receivers at(Environment environment, double lon, double lat) {
    return new Receivers(environment, new double[] {lon}, new double[] {lat}, new long[] {1});
  }

  private static Optional<Service> service(
      double threshold, List<RadioCell> cells, Receivers receivers) {
    double[][] thresholds = {{threshold, threshold + 10, threshold + 20}};
    return new BestServers(LINK, thresholds, cells, new BestServers.Memory(), Optional.empty())
        .at(List.of(receivers))
        .get(0)
        .get(0);
  }

  @ParameterizedTest
  @CsvSource({"OPEN, 6.209", "SUBURBAN, 1.681", "URBAN, 0.770"})
  void halfOfThePeopleAtThePublishedRadiusAreServed(Environment environment, double km) {
    // Radii: the table of technologies in methods, section 5, LTE1800.
    Receivers receivers = at(environment, -64.7, -21.5 + km / Distances.DEGREE_KM);
    Service service = service(-105, List.of(cell(-64.7, -21.5)), receivers).orElseThrow();
    assertThat(service.probability()[0]).isCloseTo(0.5, within(1e-3));
    assertThat(service.signalDbm()).isCloseTo(-105, within(2e-2));
    // One and two and a half standard deviations of 8 dB less: Φ(−1.25), Φ(−2.5).
    assertThat(service.probability()[1]).isCloseTo(0.10565, within(1e-3));
    assertThat(service.probability()[2]).isCloseTo(0.00621, within(1e-4));
  }

  @Test
  void servesAcrossTheAntimeridianAsAnywhereElse() {
    Service there =
        service(-105, List.of(cell(179.95, 0)), at(Environment.OPEN, -179.95, 0)).orElseThrow();
    Service here = service(-105, List.of(cell(10, 0)), at(Environment.OPEN, 10.1, 0)).orElseThrow();
    assertThat(there.probability()[0]).isCloseTo(here.probability()[0], within(1e-9));
    assertThat(here.probability()[0]).isBetween(0.05, 0.5);
  }

  @Test
  void nobodyBeyondTheReachIsServed() {
    assertThat(service(-105, List.of(cell(0, 0)), at(Environment.OPEN, 0.2, 0))).isEmpty();
  }

  @Test
  void peopleWeighNotPoints() {
    // Three of four persons live at the mast, one beyond its reach.
    Receivers receivers =
        new Receivers(
            Environment.OPEN, new double[] {0, 0.19}, new double[] {0, 0}, new long[] {3, 1});
    Service service = service(-105, List.of(cell(0, 0)), receivers).orElseThrow();
    assertThat(service.probability()[0]).isCloseTo(0.75, within(1e-9));
    assertThat(service.cells()).isEqualTo(1);
  }

  @Test
  void defaultsAreThoseOfTheBestCell() {
    RadioCell near = new RadioCell(0, 0, 0, 30, 1800, 30, 0, 360, Double.NaN, 0, 20, 4);
    RadioCell strong = new RadioCell(0, 0, 0.001, 30, 1800, 40, 0, 360, Double.NaN, 0, 20, 1);
    Service service =
        service(-105, List.of(near, strong), at(Environment.OPEN, 0.01, 0)).orElseThrow();
    assertThat(service.defaults()).isEqualTo(1);
    assertThat(service.cells()).isEqualTo(2);
  }

  @Test
  void sectorServesBeforeItselfAndHardlyBehind() {
    RadioCell east = new RadioCell(0, 0, 0, 30, 1800, 30.208, 90, 65, Double.NaN, 0, 20, 0);
    double before =
        service(-105, List.of(east), at(Environment.OPEN, 0.05, 0)).orElseThrow().signalDbm();
    double behind =
        service(-105, List.of(east), at(Environment.OPEN, -0.05, 0)).orElseThrow().signalDbm();
    // The front-to-back ratio is 25 dB (3GPP TR 36.814).
    assertThat(before - behind).isCloseTo(25, within(1e-9));
  }

  private static RadioCell random(Random random, double mhz) {
    double eirp = 25 + 10 * random.nextDouble();
    double height = 10 + random.nextInt(4) * 10;
    double reach = LINK.reachKm(eirp, mhz, height, 0, -105, 0.01, 20);
    return new RadioCell(
        0,
        179.95 + 0.2 * random.nextDouble(),
        0.2 * random.nextDouble(),
        height,
        mhz,
        eirp,
        360 * random.nextDouble(),
        random.nextBoolean() ? 65 : 360,
        random.nextBoolean() ? 6 * random.nextDouble() : Double.NaN,
        random.nextInt(3) == 0 ? 0.5 + random.nextInt(2) : 0,
        reach,
        0);
  }

  private static Receivers random(Random random, Environment environment) {
    double[] lon = new double[7];
    double[] lat = new double[7];
    long[] persons = new long[7];
    double lon0 = -179.95 - 0.1 * random.nextDouble();
    double lat0 = 0.2 * random.nextDouble();
    for (int i = 0; i < lon.length; i++) {
      lon[i] = lon0 + 0.005 * random.nextDouble();
      lat[i] = lat0 + 0.005 * random.nextDouble();
      persons[i] = 1L + random.nextInt(1000);
    }
    return new Receivers(environment, lon, lat, persons);
  }

  /** Mean over persons of the best probability of any cell, computed for every pair. */
  private static double everyPair(double threshold, List<RadioCell> cells, Receivers receivers) {
    double[] best = new double[receivers.size()];
    for (RadioCell cell : cells) {
      for (int i = 0; i < best.length; i++) {
        double km = Distances.km(cell.lon(), cell.lat(), receivers.lon[i], receivers.lat[i]);
        if (km <= cell.reachKm()) {
          double bearing =
              Distances.bearingDeg(cell.lon(), cell.lat(), receivers.lon[i], receivers.lat[i]);
          double down = Math.toDegrees(Math.atan2(cell.heightM() - 1.5, km * 1000));
          Signal signal =
              LINK.signal(
                      cell.eirpDbm(),
                      cell.frequencyMhz(),
                      cell.heightM(),
                      cell.errorKm(),
                      receivers.environment,
                      km)
                  .plus(cell.gainDb(bearing, down));
          best[i] = Math.max(best[i], signal.probabilityAtLeast(threshold));
        }
      }
    }
    return receivers.mean(best);
  }

  @ParameterizedTest
  @ValueSource(doubles = {800, 1800, 3500})
  void boundsPassOverNoCellThatIsTheBest(double mhz) {
    Random random = new Random(11);
    for (Environment environment : Environment.values()) {
      for (int run = 0; run < 40; run++) {
        List<RadioCell> cells = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
          cells.add(random(random, mhz));
        }
        Receivers receivers = random(random, environment);
        Optional<Service> service = service(-105, cells, receivers);
        assertThat(levels(service)[0]).isCloseTo(everyPair(-105, cells, receivers), within(1e-9));
        assertThat(levels(service)[2]).isCloseTo(everyPair(-85, cells, receivers), within(1e-9));
      }
    }
  }

  @Test
  void oneMoreCellNeverLowersServiceNorDoesMorePowerAndAStricterThresholdNeverRaisesIt() {
    Random random = new Random(5);
    double[] bands = {800, 1800, 2600, 3500};
    for (int run = 0; run < 60; run++) {
      Receivers receivers = random(random, ENVIRONMENTS.get(run % 3));
      List<RadioCell> cells = new ArrayList<>();
      double[] before = new double[3];
      for (int i = 0; i < 30; i++) {
        cells.add(random(random, bands[random.nextInt(bands.length)]));
        double[] now = levels(service(-105, cells, receivers));
        double[] stricter = levels(service(-103, cells, receivers));
        for (int level = 0; level < 3; level++) {
          assertThat(now[level]).isGreaterThanOrEqualTo(before[level]);
          assertThat(stricter[level]).isLessThanOrEqualTo(now[level]);
          assertThat(now[level]).isLessThanOrEqualTo(now[0]);
        }
        before = now;
      }
      double[] stronger =
          levels(service(-105, cells.stream().map(BestServersTest::stronger).toList(), receivers));
      for (int level = 0; level < 3; level++) {
        assertThat(stronger[level]).isGreaterThanOrEqualTo(before[level]);
      }
    }
  }

  private static RadioCell stronger(RadioCell cell) {
    return new RadioCell(
        cell.network(),
        cell.lon(),
        cell.lat(),
        cell.heightM(),
        cell.frequencyMhz(),
        cell.eirpDbm() + 3,
        cell.azimuthDeg(),
        cell.beamwidthDeg(),
        cell.tiltDeg(),
        cell.errorKm(),
        cell.reachKm(),
        cell.defaults());
  }

  private static double[] levels(Optional<Service> service) {
    return service.map(Service::probability).orElse(new double[3]);
  }

  @Test
  void orderOfTheCellsChangesNothing() {
    Random random = new Random(3);
    List<RadioCell> cells = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      cells.add(random(random, 1800));
    }
    Receivers receivers = random(random, Environment.OPEN);
    Optional<Service> service = service(-105, cells, receivers);
    java.util.Collections.shuffle(cells, random);
    assertThat(service(-105, cells, receivers)).usingRecursiveComparison().isEqualTo(service);
  }
}
