package org.inclusionmaps.affordability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OffersTest {
  @Test
  void leavesToADearerOperatorOnlyWhereItReachesFurther() {
    var offers = Offers.failingTogether(new double[] {3, 1, 2}, new double[] {.9, .5, .4});
    assertThat(offers.coverage()).isCloseTo(.9, within(1e-12));
    assertThat(offers.chance(1)).isCloseTo(.5, within(1e-12));
    assertThat(offers.chance(2)).isZero();
    assertThat(offers.chance(0)).isCloseTo(.4, within(1e-12));
    assertThat(offers.expectedPrice()).isCloseTo((.5 * 1 + .4 * 3) / .9, within(1e-12));
    assertThat(offers.mostLikely()).isEqualTo(1);
  }

  @Test
  void multipliesWhereOperatorsFailEachForItself() {
    var offers = Offers.failingApart(new double[] {1, 2}, new double[] {.5, .5});
    assertThat(offers.coverage()).isCloseTo(.75, within(1e-12));
    assertThat(offers.chance(1)).isCloseTo(.25, within(1e-12));
  }

  @Test
  void weighsTheSharesThatCannotAffordEachPrice() {
    // At 2 % a price of 1 asks for 50 and a price of 3 for 150 of income.
    var offers = Offers.failingTogether(new double[] {1, 3}, new double[] {.6, .8});
    double share = offers.shareUnaffordable(income -> income / 200, .02);
    assertThat(share).isCloseTo((.6 * .25 + .2 * .75) / .8, within(1e-12));
  }

  @Test
  void pricesAVillageThatOnlyTheDearOperatorReaches() {
    var village = Offers.failingTogether(new double[] {1, 3}, new double[] {0, .8});
    assertThat(village.expectedPrice()).isCloseTo(3, within(1e-12));
    assertThat(village.mostLikely()).isEqualTo(1);
  }

  @Test
  void countsAnOperatorWithoutAPriceAsCoverageThatNobodyCanPay() {
    var offers =
        Offers.failingTogether(new double[] {Double.POSITIVE_INFINITY, 2}, new double[] {.8, .2});
    var income = LognormalIncome.ofGini(100, .4);
    assertThat(offers.coverage()).isCloseTo(.8, within(1e-12));
    assertThat(offers.expectedPrice()).isEqualTo(2);
    assertThat(offers.mostLikely()).isEqualTo(1);
    assertThat(offers.shareUnaffordable(income::shareBelow, .02))
        .isCloseTo((.2 * income.shareBelow(100) + .6) / .8, within(1e-12));
  }

  @Test
  void hasNoPriceWithoutService() {
    var none = Offers.failingTogether(new double[] {1}, new double[] {0});
    assertThat(none.coverage()).isZero();
    assertThat(none.expectedPrice()).isNaN();
    assertThat(none.shareUnaffordable(income -> 1, .02)).isZero();
    assertThat(none.mostLikely()).isEqualTo(-1);
  }

  @Test
  void staysWithinBoundsAndNeverLosesFromDearerPrices() {
    var random = new Random(8);
    var income = LognormalIncome.ofGini(100, .4);
    for (int round = 0; round < 1000; round++) {
      int n = 1 + random.nextInt(4);
      double[] prices = random.doubles(n, 0, 5).toArray();
      double[] q = random.doubles(n, 0, 1).toArray();
      var together = Offers.failingTogether(prices, q);
      var apart = Offers.failingApart(prices, q);
      double best = 0;
      double sum = 0;
      for (int i = 0; i < n; i++) {
        best = Math.max(best, q[i]);
        sum += together.chance(i);
      }
      assertThat(together.coverage()).isCloseTo(best, within(1e-12));
      assertThat(sum).isCloseTo(best, within(1e-12));
      assertThat(apart.coverage()).isBetween(best - 1e-12, 1.0);
      double share = together.shareUnaffordable(income::shareBelow, .02);
      assertThat(share).isBetween(0.0, 1.0);
      prices[random.nextInt(n)] *= 1.5;
      var dearer = Offers.failingTogether(prices, q);
      assertThat(dearer.shareUnaffordable(income::shareBelow, .02))
          .isGreaterThanOrEqualTo(share - 1e-12);
    }
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Offers.failingTogether(new double[] {1}, new double[] {1.1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Offers.failingApart(new double[] {1, 2}, new double[] {1}));
  }
}
