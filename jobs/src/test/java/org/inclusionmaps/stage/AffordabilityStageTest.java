package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.affordability.LognormalIncome;
import org.inclusionmaps.config.AffordabilitySettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Incomes of mean 300 and Gini .35: .223840469 of persons have less than 150, .625841120 less than
 * 300, .829629659 less than 450 (design: printed by independent software). At 2 % those are prices
 * of 3, 6 and 9.
 */
@ExtendWith(SparkExtension.class)
class AffordabilityStageTest {
  private static final double AT_3 = .223840469;
  private static final double AT_6 = .625841120;
  private static final double AT_9 = .829629659;

  private static final String POPULATION =
      """
      place, area, sex, age_band, disability, persons_micro, age_split
      1,     W,    all, 0-14,     all,        7000000,       false
      1,     W,    all, 15-24,    all,        5000000,       false
      2,     W,    all, 15-24,    all,        5000000,       false
      3,     W,    all, 15-24,    all,        5000000,       false
      4,     W,    all, 80+,      all,        5000000,       false
      5,     E,    all, 15-24,    all,        5000000,       false
      """;

  private static final String COVERAGE =
      """
      place, operator, technology, source, signal_dbm, probability_outdoor, probability_good, probability_indoor, cells_in_reach, defaults_used
      1,     a,        4G,         modelled, -90,        .5,                  .2,               .1,                 1,              0
      1,     b,        4G,         modelled, -90,        .7,                  .2,               .1,                 1,              0
      1,     b,        5G,         modelled, -90,        .8,                  .4,               .1,                 1,              0
      2,     b,        4G,         modelled, -90,        .8,                  .2,               .1,                 1,              0
      3,     a,        3G,         modelled, -90,        .9,                  .2,               .1,                 1,              0
      4,     c,        4G,         modelled, -90,        .6,                  .2,               .1,                 1,              0
      5,     a,        4G,         modelled, -90,        .9,                  .2,               .1,                 1,              0
      """;

  private static final String KNOWN = "area, cells, known\nW, 5, true\nE, 0, false";

  private static final String PRICES =
      "operator, basket, technology, price_month, device_month, currency, plans, version\n";

  private static final String TWO_PRICES =
      "a, data_only_2gb, 4G, 3, 0, USD, 1 x p, 2 GB\nb, data_only_2gb, 4G, 9, 0, USD, 1 x q, 2 GB\n";

  private static final String INCOMES =
      """
      area, sex, mean_month, sigma,      currency, source
      W,    all, 300,        .641716643, USD,      C
      E,    all, 300,        .641716643, USD,      C
      """;

  private static List<Row> affordability(
      SparkSession spark, String coverage, String prices, String... settings) {
    return offered(spark, POPULATION, coverage, prices, INCOMES, settings);
  }

  private static List<Row> offered(
      SparkSession spark,
      String population,
      String coverage,
      String prices,
      String incomes,
      String... settings) {
    var given = Given.settings(settings);
    return Given.checked(
        AffordabilityStage.affordability(
            rows(spark, Tables.POPULATION, population),
            OffersStage.offers(
                rows(spark, Tables.COVERAGE, coverage),
                rows(spark, Tables.PLACES, "place, environment\n1, open"),
                given.radio(),
                given.affordability().minimumTechnology(),
                given.affordability().shadowing()),
            rows(spark, Tables.KNOWN_COVERAGE, KNOWN),
            rows(spark, Tables.PRICES, PRICES + prices),
            rows(spark, Tables.INCOME_DISTRIBUTIONS, incomes),
            given),
        Tables.AFFORDABILITY,
        Tables.PLACE,
        Tables.SEX);
  }

  @Test
  void weighsEachPriceByTheChanceThatItIsTheCheapestThere(SparkSession spark) {
    var row = affordability(spark, COVERAGE, TWO_PRICES).get(0);
    assertThat(row.<Double>getAs("coverage_probability")).isEqualTo(.8);
    assertThat(row.<Double>getAs("share_unaffordable"))
        .isCloseTo((.5 * AT_3 + .3 * AT_9) / .8, within(1e-8));
    assertThat(row.<Double>getAs("price_month")).isCloseTo((.5 * 3 + .3 * 9) / .8, within(1e-12));
    assertThat(row.<Double>getAs("price_income_pct")).isCloseTo(1.75, within(1e-12));
    assertThat(row.<String>getAs("operator")).isEqualTo("a");
    assertThat(row.<String>getAs("best_technology")).isEqualTo("5G");
  }

