package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RationalTest {
  @Test
  void isInLowestTerms() {
    assertThat(Rational.of(6, 4)).isEqualTo(Rational.of(3, 2)).hasToString("3/2");
    assertThat(Rational.of(-4, 2)).hasToString("-2");
    assertThatIllegalArgumentException().isThrownBy(() -> Rational.of(1, 0));
  }

  @Test
  void takesDecimalsAsWritten() {
    assertThat(Rational.parse("0.0125")).isEqualTo(Rational.of(1, 80));
    assertThat(Rational.parse(" 1 / 80 ")).isEqualTo(Rational.of(1, 80));
    assertThat(Rational.parse("2e3")).isEqualTo(Rational.of(2000, 1));
    for (String bad : new String[] {"a", "1/0", "1/-2", "", "1/2/3"}) {
      assertThatThrownBy(() -> Rational.parse(bad)).isInstanceOf(NumberFormatException.class);
    }
  }

  @Test
  void addsUpWithoutAnyError() {
    Rational sum = Rational.ZERO;
    for (int i = 0; i < 1000; i++) {
      sum = sum.plus(Rational.parse("0.001"));
    }
    assertThat(sum).isEqualTo(Rational.of(1, 1));
    assertThat(sum.minus(Rational.of(1, 3)).times(Rational.of(3, 4)).over(Rational.of(-1, 2)))
        .isEqualTo(Rational.of(-1, 1));
    assertThat(Rational.of(1, 3).compareTo(Rational.of(33, 100))).isPositive();
    assertThat(Rational.of(1, 3).asDouble()).isEqualTo(1.0 / 3);
    assertThatIllegalArgumentException().isThrownBy(() -> Rational.of(1, 1).over(Rational.ZERO));
  }
}
