package org.inclusionmaps.affordability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Known answers as independent programs print them, and special cases with closed forms. */
class GeneralizedBeta2IncomeTest {
  private static final GeneralizedBeta2Income KNOWN = new GeneralizedBeta2Income(3, 250, .9, .8);

  @Test
  void hasTheKnownMean() {
    assertThat(KNOWN.mean()).isCloseTo(347.0182565, within(6e-8));
  }

  @Test
  void hasTheKnownGini() {
    // By McDonald's closed form, two ₃F₂ at 1, to thirty digits; a program that sums them to fewer
    // prints .3869734054.
    assertThat(KNOWN.gini()).isCloseTo(.386973038178311, within(1e-13));
    assertThat(KNOWN.gini()).isCloseTo(.3869734054, within(4e-7));
    assertThat(new GeneralizedBeta2Income(.7, 1, 6, 4).gini())
        .isCloseTo(.530491682747293, within(1e-13));
    assertThat(new GeneralizedBeta2Income(20, 1, .05, 3).gini())
        .isCloseTo(.33622228048293, within(1e-12));
  }

  @Test
  void hasTheKnownShareBelow() {
    assertThat(KNOWN.shareBelow(150)).isCloseTo(.1744437486, within(6e-11));
  }

  @Test
  void isTheSinghMaddalaDistributionWhereTheFirstShapeIsOne() {
    // F = 1 − (1 + (y/b)^a)^−q and G = 1 − Γ(q)Γ(2q − 1/a) / (Γ(q − 1/a)Γ(2q)); with a = 2 and
    // q = 1: G = 1 − Γ(3/2) / Γ(1/2) = 1/2, and with a = 1 and q = 2: G = 1 − 2 / 6 = 2/3.
    var first = new GeneralizedBeta2Income(2, 100, 1, 1);
    assertThat(first.gini()).isCloseTo(.5, within(1e-12));
    assertThat(first.shareBelow(200)).isCloseTo(.8, within(1e-14));
    var second = new GeneralizedBeta2Income(1, 100, 1, 2);
    assertThat(second.gini()).isCloseTo(2 / 3., within(1e-12));
    assertThat(second.mean()).isCloseTo(100, within(1e-10));
    assertThat(second.shareBelow(100)).isCloseTo(.75, within(1e-14));
  }

  @Test
  void keepsTheRichWhereTheirTailIsLong() {
    // 1 − F = (1 + 3^30)^−.05, where 1 − w is 5e-15 of all.
    var income = new GeneralizedBeta2Income(30, 1, 1, .05);
    assertThat(1 - income.shareBelow(3))
        .isCloseTo(Math.pow(1 + Math.pow(3, 30), -.05), within(1e-13));
    assertThat(1 - income.shareBelow(100))
        .isCloseTo(Math.pow(1 + Math.pow(100, 30), -.05), within(1e-13));
  }

  @Test
  void isTheFiskDistributionWhereBothShapesAreOne() {
    // G = 1/a, L(x) = I_x(1 + 1/a, 1 − 1/a), from nearly alike to nearly all to one.
    for (double a : new double[] {1.01, 1.2, 2, 5, 50, 1000}) {
      var fisk = new GeneralizedBeta2Income(a, 100, 1, 1);
      assertThat(fisk.gini()).isCloseTo(1 / a, within(1e-12));
      double expected = org.hipparchus.special.Beta.regularizedBeta(.4, 1 + 1 / a, 1 - 1 / a);
      assertThat(fisk.incomeShareOfPoorest(.4)).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void nearsTheLognormalWhereTheShapesAreGreat() {
    // u is a difference of logarithms of gamma variables, of variance about 1/p + 1/q.
    var near = new GeneralizedBeta2Income(.1, 100, 200, 200).scaledTo(300);
    var lognormal = new LognormalIncome(300, Math.sqrt(2 / 200.) / .1);
    assertThat(near.gini()).isCloseTo(lognormal.gini(), within(.002));
    assertThat(near.shareBelow(150)).isCloseTo(lognormal.shareBelow(150), within(.002));
  }

  @Test
  void hasTheGiniOfTheAreaUnderItsLorenzCurve() {
    for (var income :
        new GeneralizedBeta2Income[] {
          KNOWN,
          new GeneralizedBeta2Income(5, 1, .2, .6),
          new GeneralizedBeta2Income(.7, 1, 6, 4),
          new GeneralizedBeta2Income(20, 1, .05, 3)
        }) {
      double area = 0;
      int steps = 4000;
      for (int i = 0; i < steps; i++) {
        area += income.incomeShareOfPoorest((i + .5) / steps) / steps;
      }
      assertThat(income.gini()).isCloseTo(1 - 2 * area, within(1e-5));
    }
  }

  @Test
  void hasTheShortfallThatTheLorenzCurveGives() {
    double h = KNOWN.shareBelow(150);
    double expected = h - KNOWN.mean() / 150 * KNOWN.incomeShareOfPoorest(h);
    assertThat(KNOWN.shortfall(150)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void keepsItsShapeAtAnotherMean() {
    var scaled = KNOWN.scaledTo(100);
    assertThat(scaled.mean()).isCloseTo(100, within(1e-10));
    assertThat(scaled.gini()).isCloseTo(KNOWN.gini(), within(1e-12));
  }

  @Test
  void holdsAtTheEnds() {
    assertThat(KNOWN.shareBelow(0)).isZero();
    assertThat(KNOWN.shareBelow(1e-300)).isCloseTo(0, within(1e-200));
    assertThat(KNOWN.shareBelow(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(KNOWN.shortfall(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(KNOWN.shortfall(1e300)).isCloseTo(1, within(1e-12));
    assertThat(KNOWN.incomeShareOfPoorest(0)).isZero();
    assertThat(KNOWN.incomeShareOfPoorest(1)).isEqualTo(1);
  }

  @Test
  void refusesShapesWithoutAMean() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GeneralizedBeta2Income(1, 100, 1, 1))
        .withMessageContaining("aq above 1");
    assertThatIllegalArgumentException().isThrownBy(() -> new GeneralizedBeta2Income(3, 0, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GeneralizedBeta2Income(3, 100, Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> KNOWN.shareBelow(Double.NaN));
  }
}