  @Test
  void tellsTheChanceOfEachTechnologyOrANewerOneByAnyOperator(SparkSession spark) {
    for (var shadowing : AffordabilitySettings.Shadowing.values()) {
      var place =
          OffersStage.offers(
                  rows(spark, Tables.COVERAGE, COVERAGE),
                  rows(spark, Tables.PLACES, "place, environment\n1, open"),
                  Given.settings().radio(),
                  "4G",
                  shadowing)
              .where("place = 1")
              .first();
      // Operators fail together, or each for itself: 1 - (1 - .5)(1 - .8).
      double any = shadowing == AffordabilitySettings.Shadowing.COMMON ? .8 : .9;
      assertThat(place.<Double>getAs("coverage_probability_2g")).isCloseTo(any, within(1e-12));
      assertThat(place.<Double>getAs("coverage_probability_4g")).isCloseTo(any, within(1e-12));
      assertThat(place.<Double>getAs("coverage_probability_5g")).isEqualTo(.8);
    }
  }

  @Test
  void pricesOutAVillageThatOnlyTheDearOperatorReaches(SparkSession spark) {
    var rows = affordability(spark, COVERAGE, TWO_PRICES);
    assertThat(rows.get(1).<Double>getAs("share_unaffordable")).isCloseTo(AT_9, within(1e-8));
    assertThat(rows.get(1).<Double>getAs("coverage_probability")).isEqualTo(.8);
  }

  @Test
  void leavesAPlaceWithoutAUsableNetworkUncovered(SparkSession spark) {
    var row = affordability(spark, COVERAGE, TWO_PRICES).get(2);
    assertThat(row.<Double>getAs("coverage_probability")).isZero();
    assertThat(row.<Object>getAs("share_unaffordable")).isNull();
    assertThat(row.<Object>getAs("price_month")).isNull();
    assertThat(row.<String>getAs("best_technology")).isEqualTo("3G");
  }

  @Test
  void countsANetworkWithoutAnyPriceAsCoverageThatNobodyCanAfford(SparkSession spark) {
    var row = affordability(spark, COVERAGE, TWO_PRICES).get(3);
    assertThat(row.<Double>getAs("coverage_probability")).isEqualTo(.6);
    assertThat(row.<Double>getAs("share_unaffordable")).isEqualTo(1.0);
    assertThat(row.<Object>getAs("price_month")).isNull();
    assertThat(row.<Object>getAs("operator")).isNull();
  }

  @Test
  void saysNothingOfAreasThatTheCellListIsSilentAbout(SparkSession spark) {
    var row = affordability(spark, COVERAGE, TWO_PRICES).get(4);
    assertThat(row.<Object>getAs("coverage_probability")).isNull();
    assertThat(row.<Object>getAs("best_technology")).isNull();
    assertThat(row.<Object>getAs("share_unaffordable")).isNull();
    assertThat(row.<Double>getAs("income_mean_month")).isEqualTo(300);
  }

  @Test
  void hasNoRowForChildren(SparkSession spark) {
    assertThat(affordability(spark, COVERAGE, TWO_PRICES))
        .hasSize(5)
        .extracting(row -> row.getAs("age_band"))
        .doesNotContain("0-14");
  }

  @Test
  void givesAPriceOfAllOperatorsToEachThatIsNotCheaperItself(SparkSession spark) {
    var rows =
        affordability(
            spark,
            COVERAGE,
            "*, data_only_2gb, 4G, 6, 0, USD, 1 x p, 2 GB\na, data_only_2gb, 4G, 3, 0, USD, 1 x q, 2 GB");
    assertThat(rows.get(0).<Double>getAs("share_unaffordable"))
        .isCloseTo((.5 * AT_3 + .3 * AT_6) / .8, within(1e-8));
    assertThat(rows.get(3).<Double>getAs("share_unaffordable")).isCloseTo(AT_6, within(1e-8));
  }

  @Test
  void multipliesWhereOperatorsFailEachForItself(SparkSession spark) {
    var row =
        affordability(spark, COVERAGE, TWO_PRICES, "affordability.shadowing=independent").get(0);
    assertThat(row.<Double>getAs("coverage_probability")).isCloseTo(.9, within(1e-12));
    assertThat(row.<Double>getAs("share_unaffordable"))
        .isCloseTo((.5 * AT_3 + .4 * AT_9) / .9, within(1e-8));
  }

  @Test
  void countsTheLevelOfServiceAndTheTechnologyThatTheSettingsSay(SparkSession spark) {
    var good = affordability(spark, COVERAGE, TWO_PRICES, "radio.service=good");
    assertThat(good.get(0).<Double>getAs("coverage_probability")).isEqualTo(.4);
    assertThat(good.get(0).<Object>getAs("best_technology")).isNull();
    var third =
        affordability(
            spark, COVERAGE, TWO_PRICES.replace("4G", "3G"), "affordability.minimum_technology=3G");
    assertThat(third.get(2).<Double>getAs("coverage_probability")).isEqualTo(.9);
  }

