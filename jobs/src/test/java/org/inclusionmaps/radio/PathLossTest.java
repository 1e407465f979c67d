package org.inclusionmaps.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Path losses printed by independent software for a base of 30 m and a handset of 1.5 m. */
class PathLossTest {
  @ParameterizedTest
  @CsvSource({
    "900, 1, 126.403, 116.461, 97.897",
    "900, 10, 161.628, 151.686, 133.122",
    "800, 1, 125.070, 115.430, 97.058"
  })
  void hataGivesThePublishedLosses(
      double mhz, double km, double urban, double suburban, double open) {
    assertThat(OkumuraHata.urbanLossDb(mhz, 30, 1.5, km)).isCloseTo(urban, within(5e-4));
    assertThat(OkumuraHata.suburbanLossDb(mhz, 30, 1.5, km)).isCloseTo(suburban, within(5e-4));
    assertThat(OkumuraHata.openLossDb(mhz, 30, 1.5, km)).isCloseTo(open, within(5e-4));
  }

  @ParameterizedTest
  @CsvSource({"1, 136.197", "5, 160.818", "10, 171.422"})
  void costGivesThePublishedLossesAt1800(double km, double urban) {
    assertThat(Cost231Hata.urbanLossDb(1800, 30, 1.5, km)).isCloseTo(urban, within(5e-4));
  }

  @Test
  void aMetropolitanCentreLosesThreeDecibelsAndItsOwnHandsetCorrection() {
    // a(1.5 m) = 3.2 (log 17.625)² − 4.97 = −0.0009 dB; the medium city's at 1800 MHz is 0.0431 dB.
    double large = 3.2 * Math.pow(Math.log10(17.625), 2) - 4.97;
    double medium = (1.1 * Math.log10(1800) - 0.7) * 1.5 - (1.56 * Math.log10(1800) - 0.8);
    assertThat(large).isCloseTo(-0.0009, within(5e-4));
    assertThat(
            Cost231Hata.metropolitanLossDb(1800, 30, 1.5, 1)
                - Cost231Hata.urbanLossDb(1800, 30, 1.5, 1))
        .isCloseTo(3 + medium - large, within(1e-9));
  }

  @Test
  void hataInALargeCityChangesItsHandsetCorrectionAt300Mhz() {
    assertThat(OkumuraHata.largeCityMobileCorrectionDb(200, 1.5))
        .isCloseTo(8.29 * Math.pow(Math.log10(2.31), 2) - 1.1, within(1e-12));
    assertThat(
            OkumuraHata.largeCityLossDb(900, 30, 1.5, 1) - OkumuraHata.urbanLossDb(900, 30, 1.5, 1))
        .isCloseTo(
            OkumuraHata.mobileCorrectionDb(900, 1.5)
                - OkumuraHata.largeCityMobileCorrectionDb(900, 1.5),
            within(1e-9));
  }

  /** ns-3's test values for 38.901, 5 GHz, base 35 m; its own tolerance. */
  @ParameterizedTest
  @CsvSource({"10, 77.3784", "100, 87.2965", "1000, 108.5577", "10000, 140.3896"})
  void ruralMacroInSightAgreesWithNs3(double groundM, double loss) {
    assertThat(RuralMacro.losLossDb(5, 35, 1.5, groundM)).isCloseTo(loss, within(0.05));
  }

  @ParameterizedTest
  @CsvSource({"10, 77.3784", "100, 95.7718", "1000, 133.5223", "5000, 160.5169"})
  void ruralMacroOutOfSightAgreesWithNs3(double groundM, double loss) {
    assertThat(RuralMacro.nlosLossDb(5, 35, 1.5, groundM)).isCloseTo(loss, within(0.05));
  }

  @Test
  void urbanMacroFollowsItsFormulasBeforeAndAfterTheBreakpoint() {
    // 2 GHz, 25 m and 1.5 m: the breakpoint is 4 × 24 × 0.5 × 2e9 / 3e8 = 320 m.
    double near = Math.sqrt(100 * 100 + 23.5 * 23.5);
    double far = Math.sqrt(1000 * 1000 + 23.5 * 23.5);
    assertThat(UrbanMacro.losLossDb(2, 25, 1.5, 100))
        .isCloseTo(28 + 22 * Math.log10(near) + 20 * Math.log10(2), within(1e-9));
    assertThat(UrbanMacro.losLossDb(2, 25, 1.5, 1000))
        .isCloseTo(
            28
                + 40 * Math.log10(far)
                + 20 * Math.log10(2)
                - 9 * Math.log10(320.0 * 320 + 23.5 * 23.5),
            within(1e-9));
    assertThat(UrbanMacro.nlosLossDb(2, 25, 1.5, 1000))
        .isCloseTo(13.54 + 39.08 * Math.log10(far) + 20 * Math.log10(2), within(1e-9));
  }

  @Test
  void lossInSightHasNoStepAtTheBreakpoint() {
    assertThat(UrbanMacro.losLossDb(2, 25, 1.5, 320.001))
        .isCloseTo(UrbanMacro.losLossDb(2, 25, 1.5, 319.999), within(0.01));
    double rural = 2 * Math.PI * 35 * 1.5 * 5e9 / 3e8;
    assertThat(RuralMacro.losLossDb(5, 35, 1.5, rural + 0.001))
        .isCloseTo(RuralMacro.losLossDb(5, 35, 1.5, rural - 0.001), within(0.01));
  }

  @Test
  void sightIsCertainNearTheMastAndFadesWithDistance() {
    assertThat(RuralMacro.losProbability(10)).isEqualTo(1);
    assertThat(RuralMacro.losProbability(1010)).isCloseTo(Math.exp(-1), within(1e-12));
    assertThat(UrbanMacro.losProbability(18)).isEqualTo(1);
    assertThat(UrbanMacro.losProbability(63))
        .isCloseTo(18.0 / 63 + Math.exp(-1) * 45 / 63, within(1e-12));
  }
}
