package org.inclusionmaps.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;

class SignalTest {
  @Test
  void probabilityIsTheNormalDistributionFunction() {
    var normal = new NormalDistribution();
    double before = 0;
    for (double x = -12; x <= 12; x += 0.003) {
      double value = CoverageProbability.normal(x);
      assertThat(value).isCloseTo(normal.cumulativeProbability(x), within(2e-15));
      assertThat(value).isGreaterThanOrEqualTo(before - 1e-16);
      before = value;
    }
    assertThat(CoverageProbability.atLeast(-95, -95, 8)).isCloseTo(0.5, within(1e-15));
    assertThat(CoverageProbability.atLeast(-87, -95, 8))
        .isCloseTo(0.8413447460685429, within(1e-14));
    assertThat(CoverageProbability.atLeast(-500, -95, 8)).isZero();
  }

  @Test
  void probabilitiesOfTwoStatesAreMixedAndNotTheirDecibels() {
    // One state serves surely, the other never: a quarter are served. The mean signal would say
    // none.
    var signal = new Signal(0.25, -60, 4, -200, 8);
    assertThat(signal.probabilityAtLeast(-105)).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void theMedianOfAMixtureIsExceededWithAnEvenChance() {
    for (double share : new double[] {0, 0.1, 0.5, 0.9, 1}) {
      var signal = new Signal(share, -80, 4, -100, 8);
      double median = signal.medianDbm();
      assertThat(median).isBetween(-100.0, -80.0);
      assertThat(signal.probabilityAtLeast(median)).isCloseTo(0.5, within(1e-6));
    }
  }

  @Test
  void theAntennaIsThreeDecibelsDownAtHalfItsBeamwidth() {
    assertThat(AntennaPattern.horizontalDb(0, 65)).isZero();
    assertThat(AntennaPattern.horizontalDb(32.5, 65)).isCloseTo(-3, within(1e-12));
    assertThat(AntennaPattern.horizontalDb(-32.5 + 720, 65)).isCloseTo(-3, within(1e-9));
    assertThat(AntennaPattern.horizontalDb(180, 65)).isEqualTo(-25);
    assertThat(AntennaPattern.horizontalDb(180, 360)).isZero();
    assertThat(AntennaPattern.verticalDb(6, 1, 10)).isCloseTo(-3, within(1e-12));
    assertThat(AntennaPattern.verticalDb(90, 4, 10)).isEqualTo(-20);
  }

  @Test
  void theAntennaNeverGainsNorFallsUnderItsFloor() {
    for (double azimuth = -400; azimuth <= 400; azimuth += 7) {
      for (double depression = -90; depression <= 90; depression += 5) {
        double gain =
            AntennaPattern.combinedDb(
                AntennaPattern.horizontalDb(azimuth, 65),
                AntennaPattern.verticalDb(depression, 3, 10));
        assertThat(gain).isBetween(-25.0, 0.0);
      }
    }
  }

  @Test
  void environmentsAreKnownByTheNamesInTables() {
    for (Environment environment : Environment.values()) {
      assertThat(Environment.of(environment.label())).isEqualTo(environment);
    }
    assertThatThrownBy(() -> Environment.of("sea"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no environment of the name sea");
  }
}
