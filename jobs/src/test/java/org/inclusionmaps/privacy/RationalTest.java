package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RationalTest {
  @Test
  void isInLowestTermsOverAPositiveNumber() {
    assertThat(Rational.of(6, -4)).isEqualTo(Rational.of(-3, 2)).hasToString("-3/2");
    assertThat(Rational.of(0, -7)).isEqualTo(Rational.ZERO).hasToString("0");
    assertThat(Rational.of(80, 2)).hasToString("40");
    assertThatIllegalArgumentException().isThrownBy(() -> Rational.of(1, 0));
  }

  @Test
  void readsDecimalsAsTheyAreWritten() {
    assertThat(Rational.of(new BigDecimal("0.0125"))).isEqualTo(Rational.of(1, 80));
    assertThat(Rational.of(new BigDecimal("1e3"))).isEqualTo(Rational.of(1000, 1));
    assertThat(Rational.of(new BigDecimal("-2.50"))).isEqualTo(Rational.of(-5, 2));
  }

  @Test
  void reckonsExactly() {
    assertThat(Rational.of(1, 3).plus(Rational.of(1, 6))).isEqualTo(Rational.of(1, 2));
    assertThat(Rational.of(2, 3).times(Rational.of(9, 4))).isEqualTo(Rational.of(3, 2));
    assertThat(Rational.of(2, 3).dividedBy(Rational.of(-4, 9))).isEqualTo(Rational.of(-3, 2));
    assertThat(Rational.of(1, 3)).isLessThan(Rational.of(334, 1000));
    Rational tenth = Rational.of(1, 10);
    Rational sum = Rational.ZERO;
    for (int i = 0; i < 10; i++) {
      sum = sum.plus(tenth);
    }
    assertThat(sum).isEqualTo(Rational.ONE);
  }

  @Test
  void roundsDownToWholeNumbers() {
    assertThat(Rational.of(7, 2).floor()).isEqualTo(BigInteger.valueOf(3));
    assertThat(Rational.of(-7, 2).floor()).isEqualTo(BigInteger.valueOf(-4));
    assertThat(Rational.of(-4, 2).floor()).isEqualTo(BigInteger.valueOf(-2));
  }

  @Test
  void asADoubleIsNeverLess() {
    assertThat(Rational.of(1, 2).roundedUp()).isEqualTo(.5);
    var random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      var exact = Rational.of(random.nextInt(), 1 + random.nextInt(1 << 30));
      double up = exact.roundedUp();
      assertThat(Rational.of(new BigDecimal(up))).isGreaterThanOrEqualTo(exact);
      assertThat(Rational.of(new BigDecimal(Math.nextDown(Math.nextDown(up))))).isLessThan(exact);
    }
  }

  @Test
  void readsFractionsAndDecimalsAsWritten() {
    assertThat(Rational.parse("0.0125")).isEqualTo(Rational.of(1, 80));
    assertThat(Rational.parse(" 1 / 80 ")).isEqualTo(Rational.of(1, 80));
    for (String bad : new String[] {"a", "1/0", "1/-2", "", "1/2/3"}) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> Rational.parse(bad))
          .isInstanceOf(NumberFormatException.class);
    }
  }
}
