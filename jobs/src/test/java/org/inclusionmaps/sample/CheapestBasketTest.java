package org.inclusionmaps.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Prices of 2 GB by hand from the list of plans. */
class CheapestBasketTest {
  @Test
  void aLineWithAnAddOnIsCheaperThanTheMonthOfTheIncumbent() {
    // line 9 + line-more-2 17.50; month-2 is 29, four weeks of week-500 are 36
    assertThat(CheapestBasket.of(Operator.INCUMBENT)).isEqualTo(26.5);
  }

  @Test
  void fourWeeksAreCheaperThanTwoMonthsOfTheChallenger() {
    // 4 x week-600 at 6; 2 x month-1 are 27; ten times three-days-300 are 35
    assertThat(CheapestBasket.of(Operator.CHALLENGER)).isEqualTo(24);
  }

  @Test
  void promotionsDoNotCount() {
    // month-2.5; welcome-5 at 9.90 is a promotion; 4 x week-1 are 22
    assertThat(CheapestBasket.of(Operator.CITY)).isEqualTo(19.9);
  }
}
