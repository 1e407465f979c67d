package org.inclusionmaps.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class KeyedDrawsTest {
  private static final KeyedDraws DRAWS = new KeyedDraws(20260101);
  private static final int MANY = 200_000;
  private static final long HEXAGON = 0x8828308281fffffL;

  @Test
  void mixesAsSplitMix64() {
    // The first outputs of SplitMix64 from seed 0, as its reference implementation gives them.
    long step = 0x9E3779B97F4A7C15L;
    assertThat(KeyedDraws.mix(step)).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(KeyedDraws.mix(2 * step)).isEqualTo(0x6E789E6AA1B965F4L);
    assertThat(KeyedDraws.mix(3 * step)).isEqualTo(0x06C45D188009454FL);
  }

  @Test
  void isTheSameForEver() {
    // By a second implementation, in Python with whole numbers and SciPy's ndtri.
    assertThat(new KeyedDraws(0).uniform(0, 0, 0)).isEqualTo(0x1.5a2a6c2c68b02p-2);
    assertThat(new KeyedDraws(42).uniform(3, HEXAGON, 7)).isEqualTo(0x1.f56419bc8a987p-1);
    assertThat(new KeyedDraws(-1).uniform(-1, -1, -1)).isEqualTo(0x1.ad90ed9f4ef9ep-2);
    assertThat(new KeyedDraws(2026).uniform(1, 0, 99)).isEqualTo(0x1.4a6ccfa6c620cp-3);
    assertThat(new KeyedDraws(0).normal(0, 0, 0)).isCloseTo(-0.41778419382256526, within(1e-15));
    assertThat(new KeyedDraws(42).normal(3, HEXAGON, 7))
        .isCloseTo(2.0390870835486195, within(1e-14));
    assertThat(new KeyedDraws(2026).normal(1, 0, 99)).isCloseTo(-0.988964100053695, within(1e-15));
  }

  @Test
  void keysTextsAsFnvDoes() {
    // The vectors of draft-eastlake-fnv; the last by a second implementation.
    assertThat(KeyedDraws.key("")).isEqualTo(0xCBF29CE484222325L);
    assertThat(KeyedDraws.key("a")).isEqualTo(0xAF63DC4C8601EC8CL);
    assertThat(KeyedDraws.key("foobar")).isEqualTo(0x85944171F73967E8L);
    assertThat(KeyedDraws.key("BO-01 Potosí")).isEqualTo(0x7B6A14712E2B72B3L);
  }

  @Test
  void isTheInverseOfTheNormalDistribution() {
    // By mpmath, in 40 digits.
    assertThat(NormalQuantile.of(.3)).isCloseTo(-0.5244005127080408, within(2e-16));
    assertThat(NormalQuantile.of(1e-5)).isCloseTo(-4.264890793922825, within(2e-15));
    assertThat(NormalQuantile.of(.0749)).isCloseTo(-1.4402382675279637, within(5e-16));
    assertThat(NormalQuantile.of(0x1p-53)).isCloseTo(-8.209536151601387, within(4e-15));
    assertThat(NormalQuantile.of(.5)).isEqualTo(0);
    assertThat(NormalQuantile.of(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(NormalQuantile.of(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(NormalQuantile.of(-.1)).isNaN();
    assertThat(NormalQuantile.of(Double.NaN)).isNaN();
  }

  @Test
  void isTheInverseThatHipparchusGives() {
    var normal = new NormalDistribution(0, 1);
    for (int i = 1; i < 20_000; i++) {
      double p = i / 20_000.0;
      assertThat(NormalQuantile.of(p))
          .isCloseTo(normal.inverseCumulativeProbability(p), within(1e-9));
      double tail = Math.pow(p, 8);
      double z = NormalQuantile.of(tail);
      assertThat(normal.cumulativeProbability(z) / tail).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void isUniformOverKeysReplicatesAndComponents() {
    // At 0.01 %: a right generator fails none of these fixed seeds but by a chance of 1 in 1,600.
    assertUniform(i -> DRAWS.uniform(1, i, 0));
    assertUniform(i -> DRAWS.uniform(1, HEXAGON + ((long) i << 19), 0));
    assertUniform(i -> DRAWS.uniform(1, HEXAGON, i));
    assertUniform(i -> DRAWS.uniform(i, HEXAGON, 0));
    assertUniform(i -> new KeyedDraws(i).uniform(1, HEXAGON, 0));
    assertUniform(i -> DRAWS.uniform(1, KeyedDraws.key("BO-" + i), 0));
  }

  private static void assertUniform(IntToDoubleFunction draw) {
    int bins = 256;
    int[] counts = new int[bins];
    for (int i = 0; i < MANY; i++) {
      counts[(int) (bins * draw.applyAsDouble(i))]++;
    }
    double expected = MANY / (double) bins;
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    assertThat(1 - new ChiSquaredDistribution(bins - 1).cumulativeProbability(chiSquare))
        .isBetween(1e-4, 1 - 1e-4);
  }

  @Test
  void isNormal() {
    double[] draws = new double[20_000];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < MANY; i++) {
      double z = DRAWS.normal(2, i, i % 100);
      draws[i % draws.length] = z;
      sum += z;
      squares += z * z;
    }
    assertThat(sum / MANY).isCloseTo(0, within(4 / Math.sqrt(MANY)));
    assertThat(squares / MANY).isCloseTo(1, within(4 * Math.sqrt(2.0 / MANY)));
    double p =
        new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new NormalDistribution(0, 1), draws);
    assertThat(p).isGreaterThan(1e-3);
  }

  @Test
  void neighboursAreNotCorrelated() {
    IntToDoubleFunction here = i -> DRAWS.normal(1, i, i % 100);
    assertUncorrelated(here, i -> DRAWS.normal(1, i + 1L, i % 100));
    assertUncorrelated(here, i -> DRAWS.normal(1, i, i % 100 + 1));
    assertUncorrelated(here, i -> DRAWS.normal(2, i, i % 100));
    assertUncorrelated(here, i -> new KeyedDraws(20260102).normal(1, i, i % 100));
    assertUncorrelated(here, i -> DRAWS.normal(200 + i % 100, i, i % 100));
    assertUncorrelated(
        i -> here.applyAsDouble(i) * here.applyAsDouble(i) - 1,
        i -> Math.abs(DRAWS.normal(1, i + 1L, i % 100)) - Math.sqrt(2 / Math.PI));
  }

  private static void assertUncorrelated(IntToDoubleFunction one, IntToDoubleFunction other) {
    double products = 0;
    double ones = 0;
    double others = 0;
    for (int i = 0; i < MANY; i++) {
      double a = one.applyAsDouble(i);
      double b = other.applyAsDouble(i);
      products += a * b;
      ones += a * a;
      others += b * b;
    }
    assertThat(products / Math.sqrt(ones * others)).isCloseTo(0, within(4 / Math.sqrt(MANY)));
  }

  @Test
  void staysWithinItsEnds() {
    assertThat(NormalQuantile.of(1 - 0x1p-53))
        .isCloseTo(-NormalQuantile.of(0x1p-53), within(1e-12));
    for (int i = 0; i < MANY; i++) {
      assertThat(DRAWS.uniform(7, i, 3)).isBetween(0x1p-53, 1 - 0x1p-53);
    }
  }
}
