package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZeroConcentratedTest {
  private static Rational exact(String decimal) {
    return Rational.of(new BigDecimal(decimal));
  }

  @ParameterizedTest
  @CsvSource({
    // By mpmath, in 40 digits.
    "0.0125, 1e-10, 0.9704676444327728",
    "0.05,   1e-10, 2.000276047522277",
    "0.1,    1e-10, 2.8818280091742425",
    "0.4,    1e-10, 6.0556845549299615",
    "1,      1e-10, 10.03434358134763",
    "2.5562, 1e-10, 17.143450694562036",
    "0.01,   1e-10, 0.86432118572417292",
    "3.65,   1e-10, 21.142993418182687",
    "0.5,    1e-6,  5.221534444530169",
    "1e-6,   1e-10, 0.0074275836854323041",
    "100,    1e-10, 194.02402082152411",
    "0.05,   1e-3,  0.90452532772269305"
  })
  void epsilonIsTheLeastRoundedUp(String rho, double delta, double least) {
    double epsilon = ZeroConcentrated.epsilon(exact(rho), delta);
    assertThat(epsilon).isBetween(least * (1 - 1e-15), least * (1 + 1e-12));
    assertThat(ZeroConcentrated.delta(exact(rho), epsilon)).isLessThanOrEqualTo(delta);
    assertThat(ZeroConcentrated.delta(exact(rho), epsilon * (1 - 1e-11))).isGreaterThan(delta);
  }

  @Test
  void deltaIsTheLeastRoundedUp() {
    // By mpmath, in 40 digits.
    assertRoundedUp(ZeroConcentrated.delta(exact("0.5"), 3), 5.14318406386215e-3);
    assertRoundedUp(ZeroConcentrated.delta(exact("0.05"), 0), 1.90212778460003e-1);
    assertRoundedUp(ZeroConcentrated.delta(exact("2.5562"), 17.1436), 9.99565454099355e-11);
  }

  private static void assertRoundedUp(double actual, double least) {
    assertThat(actual).isBetween(least * (1 - 1e-14), least * (1 + 1e-13));
  }

  @Test
  void noAlphaGivesLess() {
    for (double rho : new double[] {1e-4, .0125, .4, 3}) {
      Rational cost = Rational.of(new BigDecimal(rho));
      for (double epsilon = .1; epsilon < 20; epsilon *= 1.7) {
        double least = ZeroConcentrated.delta(cost, epsilon);
        for (double less = 1e-3; less < 1e6; less *= 1.05) {
          double alpha = 1 + less;
          double log = less * (alpha * rho - epsilon) - alpha * Math.log1p(1 / less);
          assertThat(Math.exp(log) / less).isGreaterThanOrEqualTo(least * (1 - 1e-11) - 1e-300);
        }
      }
    }
  }

  @Test
  void itIsNotLessThanWhatTheGaussianMechanismAttains() {
    // B. Balle, Y.-X. Wang, ICML 2018, theorem 8: the δ of a normal noise of this ρ, in closed
    // form.
    var normal = new NormalDistribution(0, 1);
    for (double rho : new double[] {.0125, .1, 1}) {
      double mu = Math.sqrt(2 * rho);
      for (double epsilon = .1; epsilon < 8; epsilon += .7) {
        double attained =
            normal.cumulativeProbability(mu / 2 - epsilon / mu)
                - Math.exp(epsilon) * normal.cumulativeProbability(-mu / 2 - epsilon / mu);
        double bound = ZeroConcentrated.delta(Rational.of(new BigDecimal(rho)), epsilon);
        assertThat(bound).isGreaterThanOrEqualTo(attained);
      }
    }
  }

  @Test
  void costsAddUpAndAreExact() {
    Rational one = ZeroConcentrated.rho(Rational.ONE, Rational.of(200, 1));
    assertThat(one).isEqualTo(Rational.of(1, 400));
    Rational sum = Rational.ZERO;
    for (int level = 0; level < 5; level++) {
      sum = sum.plus(one);
    }
    assertThat(sum).isEqualTo(exact("0.0125"));
    assertThat(ZeroConcentrated.variance(Rational.ONE, one)).isEqualTo(Rational.of(200, 1));
    // A person with up to 3 SIMs, of which each counts.
    assertThat(ZeroConcentrated.rho(Rational.of(9, 1), Rational.of(200, 1)))
        .isEqualTo(Rational.of(9, 400));
  }

  @Test
  void nothingCostsNothing() {
    assertThat(ZeroConcentrated.epsilon(Rational.ZERO, 1e-10)).isEqualTo(0);
    assertThat(ZeroConcentrated.delta(Rational.ZERO, 0)).isEqualTo(0);
    assertThat(ZeroConcentrated.epsilon(exact("0.05"), .2)).isEqualTo(0);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    Rational cost = exact("0.1");
    assertThatIllegalArgumentException().isThrownBy(() -> ZeroConcentrated.epsilon(cost, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> ZeroConcentrated.epsilon(cost, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ZeroConcentrated.epsilon(cost, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> ZeroConcentrated.delta(cost, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ZeroConcentrated.delta(Rational.of(-1, 2), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ZeroConcentrated.rho(Rational.ONE, Rational.ZERO));
  }
}
