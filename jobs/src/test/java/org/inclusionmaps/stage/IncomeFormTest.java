package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.inclusionmaps.affordability.GeneralizedBeta2Income;
import org.inclusionmaps.affordability.IncomeDistribution;
import org.inclusionmaps.affordability.LognormalIncome;
import org.inclusionmaps.affordability.LorenzIncome;
import org.inclusionmaps.affordability.SampledIncome;
import org.junit.jupiter.api.Test;

class IncomeFormTest {
  /** Bolivia 2023. */
  private static final double[] FIFTHS = {.052, .100, .148, .223, .477};

  private static void same(IncomeDistribution found, IncomeDistribution expected) {
    assertThat(found.mean()).isCloseTo(expected.mean(), within(1e-9 * expected.mean()));
    for (double multiple : new double[] {.1, .3, .7, 1, 1.5, 4}) {
      double line = multiple * expected.mean();
      assertThat(found.shareBelow(line)).isCloseTo(expected.shareBelow(line), within(1e-9));
      assertThat(found.shortfall(line)).isCloseTo(expected.shortfall(line), within(1e-9));
    }
  }

  @Test
  void makesEachFormAnewFromItsParameters() {
    same(IncomeForm.lognormal(.64).at(300), new LognormalIncome(300, .64));
    same(IncomeForm.ofShares(FIFTHS).at(300), LorenzIncome.ofShares(300, FIFTHS));
    same(IncomeForm.gb2(3, .9, .8).at(347.0182565), new GeneralizedBeta2Income(3, 250, .9, .8));
    // Two halves, one with everything, have no curve of either family.
    double[] half = {0, 0, 0, 0, 1};
    assertThat(IncomeForm.ofShares(half).name()).isEqualTo("interpolated");
    same(IncomeForm.ofShares(half).at(300), LorenzIncome.ofShares(300, half));
  }

  @Test
  void keepsMicrodataWithinHalfAPercentOfPersons() {
    var random = new Random(3);
    double[] incomes = IntStream.range(0, 5000).mapToDouble(i -> random.nextDouble() * 9).toArray();
    double[] weights = IntStream.range(0, 5000).mapToDouble(i -> 1 + random.nextDouble()).toArray();
    var all = SampledIncome.of(incomes, weights);
    var form = IncomeForm.sampled(incomes, weights);
    assertThat(form.parameters()).hasSize(200).isSorted();
    var kept = form.at(all.mean());
    assertThat(kept.gini()).isCloseTo(all.gini(), within(1e-4));
    for (double line = .1; line < 10; line += .1) {
      assertThat(kept.shareBelow(line)).isCloseTo(all.shareBelow(line), within(.005));
      assertThat(kept.shortfall(line)).isCloseTo(all.shortfall(line), within(.005));
    }
  }

  @Test
  void tellsTheSpreadOfTheLognormalOfTheSameGini() {
    assertThat(IncomeForm.lognormal(.64).sigma()).isEqualTo(.64);
    double gini = LorenzIncome.ofShares(1, FIFTHS).gini();
    assertThat(LognormalIncome.giniOfSigma(IncomeForm.ofShares(FIFTHS).sigma()))
        .isCloseTo(gini, within(1e-9));
  }

  @Test
  void widensTheSpreadOfAnyFormAsThatOfALognormal() {
    var lognormal = new LognormalIncome(300, .64);
    assertThat(IncomeForm.shareBelow(lognormal, .64, 1.2, 150))
        .isEqualTo(new LognormalIncome(300, .64 * 1.2).shareBelow(150));
    for (IncomeForm form : List.of(IncomeForm.ofShares(FIFTHS), IncomeForm.gb2(3, .9, .8))) {
      var income = form.at(300);
      double sigma = form.sigma();
      assertThat(IncomeForm.shareBelow(income, sigma, 1, 150))
          .isCloseTo(income.shareBelow(150), within(1e-9));
      assertThat(IncomeForm.shareBelow(income, sigma, 1.1, 60))
          .isGreaterThan(income.shareBelow(60));
      assertThat(IncomeForm.shareBelow(income, sigma, 1.1, Double.POSITIVE_INFINITY)).isEqualTo(1);
      assertThat(IncomeForm.shareBelow(income, sigma, 1.1, 0)).isZero();
    }
  }

  @Test
  void knowsNoOtherForms() {
    assertThatThrownBy(() -> new IncomeForm("pareto", new double[0]).at(1))
        .hasMessageContaining("no form pareto");
  }
}
