package org.inclusionmaps.affordability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LognormalIncomeTest {
  private static final Offset<Double> PRINTED = within(6e-10);
  private static final LognormalIncome EVEN = LognormalIncome.ofGini(300, .35);
  private static final LognormalIncome UNEVEN = LognormalIncome.ofGini(300, .60);

  @Test
  void hasTheKnownSpreadAndLogMean() {
    assertThat(EVEN.sigma()).isCloseTo(.641716643, PRINTED);
    assertThat(EVEN.mu()).isCloseTo(5.497882349, PRINTED);
    assertThat(UNEVEN.sigma()).isCloseTo(1.190232163, PRINTED);
    assertThat(LognormalIncome.giniOfSigma(EVEN.sigma())).isCloseTo(.35, within(1e-12));
  }

  @Test
  void hasTheKnownSharesBelow() {
    assertThat(EVEN.shareBelow(150)).isCloseTo(.223840469, PRINTED);
    assertThat(EVEN.shareBelow(300)).isCloseTo(.625841120, PRINTED);
    assertThat(EVEN.shareBelow(450)).isCloseTo(.829629659, PRINTED);
    assertThat(UNEVEN.shareBelow(150)).isCloseTo(.505087603, PRINTED);
    assertThat(UNEVEN.shareBelow(300)).isCloseTo(.724117060, PRINTED);
    assertThat(UNEVEN.shareBelow(450)).isCloseTo(.825305890, PRINTED);
    assertThat(EVEN.shareBelow(0)).isZero();
  }

  @Test
  void hasTheKnownShortfalls() {
    assertThat(EVEN.shortfall(150)).isCloseTo(.062627463, PRINTED);
    assertThat(UNEVEN.shortfall(150)).isCloseTo(.266083263, PRINTED);
  }

  @Test
  void hasTheKnownMeanOfThePoorest() {
    assertThat(EVEN.meanOfPoorest(.4)).isCloseTo(139.032380, within(6e-7));
    assertThat(EVEN.meanOfPoorest(1)).isEqualTo(300);
  }

  @Test
  void findsTheMeanThatGivesAPovertyRate() {
    double mean = LognormalIncome.meanFromPovertyRate(.223840469, 150, EVEN.sigma());
    assertThat(mean).isCloseTo(300, within(1e-5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LognormalIncome.meanFromPovertyRate(0, 150, 1));
  }

  @Test
  void isAStepWhereAllAreAlike() {
    var alike = new LognormalIncome(100, 0);
    assertThat(alike.shareBelow(100)).isZero();
    assertThat(alike.shareBelow(101)).isEqualTo(1);
    assertThat(alike.shortfall(200)).isEqualTo(.5);
    assertThat(alike.meanOfPoorest(.4)).isCloseTo(100, within(1e-9));
  }

  @Test
  void dearerLeavesMoreBelow() {
    double before = 0;
    for (double line = 1; line < 1e5; line *= 1.1) {
      double now = UNEVEN.shareBelow(line);
      assertThat(now).isBetween(before, 1.0);
      assertThat(UNEVEN.shortfall(line)).isBetween(0.0, now);
      before = now;
    }
  }

  @Test
  void doesNotDependOnTheMoney() {
    var cents = new LognormalIncome(30_000, EVEN.sigma());
    assertThat(cents.shareBelow(15_000)).isCloseTo(EVEN.shareBelow(150), within(1e-12));
  }

  @Test
  void keepsItsGiniAtAnotherMean() {
    IncomeDistribution other = UNEVEN.scaledTo(77);
    assertThat(other.mean()).isEqualTo(77);
    assertThat(other.gini()).isCloseTo(.60, within(1e-12));
    assertThat(other.shareBelow(38.5)).isCloseTo(UNEVEN.shareBelow(150), within(1e-12));
  }

  @Test
  void saysWhoIsBelowALineWithoutEnd() {
    assertThat(UNEVEN.shareBelow(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(UNEVEN.shortfall(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoIncome() {
    assertThatIllegalArgumentException().isThrownBy(() -> EVEN.shareBelow(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> EVEN.shortfall(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> EVEN.incomeShareOfPoorest(1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new LognormalIncome(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new LognormalIncome(1, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> LognormalIncome.ofGini(1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> EVEN.meanOfPoorest(0));
  }
}
