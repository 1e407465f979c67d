package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.testing.Rows.rows;

import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rule is ITU's: the plan of the operator with the most subscribers. */
@ExtendWith(SparkExtension.class)
class NationalBasketTest {
  private static NationalBasket basket(SparkSession spark, String prices, String market) {
    return NationalBasket.of(
        rows(spark, Tables.PRICES, "operator, price_month, currency, plans, version\n" + prices),
        rows(spark, Tables.MARKET, "operator, share\n" + market));
  }

  private static final String TWO = "a, 2, USD, p, 2 GB\nb, 5, USD, q, 2 GB\n";

  @Test
  void isThatOfTheLargestOperator(SparkSession spark) {
    var basket = basket(spark, TWO, "a, .3\nb, .4\nc, .1");
    assertThat(basket.price()).isEqualTo(5);
    assertThat(basket.quality()).isEqualTo("good");
    assertThat(basket.rule())
        .isEqualTo("cheapest basket (2 GB) of the operator with the most subscribers");
  }

  @Test
  void isThatOfAllOperatorsWhereTheLargestHasNoneOfItsOwn(SparkSession spark) {
    var basket = basket(spark, TWO + "*, 4, USD, r, 2 GB", "a, .3\nc, .5");
    assertThat(basket.price()).isEqualTo(4);
    assertThat(basket.quality()).isEqualTo("good");
  }

  @Test
  void isOfALesserOperatorWithCautionWhereTheLargestSellsNone(SparkSession spark) {
    var basket = basket(spark, TWO, "a, .3\nb, .2\nc, .5");
    assertThat(basket.price()).isEqualTo(2);
    assertThat(basket.quality()).isEqualTo("caution");
    assertThat(basket.rule()).contains("of the largest operator that sells one");
  }

  @Test
  void isTheCheapestWithCautionWhereSharesAreNotKnown(SparkSession spark) {
    var basket = basket(spark, TWO, "");
    assertThat(basket.price()).isEqualTo(2);
    assertThat(basket.quality()).isEqualTo("caution");
    assertThat(basket.rule()).contains("shares of subscribers are not known");
  }
}
