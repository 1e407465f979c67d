package org.inclusionmaps.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.inclusionmaps.estimation.Raking.Margin;
import org.junit.jupiter.api.Test;

class LogitShiftTest {
  private static double sum(double[] persons, double[] rates, double shift) {
    double sum = 0;
    for (int i = 0; i < rates.length; i++) {
      sum += persons[i] * LogitShift.apply(rates[i], shift);
    }
    return sum;
  }

  @Test
  void isTheDifferenceOfTheLogitsForOneArea() {
    // From 20 % to 50 %: ln 1 − ln(1/4).
    assertThat(LogitShift.of(new double[] {10}, new double[] {.2}, 5))
        .isCloseTo(Math.log(4), within(1e-14));
    assertThat(LogitShift.apply(.2, Math.log(4))).isCloseTo(.5, within(1e-15));
  }

  @Test
  void isRakingOfThoseWithAndWithout() {
    var random = new Random(8);
    for (int round = 0; round < 50; round++) {
      int n = 2 + random.nextInt(10);
      double[] persons = new double[n];
      double[] rates = new double[n];
      double[] table = new double[2 * n];
      int[] area = new int[2 * n];
      int[] with = new int[2 * n];
      double all = 0;
      for (int i = 0; i < n; i++) {
        persons[i] = 1 + random.nextInt(1000);
        rates[i] = .05 + .9 * random.nextDouble();
        all += persons[i];
        for (int k = 0; k < 2; k++) {
          table[2 * i + k] = persons[i] * (k == 0 ? rates[i] : 1 - rates[i]);
          area[2 * i + k] = i;
          with[2 * i + k] = k;
        }
      }
      double total = all * (.1 + .8 * random.nextDouble());
      double shift = LogitShift.of(persons, rates, total);
      double[] raked =
          Raking.fit(
              table,
              List.of(
                  new Margin(area, persons), new Margin(with, new double[] {total, all - total})));
      for (int i = 0; i < n; i++) {
        assertThat(persons[i] * LogitShift.apply(rates[i], shift))
            .isCloseTo(raked[2 * i], within(1e-5 * persons[i]));
      }
    }
  }

  @Test
  void meetsTheTotalFromAnyRates() {
    var random = new Random(9);
    for (int round = 0; round < 500; round++) {
      int n = 1 + random.nextInt(50);
      double[] persons = new double[n];
      double[] rates = new double[n];
      double all = 0;
      for (int i = 0; i < n; i++) {
        persons[i] = Math.exp(12 * random.nextDouble());
        rates[i] = 1 / (1 + Math.exp(30 * random.nextGaussian()));
        rates[i] = Math.max(1e-300, Math.min(1 - 1e-16, rates[i]));
        all += persons[i];
      }
      double total = all * Math.pow(random.nextDouble(), 1 + random.nextInt(8));
      double shift = LogitShift.of(persons, rates, total);
      assertThat(sum(persons, rates, shift) / total).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void leavesRatesOfNoneAndAll() {
    double[] persons = {10, 20, 30, 40};
    double[] rates = {0, 1, .5, .25};
    double shift = LogitShift.of(persons, rates, 60);
    assertThat(LogitShift.apply(0, shift)).isEqualTo(0);
    assertThat(LogitShift.apply(1, shift)).isEqualTo(1);
    assertThat(sum(persons, rates, shift)).isCloseTo(60, within(1e-12));
    assertThat(LogitShift.of(persons, new double[] {0, 1, 0, 1}, 60)).isEqualTo(0);
  }

  @Test
  void isNoShiftWhereTheTotalHolds() {
    assertThat(LogitShift.of(new double[] {10, 30}, new double[] {.2, .7}, 23))
        .isCloseTo(0, within(1e-14));
  }

  @Test
  void saysWhatIsOutOfReach() {
    double[] persons = {10, 20, 30};
    double[] rates = {0, 1, .5};
    for (double total : new double[] {0, 20, 50, 60}) {
      assertThatExceptionOfType(InfeasibleException.class)
          .isThrownBy(() -> LogitShift.of(persons, rates, total))
          .withMessageContaining("must be above 20.0")
          .withMessageContaining("below 50.0")
          .satisfies(e -> assertThat(e.reached()).isEqualTo(total <= 20 ? 20 : 50));
    }
    assertThatExceptionOfType(InfeasibleException.class)
        .isThrownBy(() -> LogitShift.of(new double[] {}, new double[] {}, 5));
  }

  @Test
  void refusesWhatIsNoRate() {
    double[] one = {1};
    assertThatThrownBy(() -> LogitShift.of(one, new double[] {1.5}, 1))
        .isExactlyInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LogitShift.of(new double[] {-1}, new double[] {.5}, 1))
        .isExactlyInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LogitShift.of(one, new double[] {.5, .5}, 1))
        .isExactlyInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LogitShift.of(one, new double[] {.5}, Double.NaN))
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }
}
