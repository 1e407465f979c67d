package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DisclosureTest {
  private static final Disclosure RULES = new Disclosure(15, .30);

  @Test
  void showsACellThatIsSurelyLargeEnough() {
    // 15 + 1.6448536 · 10 = 31.448536
    assertThat(RULES.shows(new Estimate(31.4486, 100))).isTrue();
    assertThat(RULES.shows(new Estimate(31.4485, 100))).isFalse();
    assertThat(RULES.shows(new Estimate(-40, 100))).isFalse();
  }

  @Test
  void aRateIsReliableWhereItsCountIsKnownWell() {
    assertThat(RULES.isReliable(new Estimate(100, 900))).isTrue();
    assertThat(RULES.isReliable(new Estimate(99.9, 900))).isFalse();
    assertThat(RULES.isReliable(new Estimate(0, 1e-9))).isFalse();
    assertThat(RULES.isReliable(new Estimate(-100, 1))).isFalse();
    assertThat(RULES.isReliable(new Estimate(100, Double.POSITIVE_INFINITY))).isFalse();
  }

  @Test
  void aCellBelowTheLeastIsShownOneTimeInTwenty() {
    // 14 persons and noise of variance 200, over 20,000 cells: 4 standard deviations around 4.6 %.
    var noise =
        new KeyedNoise(
            NoiseKey.of(new byte[32]),
            new Measurement("2026-Q1", "inputs", "policy"),
            "persons",
            Rational.of(200, 1));
    int shown = 0;
    for (int cell = 0; cell < 20_000; cell++) {
      shown += RULES.shows(new Estimate(14 + noise.of("cell " + cell), 200)) ? 1 : 0;
    }
    assertThat(shown / 20_000.0).isBetween(.035, .05);
  }

  @Test
  void theMarginIsThatOfAnIntervalOf90Percent() {
    assertThat(new Estimate(5, 4).margin()).isCloseTo(3.2897072539029444, within(1e-15));
  }

  @Test
  void refusesLimitsAndEstimatesOutOfRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Disclosure(-1, .3));
    assertThatIllegalArgumentException().isThrownBy(() -> new Disclosure(15, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Estimate(Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Estimate(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Estimate(1, Double.NaN));
  }
}
