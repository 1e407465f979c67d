package org.inclusionmaps.affordability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Known answers: {@link RuralIndia1983}, as independent programs print them. */
class QuadraticLorenzTest {
  private static final QuadraticLorenz INDIA =
      QuadraticLorenz.fit(RuralIndia1983.points()).orElseThrow();

  @Test
  void fitsTheKnownCoefficients() {
    assertThat(INDIA.a()).isCloseTo(.887747843624, within(6e-13));
    assertThat(INDIA.b()).isCloseTo(-1.45144591813, within(6e-12));
    assertThat(INDIA.c()).isCloseTo(.202640047739, within(6e-13));
    assertThat(INDIA.isValid()).isTrue();
  }

  @Test
  void findsTheKnownShareBelowTheLine() {
    double h = INDIA.shareBelow(RuralIndia1983.LINE / RuralIndia1983.MEAN);
    assertThat(h).isCloseTo(.450614775671, within(6e-13));
  }

  @Test
  void hasTheKnownGini() {
    assertThat(INDIA.gini()).isCloseTo(.289017119340, within(6e-13));
  }

  @Test
  void hasTheGiniOfTheClosedForm() {
    // Datt (1998), for m above 0 and below 0.
    for (var curve :
        new QuadraticLorenz[] {
          INDIA, new QuadraticLorenz(.9, -.4, .3), new QuadraticLorenz(1, .2, .01)
        }) {
      assertThat(curve.isValid()).isTrue();
      assertThat(curve.gini()).isCloseTo(closedGini(curve), within(1e-10));
    }
  }

  private static double closedGini(QuadraticLorenz curve) {
    double e = -(curve.a() + curve.b() + curve.c() + 1);
    double m = curve.b() * curve.b() - 4 * curve.a();
    double n = 2 * curve.b() * e - 4 * curve.c();
    double r = Math.sqrt(n * n - 4 * m * e * e);
    double straight = e / 2 - n * (curve.b() + 2) / (4 * m);
    if (m < 0) {
      double angle = Math.asin((2 * m + n) / r) - Math.asin(n / r);
      return straight + r * r / (8 * m * Math.sqrt(-m)) * angle;
    }
    double root = 2 * Math.sqrt(m);
    double ratio = (2 * m + n + root * (curve.a() + curve.c() - 1)) / (n - root * e);
    return straight - r * r / (8 * m * Math.sqrt(m)) * Math.log(Math.abs(ratio));
  }

  @Test
  void endsAtItsEnds() {
    assertThat(INDIA.at(0)).isZero();
    assertThat(INDIA.at(1)).isCloseTo(1, within(1e-14));
  }

  @Test
  void fitsItsOwnPointsExactly() {
    double[] p = {.1, .2, .3, .5, .7, .9};
    double[] l = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      l[i] = INDIA.at(p[i]);
    }
    var points = LorenzPoints.of(p, l);
    var again = QuadraticLorenz.fit(points).orElseThrow();
    assertThat(again.a()).isCloseTo(INDIA.a(), within(1e-10));
    assertThat(again.sumOfSquaredErrors(points, 1)).isCloseTo(0, within(1e-24));
  }

  @Test
  void countsErrorsUpToAShareOnly() {
    var points = RuralIndia1983.points();
    double poor = INDIA.sumOfSquaredErrors(points, .45);
    double first = RuralIndia1983.L[0] - INDIA.at(RuralIndia1983.P[0]);
    assertThat(poor).isBetween(0.0, INDIA.sumOfSquaredErrors(points, 1));
    assertThat(INDIA.sumOfSquaredErrors(points, .01)).isEqualTo(first * first);
    assertThat(INDIA.sumOfSquaredErrors(points, 0)).isZero();
  }

  @Test
  void undoesItsOwnSlope() {
    for (double p = .01; p < 1; p += .01) {
      double slope = (INDIA.at(p + 1e-6) - INDIA.at(p - 1e-6)) / 2e-6;
      assertThat(INDIA.shareBelow(slope)).isCloseTo(p, within(1e-6));
    }
  }

  @Test
  void hasNobodyPoorerThanThePoorestNorRicherThanTheRichest() {
    // The slopes at the ends: c/|e| = .3171 and −½(b + (2m + n)/2(a + c − 1)) = 5.827.
    assertThat(INDIA.shareBelow(.317)).isZero();
    assertThat(INDIA.shareBelow(.318)).isPositive();
    assertThat(INDIA.shareBelow(5.82)).isLessThan(1);
    assertThat(INDIA.shareBelow(5.83)).isEqualTo(1);
    assertThat(INDIA.shareBelow(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void isAlsoRightWhereItIsAParabola() {
    // b² = 4a: m is 0, and the usual formula divides by it.
    var parabola = new QuadraticLorenz(.25, -1, .9);
    var nearly = new QuadraticLorenz(.25, -1 - 1e-9, .9);
    assertThat(parabola.isValid()).isTrue();
    for (double multiple = .1; multiple < 3; multiple += .1) {
      double h = parabola.shareBelow(multiple);
      assertThat(h).isBetween(0.0, 1.0).isCloseTo(nearly.shareBelow(multiple), within(1e-6));
    }
  }

  @Test
  void isNotValidWhereNoIncomesHaveSuchACurve() {
    assertThat(new QuadraticLorenz(.8, -1, .1).isValid()).as("ends below 1").isFalse();
    assertThat(new QuadraticLorenz(1.2, -1, -.1).isValid()).as("negative incomes").isFalse();
    assertThat(new QuadraticLorenz(1, -3, .5).isValid()).as("starts above 0").isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new QuadraticLorenz(Double.NaN, 0, 0));
  }

  @Test
  void isNotFittedToPointsThatDoNotTellIt() {
    assertThat(QuadraticLorenz.fit(LorenzPoints.ofShares(.1, .3, .6))).isEmpty();
    assertThat(QuadraticLorenz.fit(LorenzPoints.ofShares(.2, .2, .2, .2, .2))).isEmpty();
  }
}
