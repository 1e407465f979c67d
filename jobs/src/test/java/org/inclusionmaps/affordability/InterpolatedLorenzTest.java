package org.inclusionmaps.affordability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InterpolatedLorenzTest {
  @Test
  void goesThroughThePoints() {
    var india = InterpolatedLorenz.through(RuralIndia1983.points());
    for (int i = 0; i < RuralIndia1983.P.length; i++) {
      assertThat(india.at(RuralIndia1983.P[i])).isEqualTo(RuralIndia1983.L[i]);
    }
    assertThat(india.at(0)).isZero();
  }

  @Test
  void isNearTheFittedCurvesWherePointsAreMany() {
    var india = InterpolatedLorenz.through(RuralIndia1983.points());
    double h = india.shareBelow(RuralIndia1983.LINE / RuralIndia1983.MEAN);
    assertThat(h).isCloseTo(.4506, within(.01));
    assertThat(india.gini()).isCloseTo(.2890, within(.002));
  }

  @Test
  void isExactForUniformIncomes() {
    // Uniform from 0 to twice the mean: L = p², H = z/2 and G = 1/3, at any spacing.
    var uniform =
        InterpolatedLorenz.through(
            LorenzPoints.of(new double[] {.1, .5, .8}, new double[] {.01, .25, .64}));
    for (double multiple = .05; multiple < 2; multiple += .05) {
      assertThat(uniform.shareBelow(multiple)).isCloseTo(multiple / 2, within(1e-14));
      assertThat(uniform.at(multiple / 2)).isCloseTo(multiple * multiple / 4, within(1e-14));
    }
    assertThat(uniform.gini()).isCloseTo(1 / 3., within(1e-14));
    assertThat(uniform.shareBelow(2.01)).isEqualTo(1);
    assertThat(uniform.shareBelow(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void isAStepWhereAllAreAlike() {
    var alike =
        InterpolatedLorenz.through(
            LorenzPoints.of(new double[] {.25, .5, .75}, new double[] {.25, .5, .75}));
    assertThat(alike.shareBelow(1)).isZero();
    assertThat(alike.shareBelow(1.001)).isEqualTo(1);
    assertThat(alike.gini()).isZero();
  }

  @Test
  void countsThoseWithNothing() {
    // The poorest two fifths have nothing at all.
    var curve = InterpolatedLorenz.through(LorenzPoints.ofShares(0, 0, .2, .3, .5));
    assertThat(curve.shareBelow(0)).isZero();
    assertThat(curve.shareBelow(1e-12)).isCloseTo(.4, within(1e-9));
    assertThat(curve.at(.4)).isZero();
  }

  @Test
  void passesBelowAPointAtWhichIncomeWouldFall() {
    // From .4 to .5 income is 1 of the mean, and from .5 to .6 only .5: the middle one goes.
    double[] p = {.4, .5, .6};
    double[] l = {.1, .2, .25};
    var curve = InterpolatedLorenz.through(LorenzPoints.of(p, l));
    assertThat(curve.at(.4)).isEqualTo(.1);
    assertThat(curve.at(.5)).isLessThan(.2);
    assertThat(curve.at(.6)).isEqualTo(.25);
  }
}
