package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pieces of the sampler. Bounds are 4 standard deviations of the binomial distribution. */
class BernoulliExpTest {
  private static final int DRAWS = 200_000;

  private static KeyedBits bits() {
    byte[] seed = new byte[KeyedBits.SEED_BYTES];
    seed[5] = 77;
    return new KeyedBits(seed);
  }

  @ParameterizedTest
  @CsvSource({
    "0,1",
    "1,1000000",
    "1,3",
    "1,2",
    "2,3",
    "999,1000",
    "1,1",
    "4,3",
    "2,1",
    "7,2",
    "11,1",
    "4611686018427387904,9223372036854775807",
    "6917529027641081856,4611686018427387904"
  })
  void isTrueWithProbabilityExpOfMinusTheFraction(long numerator, long denominator) {
    double p = Math.exp(-numerator / (double) denominator);
    var bits = bits();
    int longs = 0;
    int bigs = 0;
    for (int i = 0; i < DRAWS; i++) {
      longs += BernoulliExp.draw(numerator, denominator, bits) ? 1 : 0;
      bigs +=
          BernoulliExp.draw(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator), bits)
              ? 1
              : 0;
    }
    double bound = 4 * Math.sqrt(p * (1 - p) / DRAWS) + 1e-12;
    assertThat(longs / (double) DRAWS).isCloseTo(p, within(bound));
    assertThat(bigs / (double) DRAWS).isCloseTo(p, within(bound));
  }

  @Test
  void numbersOfAnySizeGiveTheSameFromTheSameBits() {
    var one = bits();
    var other = bits();
    long denominator = 123_456_789_012_345L;
    for (int i = 0; i < 20_000; i++) {
      long numerator = i * 37_037_037_037L;
      assertThat(BernoulliExp.draw(numerator, denominator, one))
          .isEqualTo(
              BernoulliExp.draw(
                  BigInteger.valueOf(numerator), BigInteger.valueOf(denominator), other));
    }
    assertThat(one.next(60)).isEqualTo(other.next(60));
  }

  @Test
  void aHugeExponentIsFalse() {
    var bits = bits();
    BigInteger huge = BigInteger.ONE.shiftLeft(500);
    for (int i = 0; i < 1000; i++) {
      assertThat(BernoulliExp.draw(huge, BigInteger.ONE, bits)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 101})
  void theDiscreteLaplaceFollowsItsLaw(int scale) {
    var bits = bits();
    assertThat(WholeLaw.laplace(scale).pValue(DRAWS, () -> DiscreteLaplace.draw(scale, bits)))
        .isBetween(1e-4, 1 - 1e-4);
    assertThat(
            WholeLaw.laplace(1.03 * scale).pValue(DRAWS, () -> DiscreteLaplace.draw(scale, bits)))
        .isLessThan(1e-6);
  }
}