  @Test
  void neverLetsMorePeopleAffordADearerPrice(SparkSession spark) {
    var random = new Random(11);
    var coverage = new StringBuilder(COVERAGE.lines().findFirst().orElseThrow()).append('\n');
    for (int place = 1; place <= 5; place++) {
      for (String operator : List.of("a", "b", "c")) {
        coverage.append(
            "%d, %s, 4G, modelled, -90, %s, 0, 0, 1, 0%n"
                .formatted(place, operator, random.nextDouble()));
      }
    }
    for (int round = 0; round < 4; round++) {
      double dear = 1 + 9 * random.nextDouble();
      String fixed =
          "a, data_only_2gb, 4G, 4, 0, USD, p, 2 GB\nb, data_only_2gb, 4G, 6, 0, USD, q, 2 GB\nc, data_only_2gb, 4G, %s, 0, USD, r, 2 GB";
      var before = affordability(spark, coverage.toString(), fixed.formatted(dear));
      var after =
          affordability(
              spark, coverage.toString(), fixed.formatted(dear * (1 + random.nextDouble())));
      for (int i = 0; i < 4; i++) {
        assertThat(after.get(i).<Double>getAs("share_unaffordable"))
            .isGreaterThanOrEqualTo(before.get(i).<Double>getAs("share_unaffordable") - 1e-12);
      }
    }
  }

  @Test
  void tellsHowMuchIncomeIsMissingAMonthUntilThePriceIsAffordable(SparkSession spark) {
    // The shortfall at 150 of a mean 300 and Gini .35 is .062627463 of it (design). At price 9 the
    // line is 450: .829629659 - (300 / 450) * the share of income of those below.
    var rows = affordability(spark, COVERAGE, TWO_PRICES);
    double at9 = 450 * new LognormalIncome(300, .641716643).shortfall(450);
    assertThat(rows.get(1).<Double>getAs("income_shortfall_month")).isCloseTo(at9, within(1e-6));
    assertThat(rows.get(0).<Double>getAs("income_shortfall_month"))
        .isCloseTo((.5 * 150 * .062627463 + .3 * at9) / .8, within(1e-5));
    assertThat(rows.get(2).<Object>getAs("income_shortfall_month")).isNull();
    assertThat(rows.get(3).<Object>getAs("income_shortfall_month")).isNull();
  }

  @Test
  void usesTheFormOfIncomeThatAnAreaHas(SparkSession spark) {
    var rows =
        offered(
            spark,
            POPULATION,
            COVERAGE,
            TWO_PRICES,
            """
            area, sex, mean_month, sigma, currency, source, form,    parameters
            W,    all, 300,        .6,    USD,      W,      sampled, .5;.5;1;2
            E,    all, 300,        .6,    USD,      E,      gb2,     3;.9;.8
            """);
    // Incomes of 150, 150, 300 and 600: three in four have less than 450, and lack 300, 300, 150.
    assertThat(rows.get(1).<Double>getAs("share_unaffordable")).isCloseTo(.75, within(1e-12));
    assertThat(rows.get(1).<Double>getAs("income_shortfall_month"))
        .isCloseTo((300 + 300 + 150) / 4., within(1e-9));
  }

  @Test
  void sharesOfWomenRestOnTheirOwnIncomeWhereItIsGiven(SparkSession spark) {
    var rows =
        offered(
            spark,
            """
            place, area, sex,    age_band, disability, persons_micro, age_split
            2,     W,    female, 15-24,    all,        5000000,       false
            2,     W,    male,   15-24,    all,        5000000,       false
            """,
            COVERAGE,
            "b, data_only_2gb, 4G, 3, 0, USD, 1 x q, 2 GB",
            """
            area, sex,    mean_month, sigma,      currency, source
            W,    female, 150,        .641716643, USD,      W
            W,    male,   300,        .641716643, USD,      W
            """);
    assertThat(rows).extracting(row -> row.getAs("sex")).containsExactly("female", "male");
    assertThat(rows.get(0).<Double>getAs("share_unaffordable")).isCloseTo(AT_6, within(1e-8));
    assertThat(rows.get(1).<Double>getAs("share_unaffordable")).isCloseTo(AT_3, within(1e-8));
    assertThat(rows.get(0).<Double>getAs("price_income_pct")).isCloseTo(2, within(1e-12));
  }

  @Test
  void measuresByTheBasketAndTechnologyOfTheSettingsAlone(SparkSession spark) {
    String others =
        "a, data_only_5gb, 4G, 1, 0, USD, r, 5 GB\na, data_only_2gb, 3G, 1, 0, USD, r, 2 GB\n";
    var row = affordability(spark, COVERAGE, TWO_PRICES + others).get(0);
    assertThat(row.<Double>getAs("price_month")).isCloseTo((.5 * 3 + .3 * 9) / .8, within(1e-12));
  }

  @Test
  void refusesPricesInOtherMoneyThanIncomes(SparkSession spark) {
    assertThatThrownBy(
            () -> affordability(spark, COVERAGE, "a, data_only_2gb, 4G, 3, 0, BOB, 1 x p, 2 GB"))
        .hasMessageContaining("are in BOB and USD");
  }
}
