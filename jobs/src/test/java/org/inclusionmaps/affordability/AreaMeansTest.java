package org.inclusionmaps.affordability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AreaMeansTest {
  private static final LognormalIncome NATION = new LognormalIncome(100, 1);

  @Test
  void givesAreasWithoutAMeanWhatIncomeTheOthersLeave() {
    // Three persons have 300; the first has 160, so the two others, alike, have 70 each.
    double[] means =
        AreaMeans.of(
            NATION,
            new double[] {1, 1, 1},
            new double[] {160, Double.NaN, Double.NaN},
            new double[] {.9, .4, .4});
    assertThat(means[0]).isEqualTo(160);
    assertThat(means[1]).isCloseTo(70, within(1e-9));
    assertThat(means[2]).isCloseTo(70, within(1e-9));
  }

  @Test
  void ordersAreasByTheirPoverty() {
    double[] means =
        AreaMeans.of(
            NATION,
            new double[] {1, 1, 1},
            new double[] {Double.NaN, Double.NaN, Double.NaN},
            new double[] {.9, .5, .1});
    assertThat(means[0]).isLessThan(means[1]);
    assertThat(means[1]).isLessThan(means[2]);
  }

  @Test
  void refusesMeansThatLeaveNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                AreaMeans.of(
                    NATION,
                    new double[] {1, 1},
                    new double[] {200, Double.NaN},
                    new double[] {Double.NaN, .5}))
        .withMessageContaining("more income than the nation's mean");
  }
}
