package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class PricesStageTest {
  private static final String HEADER =
      "operator, plan, technology, price, currency, validity_days, data_mb, kind, promotional\n";

  private static List<Row> prices(SparkSession spark, String tariffs, String... settings) {
    return Given.checked(
        PricesStage.prices(
            rows(spark, Tables.TARIFFS, HEADER + tariffs),
            Given.settings(settings).affordability()),
        Tables.PRICES,
        Tables.OPERATOR);
  }

  @Test
  void buysTheCheapestPacksOfEachOperator(SparkSession spark) {
    // Of these packs 2 GB cost 2.4, 4.0 and 1.6: four packs of 500 MB also last the 28 days.
    var prices =
        prices(
            spark,
            """
            a, month, 4G, 1.2, USD, 30, 1000, base,
            a, big,   4G, 4.0, USD, 30, 5000, base,
            a, week,  4G, 0.4, USD, 7,  500,  base,
            b, big,   5G, 5.0, USD, 30, 5000, base,
            """);
    assertThat(prices).extracting(row -> row.getAs("operator")).containsExactly("a", "b");
    assertThat(prices.get(0).<Double>getAs("price_month")).isEqualTo(1.6);
    assertThat(prices.get(0).<String>getAs("plans")).isEqualTo("4 x week");
    assertThat(prices.get(0).<String>getAs("version")).isEqualTo("2 GB");
    assertThat(prices.get(1).<Double>getAs("price_month")).isEqualTo(5.0);
  }

  @Test
  void leavesOutPromotionsAndOlderNetworksAndOperatorsThatCannotMeetIt(SparkSession spark) {
    var prices =
        prices(
            spark,
            """
            a, offer,   4G, 0.1, USD, 30, 5000, base,   true
            a, old,     3G, 0.2, USD, 30, 5000, base,   false
            a, regular, 4G, 3.0, USD, 30, 2000, base,   false
            b, extra,   4G, 1.0, USD, 30, 5000, add-on, false
            """);
    assertThat(prices).singleElement().extracting(r -> r.getAs("plans")).isEqualTo("1 x regular");
  }

  @Test
  void takesPlansOfAnOlderNetworkWhereThatIsUsable(SparkSession spark) {
    var prices =
        prices(
            spark,
            "*, old, 3G, 0.2, USD, 30, 5000, base, false",
            "affordability.minimum_technology=3G");
    assertThat(prices).singleElement().extracting(row -> row.getAs("operator")).isEqualTo("*");
  }

  @Test
  void saysWhyNoPlanMeetsTheBasket(SparkSession spark) {
    assertThatThrownBy(
            () ->
                prices(
                    spark,
                    """
                    a, offer, 4G, 0.1, USD, 30, 5000, base,   true
                    a, old,   3G, 0.2, USD, 30, 5000, base,   false
                    b, extra, 4G, 1.0, USD, 30, 5000, add-on, false
                    """))
        .isInstanceOf(InclusionException.class)
        .hasMessageStartingWith("[CONTRACT_BROKEN] tariffs: no operator's plans meet the basket")
        .hasMessageContaining("2 GB")
        .hasMessageContaining("of 3 plans 1 are promotions, 1 are older than 4G, and the other 1");
  }

  @Test
  void refusesPricesInTwoCurrencies(SparkSession spark) {
    assertThatThrownBy(
            () ->
                prices(
                    spark,
                    """
                    a, month, 4G, 1.2, BOB, 30, 2000, base,
                    b, month, 4G, 1.2, USD, 30, 2000, base,
                    """))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("in BOB and in USD");
  }
}
