package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sampler against its law. Seeds are fixed: a right sampler of another seed fails the bounds of
 * one test with probability 2 in 10,000, and one whose scale is 2 % off passes none.
 */
class DiscreteGaussianTest {
  private static final int SOME = 200_000;
  private static final int MANY = 1_000_000;

  /** (1.02)², what a scale that is 2 % off does to the variance. */
  private static final Rational TWO_PERCENT = Rational.of(10_404, 10_000);

  private static KeyedBits bits(int seed) {
    byte[] bytes = new byte[KeyedBits.SEED_BYTES];
    bytes[0] = (byte) seed;
    return new KeyedBits(bytes);
  }

  private static void followsItsLawAndNoOther(Rational variance, int draws) {
    WholeLaw law = WholeLaw.gaussian(variance.roundedUp());
    var sampler = new DiscreteGaussian(variance);
    var bits = bits(1);
    assertThat(law.pValue(draws, () -> sampler.draw(bits))).isBetween(1e-4, 1 - 1e-4);
    var wide = new DiscreteGaussian(variance.times(TWO_PERCENT));
    assertThat(law.pValue(draws, () -> wide.draw(bits))).isLessThan(1e-6);
    var narrow = new DiscreteGaussian(variance.dividedBy(TWO_PERCENT));
    assertThat(law.pValue(draws, () -> narrow.draw(bits))).isLessThan(1e-6);
  }

  @ParameterizedTest
  @CsvSource({"1,4", "1,2", "1,1", "2,1", "50,1", "400,1", "10000,1", "100,3"})
  void followsItsLawAndNoScaleTwoPercentOff(long numerator, long denominator) {
    followsItsLawAndNoOther(Rational.of(numerator, denominator), SOME);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"1,4", "1,2", "1,1", "2,1", "50,1", "400,1", "10000,1", "100,3"})
  void followsItsLawInAMillionDraws(long numerator, long denominator) {
    followsItsLawAndNoOther(Rational.of(numerator, denominator), MANY);
  }

  @ParameterizedTest
  @CsvSource({"1,4", "1,1", "50,1", "10000,1"})
  void numbersBeyondALongFollowTheSameLaw(long numerator, long denominator) {
    // The fraction is off by 1 in 10^40, so nothing of it fits in a long.
    BigInteger large = BigInteger.TEN.pow(40);
    var close =
        new Rational(
            BigInteger.valueOf(numerator).multiply(large).add(BigInteger.ONE),
            BigInteger.valueOf(denominator).multiply(large));
    var sampler = new DiscreteGaussian(close);
    var bits = bits(2);
    WholeLaw law = WholeLaw.gaussian((double) numerator / (double) denominator);
    assertThat(law.pValue(SOME / 4, () -> sampler.draw(bits))).isBetween(1e-4, 1 - 1e-4);
  }

  @Test
  void aRoundedNormalIsNotTheLaw() {
    // What rounding a continuous draw would give: its variance is larger by 1/12.
    var random = new Random(4);
    WholeLaw law = WholeLaw.gaussian(.5);
    double p = law.pValue(SOME, () -> Math.round(Math.sqrt(.5) * random.nextGaussian()));
    assertThat(p).isLessThan(1e-6);
    // Nor with that variance made good.
    double sd = Math.sqrt(law.variance() - 1.0 / 12);
    p = law.pValue(SOME, () -> Math.round(sd * random.nextGaussian()));
    assertThat(p).isLessThan(1e-6);
  }

  @Test
  void drawsOfLargeVariancesHaveIt() {
    for (long variance : new long[] {1_000_000_000L, 1_000_000_000_000_000_000L}) {
      var sampler = new DiscreteGaussian(Rational.of(variance, 1));
      var bits = bits(3);
      double sum = 0;
      double squares = 0;
      int draws = 20_000;
      for (int i = 0; i < draws; i++) {
        double z = sampler.draw(bits) / Math.sqrt((double) variance);
        sum += z;
        squares += z * z;
      }
      assertThat(sum / draws).isCloseTo(0, within(4 / Math.sqrt(draws)));
      assertThat(squares / draws).isCloseTo(1, within(4 * Math.sqrt(2.0 / draws)));
    }
  }

  @Test
  void oneDrawTellsNothingOfTheNext() {
    var sampler = new DiscreteGaussian(Rational.of(2, 1));
    var bits = bits(5);
    double products = 0;
    double squares = 0;
    long before = sampler.draw(bits);
    for (int i = 0; i < SOME; i++) {
      long drawn = sampler.draw(bits);
      products += drawn * before;
      squares += (drawn * drawn - 2) * (before * before - 2);
      before = drawn;
    }
    assertThat(products / SOME / 2).isCloseTo(0, within(4 / Math.sqrt(SOME)));
    assertThat(squares / SOME / 8).isCloseTo(0, within(4 / Math.sqrt(SOME)));
  }

  @Test
  void refusesVariancesOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DiscreteGaussian(Rational.ZERO))
        .withMessageContaining("variance 0");
    assertThatIllegalArgumentException().isThrownBy(() -> new DiscreteGaussian(Rational.of(-1, 2)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DiscreteGaussian(Rational.of(Long.MAX_VALUE, 1)));
  }
}
