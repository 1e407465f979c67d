package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.inclusionmaps.stage.NationalBasket.Priced;
import org.junit.jupiter.api.Test;

/** The rule is ITU's: the plan of the operator with the most subscribers. */
class NationalBasketTest {
  private static final Priced A = new Priced("a", 2, "2 GB");
  private static final Priced B = new Priced("b", 5, "2 GB");
  private static final Priced ANY = new Priced("*", 4, "2 GB");

  @Test
  void isThatOfTheLargestOperator() {
    var basket = NationalBasket.of(List.of(A, B), Map.of("a", .3, "b", .4, "c", .1));
    assertThat(basket.price()).isEqualTo(5);
    assertThat(basket.quality()).isEqualTo("good");
    assertThat(basket.rule())
        .isEqualTo("cheapest basket (2 GB) of the operator with the most subscribers");
  }

  @Test
  void isThatOfAllOperatorsWhereTheLargestHasNoneOfItsOwn() {
    var basket = NationalBasket.of(List.of(A, B, ANY), Map.of("a", .3, "c", .5));
    assertThat(basket.price()).isEqualTo(4);
    assertThat(basket.quality()).isEqualTo("good");
  }

  @Test
  void isOfALesserOperatorWithCautionWhereTheLargestSellsNone() {
    var basket = NationalBasket.of(List.of(A, B), Map.of("a", .3, "b", .2, "c", .5));
    assertThat(basket.price()).isEqualTo(2);
    assertThat(basket.quality()).isEqualTo("caution");
    assertThat(basket.rule()).contains("of the largest operator that sells one");
  }

  @Test
  void isTheCheapestWithCautionWhereSharesAreNotKnown() {
    var basket = NationalBasket.of(List.of(B, A), Map.of());
    assertThat(basket.price()).isEqualTo(2);
    assertThat(basket.quality()).isEqualTo("caution");
    assertThat(basket.rule()).contains("shares of subscribers are not known");
  }

  @Test
  void weighsPricesByShareOfSubscribers() {
    var mean = NationalBasket.ofSubscribers(List.of(A, B), Map.of("a", .3, "b", .6)).orElseThrow();
    assertThat(mean.price()).isCloseTo((.3 * 2 + .6 * 5) / .9, within(1e-12));
    assertThat(mean.quality()).isEqualTo("good");
    var part = NationalBasket.ofSubscribers(List.of(A), Map.of("a", .3, "b", .6)).orElseThrow();
    assertThat(part.price()).isCloseTo(2, within(1e-12));
    assertThat(part.quality()).isEqualTo("caution");
    // Of b the price of all is the lower one; of a the own.
    var any = NationalBasket.ofSubscribers(List.of(A, B, ANY), Map.of("a", .3, "b", .6));
    assertThat(any.orElseThrow().price()).isCloseTo((.3 * 2 + .6 * 4) / .9, within(1e-12));
    assertThat(NationalBasket.ofSubscribers(List.of(A), Map.of())).isEmpty();
  }
}
