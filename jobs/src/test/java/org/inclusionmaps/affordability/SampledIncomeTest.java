package org.inclusionmaps.affordability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Expected values are sums that a reader can do. */
class SampledIncomeTest {
  /** 1, 2 and 1 persons with 100, 200 and 500: 4 persons with 1000. */
  private static final SampledIncome FOUR =
      SampledIncome.of(new double[] {500, 100, 200}, new double[] {1, 1, 2});

  @Test
  void countsThoseStrictlyBelow() {
    assertThat(FOUR.shareBelow(100)).isZero();
    assertThat(FOUR.shareBelow(100.01)).isEqualTo(.25);
    assertThat(FOUR.shareBelow(200)).isEqualTo(.25);
    assertThat(FOUR.shareBelow(201)).isEqualTo(.75);
    assertThat(FOUR.shareBelow(501)).isEqualTo(1);
    assertThat(FOUR.shareBelow(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(FOUR.shareBelow(-1)).isZero();
  }

  @Test
  void letsWhoHasExactlyTheLineAffordIt() {
    // A price of 4 is 2 % of 200.
    assertThat(FOUR.shareBelow(4 / .02)).isEqualTo(.25);
  }

  @Test
  void meansTheShortfalls() {
    // Below 400: one lacks 300 and two lack 200 each, of 4 times 400.
    assertThat(FOUR.shortfall(400)).isCloseTo(700 / 1600., within(1e-15));
    assertThat(FOUR.shortfall(100)).isZero();
    assertThat(FOUR.shortfall(0)).isZero();
    assertThat(FOUR.shortfall(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void sharesIncomeAlongStraightLines() {
    assertThat(FOUR.mean()).isEqualTo(250);
    assertThat(FOUR.incomeShareOfPoorest(.25)).isEqualTo(.1);
    assertThat(FOUR.incomeShareOfPoorest(.5)).isCloseTo(.3, within(1e-15));
    assertThat(FOUR.incomeShareOfPoorest(.75)).isEqualTo(.5);
    assertThat(FOUR.incomeShareOfPoorest(1)).isEqualTo(1);
    assertThat(FOUR.meanOfPoorest(.5)).isCloseTo(150, within(1e-12));
  }

  @Test
  void hasTheGiniOfAllPairs() {
    // Half the mean difference over the mean: of 16 ordered pairs, 4 differ by 100, 4 by 300 and
    // 2 by 400: 2400 / 16 / 2 / 250.
    assertThat(FOUR.gini()).isCloseTo(.3, within(1e-15));
  }

  @Test
  void takesAWeightForThatManyPersons() {
    var each = SampledIncome.of(new double[] {200, 100, 200, 500}, new double[] {1, 1, 1, 1});
    assertThat(each.gini()).isCloseTo(FOUR.gini(), within(1e-15));
    assertThat(each.shortfall(333)).isCloseTo(FOUR.shortfall(333), within(1e-15));
    assertThat(each.incomeShareOfPoorest(.6))
        .isCloseTo(FOUR.incomeShareOfPoorest(.6), within(1e-15));
  }

  @Test
  void doesNotDependOnTheOrderOfPersons() {
    double[] incomes = {.1, .1, .3, .7, .7, .7};
    double[] weights = {.3, .1, .7, 1e-3, 1e3, .2};
    double[] otherIncomes = {.7, .3, .7, .1, .7, .1};
    double[] otherWeights = {.2, .7, 1e3, .1, 1e-3, .3};
    var one = SampledIncome.of(incomes, weights);
    var other = SampledIncome.of(otherIncomes, otherWeights);
    assertThat(one.mean()).isEqualTo(other.mean());
    assertThat(one.gini()).isEqualTo(other.gini());
    assertThat(one.shareBelow(.5)).isEqualTo(other.shareBelow(.5));
  }

  @Test
  void leavesOutPersonsWithoutWeight() {
    var income = SampledIncome.of(new double[] {1, 50, 100, 999}, new double[] {0, 1, 1, 0});
    assertThat(income.mean()).isEqualTo(75);
    assertThat(income.shareBelow(40)).isZero();
    assertThat(income.shareBelow(100.5)).isEqualTo(1);
    assertThat(income.incomeShareOfPoorest(0)).isZero();
    assertThat(income.incomeShareOfPoorest(1)).isEqualTo(1);
  }

  @Test
  void keepsItsSharesAtAnotherMean() {
    var other = FOUR.scaledTo(500);
    assertThat(other.mean()).isEqualTo(500);
    assertThat(other.shareBelow(400)).isEqualTo(.25);
    assertThat(other.gini()).isEqualTo(FOUR.gini());
  }

  @Test
  void nearsTheDistributionItIsDrawnFrom() {
    var truth = LognormalIncome.ofGini(300, .45);
    int persons = 2000;
    double[] incomes = new double[persons];
    double[] weights = new double[persons];
    for (int i = 0; i < persons; i++) {
      double poorer = truth.incomeShareOfPoorest(i / (double) persons);
      double richer = truth.incomeShareOfPoorest((i + 1) / (double) persons);
      incomes[i] = 300 * persons * (richer - poorer);
      weights[i] = 7;
    }
    var sample = SampledIncome.of(incomes, weights);
    assertThat(sample.mean()).isCloseTo(300, within(1e-9));
    assertThat(sample.gini()).isCloseTo(.45, within(1e-4));
    assertThat(sample.shareBelow(150)).isCloseTo(truth.shareBelow(150), within(1e-3));
    assertThat(sample.shortfall(150)).isCloseTo(truth.shortfall(150), within(1e-5));
  }

  @Test
  void refusesWhatIsNoSurvey() {
    refuses(new double[] {1}, new double[] {1, 2});
    refuses(new double[] {}, new double[] {});
    refuses(new double[] {0, 0}, new double[] {1, 1});
    refuses(new double[] {1}, new double[] {0});
    refuses(new double[] {-1, 2}, new double[] {1, 1});
    refuses(new double[] {1, Double.NaN}, new double[] {1, 1});
    refuses(new double[] {1, Double.POSITIVE_INFINITY}, new double[] {1, 1});
    assertThatIllegalArgumentException().isThrownBy(() -> FOUR.shareBelow(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> FOUR.incomeShareOfPoorest(-.1));
    assertThatIllegalArgumentException().isThrownBy(() -> FOUR.meanOfPoorest(0));
  }

  private static void refuses(double[] incomes, double[] weights) {
    assertThatIllegalArgumentException().isThrownBy(() -> SampledIncome.of(incomes, weights));
  }
}
