package org.inclusionmaps.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.stat.descriptive.rank.Percentile;
import org.hipparchus.stat.descriptive.rank.Percentile.EstimationType;
import org.junit.jupiter.api.Test;

class QuantilesTest {
  private static final Percentile TYPE_7 = new Percentile().withEstimationType(EstimationType.R_7);

  @Test
  void interpolatesBetweenTheTwoNearest() {
    // h = 99 × .05 = 4.95: x[4] + .95 (x[5] − x[4]).
    double[] values = new double[100];
    Arrays.setAll(values, i -> (i * 37 + 11) % 100);
    double[] scratch = new double[100];
    assertThat(Quantiles.of(values, Quantiles.LOW, scratch)).isCloseTo(4.95, within(1e-12));
    assertThat(Quantiles.of(values, Quantiles.HIGH, scratch)).isCloseTo(94.05, within(1e-12));
    assertThat(Quantiles.of(values, .5, scratch)).isCloseTo(49.5, within(1e-12));
    assertThat(Quantiles.of(values, 0, scratch)).isEqualTo(0);
    assertThat(Quantiles.of(values, 1, scratch)).isEqualTo(99);
    assertThat(Quantiles.of(new double[] {7}, .3, scratch)).isEqualTo(7);
  }

  @Test
  void isHipparchusTypeSeven() {
    var random = new Random(1);
    for (int round = 0; round < 1000; round++) {
      int n = 1 + random.nextInt(random.nextBoolean() ? 8 : 300);
      int levels = 1 + random.nextInt(1000);
      double[] values = new double[n];
      long[] whole = new long[n];
      for (int i = 0; i < n; i++) {
        whole[i] = random.nextInt(levels) - levels / 2L;
        values[i] = whole[i] + random.nextInt(2) * random.nextDouble();
      }
      for (double q : new double[] {.05, .95, .5, .01, .99, random.nextDouble(), 1}) {
        assertThat(Quantiles.of(values, q, new double[n]))
            .isCloseTo(TYPE_7.evaluate(values, 100 * q), within(1e-9));
        assertThat(Quantiles.of(whole, q, new long[n + 3]))
            .isCloseTo(
                TYPE_7.evaluate(Arrays.stream(whole).asDoubleStream().toArray(), 100 * q),
                within(1e-9));
      }
    }
  }

  @Test
  void leavesTheValuesAsTheyAre() {
    double[] values = {3, 1, 2};
    long[] whole = {3, 1, 2};
    Quantiles.of(values, .95, new double[3]);
    Quantiles.of(whole, .95, new long[3]);
    assertThat(values).containsExactly(3, 1, 2);
    assertThat(whole).containsExactly(3, 1, 2);
  }

  @Test
  void takesNumbersOfAnySize() {
    long[] whole = {Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0};
    assertThat(Quantiles.of(whole, 0, new long[4])).isEqualTo(0x1p63 * -1);
    assertThat(Quantiles.of(whole, .9, new long[4])).isEqualTo(0x1p63);
    double[] values = {1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    assertThat(Quantiles.of(values, .95, new double[3])).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void refusesWhatHasNoQuantile() {
    double[] ten = new double[10];
    assertThatIllegalArgumentException().isThrownBy(() -> Quantiles.of(new double[] {}, .5, ten));
    assertThatIllegalArgumentException().isThrownBy(() -> Quantiles.of(ten, 1.1, ten));
    assertThatIllegalArgumentException().isThrownBy(() -> Quantiles.of(ten, Double.NaN, ten));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantiles.of(ten, .5, new double[9]))
        .withMessageContaining("scratch of 9");
    for (int n : new int[] {10, 200}) {
      double[] values = new double[n];
      values[n / 2] = Double.NaN;
      for (double q : new double[] {.05, .5, .95}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Quantiles.of(values, q, new double[n]))
            .withMessage("a value is not a number");
      }
    }
  }
}
