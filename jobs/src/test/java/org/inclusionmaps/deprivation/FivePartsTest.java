package org.inclusionmaps.deprivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FivePartsTest {
  @Test
  void splitsByNetworkThenPrice() {
    var access = Access.of(1_000, .8, .25);
    assertThat(access).isEqualTo(new Access(200, 200, 600));
    assertThat(access.lacking()).isEqualTo(400);
  }

  @Test
  void connectsThoseWhoCanAffordItFirst() {
    // N 1000, uncovered 200, unaffordable 200, affordable 600; 450 connected: all can afford it.
    assertThat(FiveParts.of(new Access(200, 200, 600), 450))
        .isEqualTo(new FiveParts(200, 200, 0, 150, 450, 0, 200));
  }

  @Test
  void burdensThoseConnectedBeyondTheAffordable() {
    // 700 connected, 600 could afford it: 100 are burdened, 100 priced out.
    assertThat(FiveParts.of(new Access(200, 200, 600), 700))
        .isEqualTo(new FiveParts(200, 100, 100, 0, 600, 0, 100));
  }

  @Test
  void connectsAsManyOfThoseWhoCannotAffordItAsOfOthersAtTheOtherEnd() {
    // 400 of 800 covered are connected, so half of the 200 who cannot afford it; half-way 50.
    var access = new Access(200, 200, 600);
    assertThat(FiveParts.of(access, 400, 1))
        .isEqualTo(new FiveParts(200, 100, 100, 300, 300, 0, 200));
    assertThat(FiveParts.of(access, 400, .5).burdened()).isEqualTo(50);
    assertThat(FiveParts.of(access, 400, 0)).isEqualTo(FiveParts.of(access, 400));
    assertThatIllegalArgumentException().isThrownBy(() -> FiveParts.of(access, 400, 1.1));
  }

  @Test
  void boundsThePricedOutFromBelowWhereFewAreConnected() {
    assertThat(FiveParts.of(new Access(0, 500, 500), 300).pricedOutMin()).isEqualTo(200);
  }

  @Test
  void sumsToThePersonsExactlyAndLacksTheSameWhoeverIsConnected() {
    var random = new Random(9);
    for (int round = 0; round < 20_000; round++) {
      long persons = random.nextLong() >>> (12 + random.nextInt(50));
      var access = Access.of(persons, random.nextDouble(), random.nextDouble());
      assertThat(access.persons()).isEqualTo(persons);
      long connected = Access.share(access.covered(), random.nextDouble());
      var apart = FiveParts.of(access, connected, random.nextDouble());
      assertThat(apart.persons()).isEqualTo(persons);
      assertThat(apart.connected()).isEqualTo(connected);
      assertThat(apart.pricedOut()).isBetween(apart.pricedOutMin(), apart.pricedOutMax());
      var parts = FiveParts.of(access, connected);
      assertThat(parts.persons()).isEqualTo(persons);
      assertThat(parts.connected()).isEqualTo(connected);
      assertThat(parts.lacking()).isEqualTo(access.lacking());
      assertThat(parts.pricedOut()).isEqualTo(parts.pricedOutMax());
      assertThat(parts.pricedOutMin()).isBetween(0L, parts.pricedOutMax());
      assertThat(parts.pricedOut() + parts.burdened()).isEqualTo(access.unaffordable());
      assertThat(Math.min(parts.heldBack(), Math.min(parts.included(), parts.burdened())))
          .isNotNegative();
    }
  }

  @Test
  void coversMoreWithMoreServiceAndAffordsLessWithDearerPrices() {
    long persons = 123_456_789;
    for (int i = 0; i < 100; i++) {
      double low = i / 100.;
      double high = (i + 1) / 100.;
      assertThat(Access.of(persons, high, .5).uncovered())
          .isLessThan(Access.of(persons, low, .5).uncovered());
      assertThat(Access.of(persons, .5, high).affordable())
          .isLessThan(Access.of(persons, .5, low).affordable());
    }
  }

  @Test
  void givesAllOrNothingAtTheEnds() {
    assertThat(Access.of(7, 1, 1)).isEqualTo(new Access(0, 7, 0));
    assertThat(Access.of(7, 0, 1)).isEqualTo(new Access(7, 0, 0));
    // So many persons that a double cannot hold them one by one.
    assertThat(Access.of(Long.MAX_VALUE - 1, 1, 0).affordable()).isEqualTo(Long.MAX_VALUE - 1);
  }

  @Test
  void refusesMoreConnectedThanCovered() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FiveParts.of(new Access(5, 5, 5), 11))
        .withMessageContaining("0 to the covered 10");
    assertThatIllegalArgumentException().isThrownBy(() -> Access.of(-1, .5, .5));
    assertThatIllegalArgumentException().isThrownBy(() -> Access.of(1, 1.1, .5));
    assertThatIllegalArgumentException().isThrownBy(() -> Access.of(1, .5, Double.NaN));
  }
}
