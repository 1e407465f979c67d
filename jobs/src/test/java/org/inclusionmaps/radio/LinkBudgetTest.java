package org.inclusionmaps.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkBudgetTest {
  private static final LinkBudget LINK = LinkBudget.of(3, 1.5, 8);

  /** Distance at which the median equals the threshold: half of the handsets are served. */
  private static double radiusKm(
      double eirp, double mhz, double threshold, Environment environment) {
    double low = 0.01;
    double high = 100;
    while (high - low > 1e-7) {
      double middle = (low + high) / 2;
      if (LINK.signal(eirp, mhz, 30, environment, middle).medianDbm() >= threshold) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @ParameterizedTest
  @CsvSource({
    "55, 900, -95, 3.843, 7.362, 24.774",
    "47, 2100, -100, 1.436, 3.237, 12.259",
    "31.218, 800, -105, 1.703, 3.199, 10.631",
    "30.208, 1800, -105, .770, 1.681, 6.209"
  })
  void servesHalfOfTheHandsetsAtThePublishedRadii(
      double eirp, double mhz, double threshold, double urban, double suburban, double open) {
    assertThat(radiusKm(eirp, mhz, threshold, Environment.URBAN)).isCloseTo(urban, within(1e-3));
    assertThat(radiusKm(eirp, mhz, threshold, Environment.SUBURBAN))
        .isCloseTo(suburban, within(1e-3));
    assertThat(radiusKm(eirp, mhz, threshold, Environment.OPEN)).isCloseTo(open, within(1e-3));
  }

  @Test
  void aCarrierSharesItsPowerAmongItsSubcarriers() {
    assertThat(LinkBudget.subcarrierEirpDbm(46, 15, 2, 50)).isCloseTo(31.218, within(5e-4));
    assertThat(LinkBudget.subcarrierEirpDbm(46, 17, 2, 100)).isCloseTo(30.208, within(5e-4));
    assertThat(LinkBudget.subcarrierEirpDbm(53, 17, 3, 273)).isCloseTo(31.85, within(5e-3));
  }

  @Test
  void takesEachModelInItsOwnBand() {
    assertThat(median(1500, Environment.URBAN, 2))
        .isCloseTo(40 - 3 - OkumuraHata.urbanLossDb(1500, 30, 1.5, 2), within(1e-12));
    assertThat(median(1501, Environment.OPEN, 2))
        .isCloseTo(40 - 3 - Cost231Hata.openLossDb(1501, 30, 1.5, 2), within(1e-12));
    Signal city = LINK.signal(40, 3500, 30, Environment.URBAN, 2);
    assertThat(city.nlosMedianDbm())
        .isCloseTo(37 - UrbanMacro.nlosLossDb(3.5, 30, 1.5, 2000), within(1e-12));
    assertThat(city.losProbability()).isEqualTo(UrbanMacro.losProbability(2000));
    Signal country = LINK.signal(40, 3500, 30, Environment.OPEN, 2);
    assertThat(country.losMedianDbm())
        .isCloseTo(37 - RuralMacro.losLossDb(3.5, 30, 1.5, 2000), within(1e-12));
    assertThat(country.losSigmaDb()).isEqualTo(4);
    assertThat(country.nlosSigmaDb()).isEqualTo(8);
  }

  private static double median(double mhz, Environment environment, double km) {
    return LINK.signal(40, mhz, 30, environment, km).medianDbm();
  }

  @ParameterizedTest
  @EnumSource(Environment.class)
  void signalNeverGrowsWithDistanceNorBeatsFreeSpace(Environment environment) {
    for (double mhz : new double[] {450, 700, 900, 1800, 2100, 2600, 3500, 26000}) {
      for (double base : new double[] {5, 30, 120}) {
        double before = Double.POSITIVE_INFINITY;
        for (double km = 0; km < 60; km = km * 1.05 + 0.001) {
          double median = LINK.signal(40, mhz, base, environment, km).medianDbm();
          assertThat(median).isLessThanOrEqualTo(before + 2e-6);
          assertThat(median)
              .isLessThanOrEqualTo(37 - LINK.freeSpaceLossDb(mhz, base, Math.max(km, 0.01)) + 1e-9);
          before = median;
        }
      }
    }
  }

  /** Signals of antennas of 30 m, 31 m and so on, at one place. */
  private static double[] byHeight(double mhz, Environment environment, double km, int highestM) {
    return IntStream.rangeClosed(30, highestM)
        .mapToDouble(base -> LINK.signal(40, mhz, base, environment, km).medianDbm())
        .toArray();
  }

  @ParameterizedTest
  @EnumSource(Environment.class)
  void higherAntennaNeverLowersTheSignalOfHataAndCostButWhereFreeSpaceRules(
      Environment environment) {
    // Hata 1980: antennas of 30 to 200 m, 1 to 20 km. Loss falls by 13.82 + 6.55 log d dB a tenfold
    // height, so at any distance over 8 m. No loss is under free space's, which grows with the
    // slant: where that rules, under 140 m and over open land to 4.1 km, a higher antenna is only
    // farther away.
    double ruledKm = environment == Environment.OPEN ? 4.1 : 0.14;
    for (double mhz : new double[] {450, 700, 800, 900, 1500, 1800, 2100, 2200}) {
      for (double km = 0.01; km <= 20; km *= 1.1) {
        double[] signals = byHeight(mhz, environment, km, 200);
        for (int i = 1; i < signals.length; i++) {
          double free = 37 - LINK.freeSpaceLossDb(mhz, 30 + i, km);
          assertThat(signals[i])
              .as("%.0f MHz, %.3f km, %d m", mhz, km, 30 + i)
              .isGreaterThan(km > ruledKm ? signals[i - 1] : Math.min(free, signals[i - 1]) - 1e-9);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2300, 2600, 3500, 5000})
  void higherAntennaNeverLowersTheSignalOfTheRuralMacroCellFromHalfAKilometreOn(double mhz) {
    // 3GPP TR 38.901: antennas of 10 to 150 m, to 10 km. Nearer, the slant counts for more than the
    // height. Medians are to a millionth of a decibel.
    for (double km = 0.5; km <= 10; km *= 1.1) {
      double[] signals = byHeight(mhz, Environment.OPEN, km, 150);
      for (int i = 1; i < signals.length; i++) {
        assertThat(signals[i]).as("%.3f km, %d m", km, 30 + i).isGreaterThan(signals[i - 1] - 2e-6);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2300, 2600, 3500, 5000})
  void higherAntennaOfTheUrbanMacroCellLosesNoMoreThanByItsSlant(double mhz) {
    // 3GPP TR 38.901 gives it for antennas of 25 m; out of sight, height counts in the slant alone.
    for (double km = 0.01; km <= 5; km *= 1.1) {
      double[] signals = byHeight(mhz, Environment.URBAN, km, 150);
      for (int i = 1; i < signals.length; i++) {
        double farther =
            Slant.distanceM(1000 * km, 30 + i, 1.5) / Slant.distanceM(1000 * km, 29 + i, 1.5);
        assertThat(signals[i])
            .as("%.3f km, %d m", km, 30 + i)
            .isGreaterThan(signals[i - 1] - 40 * Math.log10(farther) - 2e-6);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {900, 1800, 3500})
  void probabilityGrowsWithPowerAndFallsWithTheThreshold(double mhz) {
    double weak = 0;
    for (double eirp = 0; eirp <= 60; eirp += 5) {
      Signal signal = LINK.signal(eirp, mhz, 30, Environment.SUBURBAN, 3);
      double outdoor = signal.probabilityAtLeast(-105);
      assertThat(outdoor).isBetween(weak, 1.0);
      assertThat(signal.probabilityAtLeast(-95)).isBetween(0.0, outdoor);
      weak = outdoor;
    }
  }

  @Test
  void citiesLoseMoreThanSuburbsAndSuburbsMoreThanOpenLand() {
    for (double mhz : new double[] {700, 900, 1800, 2100}) {
      assertThat(median(mhz, Environment.URBAN, 3))
          .isLessThan(median(mhz, Environment.SUBURBAN, 3));
      assertThat(median(mhz, Environment.SUBURBAN, 3)).isLessThan(median(mhz, Environment.OPEN, 3));
    }
  }

  @Test
  void nothingBeyondTheReachIsServedWithMoreThanTheFloor() {
    double reach = LINK.reachKm(31.218, 800, 30, 0, -105, 0.01, 200);
    assertThat(LINK.signal(31.218, 800, 30, Environment.OPEN, reach).probabilityAtLeast(-105))
        .isCloseTo(0.01, within(1e-6));
    assertThat(LINK.reachKm(31.218, 800, 30, 0, -105, 0.01, 15)).isEqualTo(15);
    assertThat(LINK.reachKm(31.218, 800, 30, 0, -105, 0.5, 200)).isCloseTo(10.631, within(1e-3));
  }
}
