package org.inclusionmaps.affordability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Known answers: {@link RuralIndia1983}, as independent programs print them. */
class LorenzIncomeTest {
  private static final QuadraticLorenz QUADRATIC =
      QuadraticLorenz.fit(RuralIndia1983.points()).orElseThrow();
  private static final BetaLorenz BETA = BetaLorenz.fit(RuralIndia1983.points()).orElseThrow();

  @Test
  void hasTheKnownShareBelowAndShortfallOfTheQuadraticCurve() {
    var india = new LorenzIncome(RuralIndia1983.MEAN, QUADRATIC);
    assertThat(india.shareBelow(RuralIndia1983.LINE)).isCloseTo(.450614775671, within(6e-13));
    assertThat(india.shortfall(RuralIndia1983.LINE)).isCloseTo(.124746715958, within(6e-13));
    assertThat(india.gini()).isCloseTo(.289017119340, within(6e-13));
  }

  @Test
  void hasTheKnownShareBelowOfTheBetaCurve() {
    var india = new LorenzIncome(RuralIndia1983.MEAN, BETA);
    assertThat(india.shareBelow(RuralIndia1983.LINE)).isCloseTo(.4511816, within(1e-5));
  }

  @Test
  void takesTheCurveThatFitsTheWholeBetter() {
    var india = LorenzIncome.of(RuralIndia1983.MEAN, RuralIndia1983.P, RuralIndia1983.L);
    assertThat(india.curve()).isEqualTo(QUADRATIC);
    assertThat(QUADRATIC.sumOfSquaredErrors(RuralIndia1983.points(), 1))
        .isLessThan(BETA.sumOfSquaredErrors(RuralIndia1983.points(), 1));
  }

  @Test
  void takesTheCurveThatFitsThePoorBetterWhereOnlyTheyCount() {
    var points = RuralIndia1983.points();
    assertThat(LorenzIncome.of(RuralIndia1983.MEAN, points, .45).curve()).isEqualTo(QUADRATIC);
    assertThat(LorenzIncome.of(RuralIndia1983.MEAN, points, .1).curve()).isEqualTo(BETA);
    assertThat(BETA.sumOfSquaredErrors(points, .1))
        .isLessThan(QUADRATIC.sumOfSquaredErrors(points, .1));
  }

  @Test
  void takesNoCurveThatIsNotValidHoweverWellItFits() {
    double[] fifths = {.052, .101, .152, .224, .471};
    var points = LorenzPoints.ofShares(fifths);
    var quadratic = QuadraticLorenz.fit(points).orElseThrow();
    var beta = BetaLorenz.fit(points).orElseThrow();
    assertThat(beta.isValid()).isFalse();
    assertThat(beta.sumOfSquaredErrors(points, 1))
        .isLessThan(quadratic.sumOfSquaredErrors(points, 1));
    assertThat(LorenzIncome.ofShares(300, fifths).curve()).isEqualTo(quadratic);
    assertThatIllegalArgumentException().isThrownBy(() -> new LorenzIncome(300, beta));
  }

  @Test
  void takesTheOnlyCurveThatIsValid() {
    // Uniform incomes: the quadratic curve's coefficients are not told by points on L = p².
    var uniform = LorenzIncome.ofShares(300, .19, .195, .2, .205, .21);
    assertThat(uniform.form()).isEqualTo(LorenzCurve.Form.BETA);
  }

  @Test
  void saysThatItInterpolatesWhereNoCurveIsValid() {
    var steps = LorenzIncome.ofShares(300, .1, .1, .2, .2, .4);
    assertThat(steps.form()).isEqualTo(LorenzCurve.Form.INTERPOLATED);
    // Two fifths have half of the mean each, and none has less.
    assertThat(steps.shareBelow(149)).isZero();
    assertThat(steps.incomeShareOfPoorest(.4)).isCloseTo(.2, within(1e-12));
    assertThat(steps.meanOfPoorest(.2)).isCloseTo(150, within(1e-9));
  }

  @Test
  void isNearTheIncomesWhoseFifthsItIsGiven() {
    for (double gini : new double[] {.3, .4, .5, .6, .7}) {
      var truth = LognormalIncome.ofGini(300, gini);
      double[] fifths = new double[5];
      for (int i = 0; i < 5; i++) {
        fifths[i] = truth.incomeShareOfPoorest((i + 1) / 5.) - truth.incomeShareOfPoorest(i / 5.);
      }
      var fitted = LorenzIncome.ofShares(300, fifths);
      assertThat(fitted.gini()).isCloseTo(gini, within(.002));
      assertThat(fitted.shareBelow(150)).isCloseTo(truth.shareBelow(150), within(.01));
      assertThat(fitted.shortfall(150)).isCloseTo(truth.shortfall(150), within(.01));
    }
  }

  @Test
  void countsNobodyBelowNothingAndAllBelowALineWithoutEnd() {
    var india = new LorenzIncome(RuralIndia1983.MEAN, BETA);
    assertThat(india.shareBelow(0)).isZero();
    assertThat(india.shortfall(-1)).isZero();
    assertThat(india.shareBelow(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(india.shortfall(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> india.shareBelow(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> india.scaledTo(0));
  }
}
