package org.inclusionmaps.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Draws keep to their distributions; the bounds are five standard errors wide. */
class DrawsTest {
  private static final int N = 20_000;
  private final Draws draws = new Draws(11);

  @Test
  void uniformsHaveMeanAHalf() {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += draws.uniform(What.AGE, i);
    }
    assertThat(sum / N).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / N)));
  }

  @Test
  void normalsHaveMean0AndVariance1() {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < N; i++) {
      double drawn = draws.normal(What.AGE, i);
      sum += drawn;
      squares += drawn * drawn;
    }
    assertThat(sum / N).isCloseTo(0, within(5 / Math.sqrt(N)));
    assertThat(squares / N).isCloseTo(1, within(5 * Math.sqrt(2.0 / N)));
  }

  @Test
  void noTwoIdsShareTheBitsThatPseudonymsAreMadeOf() {
    Set<Long> seen = new HashSet<>();
    for (long i = 0; i < N; i++) {
      assertThat(seen.add(draws.bits(What.SIM, i << 20, 0))).isTrue();
    }
  }

  @Test
  void whatForAndSeedChangeTheDraw() {
    assertThat(draws.bits(What.AGE, 1, 0))
        .isNotEqualTo(draws.bits(What.SEX, 1, 0))
        .isNotEqualTo(new Draws(12).bits(What.AGE, 1, 0))
        .isEqualTo(new Draws(11).bits(What.AGE, 1, 0));
  }
}
