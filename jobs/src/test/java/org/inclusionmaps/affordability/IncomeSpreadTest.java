package org.inclusionmaps.affordability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IncomeSpreadTest {
  @Test
  void takesTheVarianceBetweenAreasOffTheNations() {
    // ln means are 0 and 1, one person each: between = 1/4.
    var spread = IncomeSpread.within(1, new double[] {1, 1}, new double[] {1, Math.E});
    assertThat(spread.sigma()).isCloseTo(Math.sqrt(.75), within(1e-12));
    assertThat(spread.means()).containsExactly(1, Math.E);
    assertThat(spread.shrunk()).isFalse();
  }

  @Test
  void weighsAreasByPersons() {
    // Shares .9 and .1: between = .9 x .1 = .09.
    var spread = IncomeSpread.within(1, new double[] {9, 1}, new double[] {1, Math.E});
    assertThat(spread.sigma()).isCloseTo(Math.sqrt(.91), within(1e-12));
  }

  @Test
  void keepsATenthWithinPlacesAndTheNationalMean() {
    double[] persons = {1, 2, 1};
    double[] means = {10, 100, 2000};
    var spread = IncomeSpread.within(.8, persons, means);
    assertThat(spread.shrunk()).isTrue();
    assertThat(spread.sigma() * spread.sigma()).isCloseTo(.064, within(1e-12));
    double money = 0;
    double logMean = 0;
    for (int i = 0; i < 3; i++) {
      money += persons[i] * spread.means()[i];
      logMean += persons[i] * Math.log(spread.means()[i]) / 4;
    }
    double between = 0;
    for (int i = 0; i < 3; i++) {
      between += persons[i] / 4 * Math.pow(Math.log(spread.means()[i]) - logMean, 2);
    }
    assertThat(money).isCloseTo(10 + 200 + 2000, within(1e-9));
    assertThat(between).isCloseTo(.9 * .64, within(1e-12));
    assertThat(spread.means()[0]).isLessThan(spread.means()[1]);
  }

  @Test
  void givesTheNationItsOwnGiniBack() {
    var national = LognormalIncome.ofGini(100, .45);
    double[] persons = new double[101];
    double[] means = new double[101];
    for (int i = 0; i <= 100; i++) {
      double z = (i - 50) / 12.5;
      persons[i] = Math.exp(-z * z / 2);
      means[i] = Math.exp(.5 * z);
    }
    var spread = IncomeSpread.within(national.sigma(), persons, means);
    double total = 0;
    double money = 0;
    for (int i = 0; i <= 100; i++) {
      total += persons[i];
      money += persons[i] * means[i];
    }
    double national40 = 0;
    double mixture40 = 0;
    for (int i = 0; i <= 100; i++) {
      var area = new LognormalIncome(means[i] / money * total * 100, spread.sigma());
      mixture40 += persons[i] / total * area.shareBelow(40);
      national40 += persons[i] / total * national.shareBelow(40);
    }
    assertThat(mixture40).isCloseTo(national40, within(.002));
  }

  @Test
  void refusesANationWithoutPersons() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IncomeSpread.within(1, new double[] {0}, new double[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IncomeSpread.within(1, new double[] {1}, new double[] {0}));
  }
}
