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

  private static final String INCOMES = "area, sex, mean_month, currency, year\n";

  /** The usable prices of the basket that measures affordability. */
  private static List<Row> prices(SparkSession spark, String tariffs, String... settings) {
    var affordability = Given.settings(settings).affordability();
    return all(spark, "C, all, 100, USD, 2024", tariffs, settings).stream()
        .filter(
            row ->
                row.getAs("basket").equals(affordability.basket())
                    && row.getAs("technology")
                        .equals(affordability.usableFor(affordability.basket())))
        .toList();
  }

  private static List<Row> all(
      SparkSession spark, String incomes, String tariffs, String... settings) {
    return Given.checked(
        PricesStage.prices(
            rows(spark, Tables.TARIFFS, HEADER + tariffs),
            rows(spark, Tables.INCOMES, INCOMES + incomes),
            Given.settings(settings).affordability()),
        Tables.PRICES,
        Tables.OPERATOR,
        "basket",
        Tables.TECHNOLOGY);
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
  void pricesEachBasketForEachTechnologyFromItsOwnOn(SparkSession spark) {
    // 1 GB costs 1.2, 2 GB 1.6 and 5 GB 4.0 with the three packs; the old plan is 3G.
    var found =
        all(
            spark,
            "C, all, 100, USD, 2024",
            """
            a, month, 4G, 1.2, USD, 30, 1000, base,
            a, big,   4G, 4.0, USD, 30, 5000, base,
            a, week,  4G, 0.4, USD, 7,  500,  base,
            a, old,   3G, 1.0, USD, 30, 2000, base,
            """);
    assertThat(found)
        .extracting(
            row -> "%s %s %s".formatted(row.get(1), row.get(2), row.<Double>getAs("price_month")))
        .containsExactly(
            "data_only_1gb 3G 1.0",
            "data_only_1gb 4G 1.2",
            "data_only_2gb 3G 1.0",
            "data_only_2gb 4G 1.6",
            "data_only_5gb 3G 3.0",
            "data_only_5gb 4G 4.0");
  }

  @Test
  void takesABasketOfDataMinutesAndMessages(SparkSession spark) {
    var found =
        Given.checked(
            PricesStage.prices(
                rows(
                    spark,
                    Tables.TARIFFS,
                    """
                    operator, plan, technology, price, currency, validity_days, data_mb, minutes, sms, kind
                    a,        data, 4G,         2,     USD,      30,            1000,    0,       0,   base
                    a,        talk, 4G,         3,     USD,      30,            0,       40,      20,  add-on
                    """),
                rows(spark, Tables.INCOMES, INCOMES + "C, all, 100, USD, 2024"),
                Given.settings("affordability.basket=data_and_voice_low").affordability()),
            Tables.PRICES,
            "basket",
            Tables.TECHNOLOGY);
    // 70 minutes are two of the add-on, which need the base plan.
    assertThat(found)
        .filteredOn(row -> row.getAs("basket").equals("data_and_voice_low"))
        .extracting(row -> row.getAs("plans"))
        .containsOnly("1 x data + 2 x talk");
  }

  @Test
  void addsTheDevicesPartOfAMonthToEachBasket(SparkSession spark) {
    var price =
        prices(
                spark,
                "a, month, 4G, 1.5, USD, 30, 2000, base,",
                "affordability.device={price: 60, months: 24}")
            .get(0);
    assertThat(price.<Double>getAs("price_month")).isEqualTo(4);
    assertThat(price.<Double>getAs("device_month")).isEqualTo(2.5);
  }

  @Test
  void convertsPricesToTheMoneyOfTheIncomes(SparkSession spark) {
    var found =
        all(
            spark,
            "C, all, 100, BOB, 2024",
            """
            a, month, 4G, 2,  USD, 30, 2000, base,
            b, month, 4G, 12, BOB, 30, 2000, base,
            """,
            "affordability.exchange_rates={USD: 6.91}");
    assertThat(found).extracting(row -> row.getAs("currency")).containsOnly("BOB");
    assertThat(found)
        .filteredOn(row -> row.getAs("basket").equals("data_only_2gb"))
        .extracting(row -> row.<Double>getAs("price_month"))
        .containsExactly(13.82, 13.82, 12., 12.);
  }

  @Test
  void refusesMoneyWithoutAnExchangeRate(SparkSession spark) {
    assertThatThrownBy(
            () ->
                prices(
                    spark,
                    """
                    a, month, 4G, 1.2, BOB, 30, 2000, base,
                    b, month, 4G, 1.2, USD, 30, 2000, base,
                    """))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("state affordability.exchange_rates.BOB: how much USD one BOB is");
  }
}
