package org.inclusionmaps.affordability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Known answers: {@link RuralIndia1983}, as independent programs print them. */
class BetaLorenzTest {
  private static final BetaLorenz INDIA = BetaLorenz.fit(RuralIndia1983.points()).orElseThrow();

  @Test
  void fitsTheKnownCoefficients() {
    assertThat(INDIA.theta()).isCloseTo(.561353174425, within(6e-13));
    assertThat(INDIA.gamma()).isCloseTo(.930950066, within(6e-10));
    assertThat(INDIA.delta()).isCloseTo(.580025924, within(6e-10));
    assertThat(INDIA.isValid()).isTrue();
  }

  @Test
  void findsTheKnownShareBelowTheLine() {
    double h = INDIA.shareBelow(RuralIndia1983.LINE / RuralIndia1983.MEAN);
    assertThat(h).isCloseTo(.4511816, within(1e-5));
  }

  @Test
  void solvesItsOwnEquation() {
    // From 1 − γ on: those who have less have nothing.
    for (double multiple = .07; multiple < 20; multiple *= 1.3) {
      double h = INDIA.shareBelow(multiple);
      double left =
          INDIA.theta()
              * Math.pow(h, INDIA.gamma())
              * Math.pow(1 - h, INDIA.delta())
              * (INDIA.gamma() / h - INDIA.delta() / (1 - h));
      assertThat(left).isCloseTo(1 - multiple, within(1e-9));
    }
  }

  @Test
  void isExactForUniformIncomes() {
    // Uniform from 0 to twice the mean: L = p², so θ = γ = δ = 1, H = z/2 and G = 1/3.
    double[] p = {.1, .3, .5, .7, .9};
    double[] l = {.01, .09, .25, .49, .81};
    var uniform = BetaLorenz.fit(LorenzPoints.of(p, l)).orElseThrow();
    assertThat(uniform.theta()).isCloseTo(1, within(1e-12));
    assertThat(uniform.gamma()).isCloseTo(1, within(1e-12));
    assertThat(uniform.delta()).isCloseTo(1, within(1e-12));
    var exact = new BetaLorenz(1, 1, 1);
    assertThat(exact.isValid()).isTrue();
    assertThat(exact.gini()).isCloseTo(1 / 3., within(1e-14));
    assertThat(exact.shareBelow(.5)).isCloseTo(.25, within(1e-15));
    assertThat(exact.shareBelow(2.5)).isEqualTo(1);
  }

  @Test
  void givesThePoorestNothingAndNotLess() {
    // θ p^(γ−1) = 1 at p = θ^(1/(1−γ)) = 2.3e-4, but for (1 − p)^δ.
    double none = Math.pow(INDIA.theta(), 1 / (1 - INDIA.gamma()));
    assertThat(INDIA.at(none / 2)).isZero();
    assertThat(INDIA.at(none * 2)).isPositive();
    assertThat(INDIA.shareBelow(0)).isZero();
    assertThat(INDIA.shareBelow(1e-9)).isCloseTo(none, within(1e-6));
    assertThat(INDIA.at(1)).isEqualTo(1);
    assertThat(INDIA.shareBelow(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void hasTheGiniOfTheAreaUnderIt() {
    for (var curve : new BetaLorenz[] {INDIA, new BetaLorenz(.62, .9, .5)}) {
      double area = 0;
      int steps = 200_000;
      for (int i = 0; i < steps; i++) {
        area += curve.at((i + .5) / steps) / steps;
      }
      assertThat(curve.gini()).isCloseTo(1 - 2 * area, within(1e-8));
    }
  }

  @Test
  void isNotValidWhereNoIncomesHaveSuchACurve() {
    assertThat(new BetaLorenz(.5, 1.2, .6).isValid()).as("not convex at the bottom").isFalse();
    assertThat(new BetaLorenz(.5, .9, 1.1).isValid()).as("not convex at the top").isFalse();
    assertThat(new BetaLorenz(1, .3, .2).isValid()).as("many with less than nothing").isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new BetaLorenz(0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new BetaLorenz(1, Double.NaN, 1));
  }

  @Test
  void isNotFittedToPointsThatDoNotTellIt() {
    assertThat(BetaLorenz.fit(LorenzPoints.ofShares(.1, .3, .6))).isEmpty();
    assertThat(BetaLorenz.fit(LorenzPoints.ofShares(.2, .2, .2, .2, .2))).isEmpty();
  }
}
