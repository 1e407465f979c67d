package org.inclusionmaps.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The links are those of the contract: ids that one table names stand in another. */
@ExtendWith(SparkExtension.class)
class LinksTest {
  private static final String AREAS = "area, parent, level, name\n";
  private static final String CENSUS = "area, sex, age_band, disability, persons\n";
  private static final String TARIFF =
      "operator, plan, technology, price, currency, validity_days, data_mb, kind\n";

  private final Map<Table, Dataset<Row>> inputs = new HashMap<>();

  @BeforeEach
  void soundInputs(SparkSession spark) {
    put(spark, Tables.RADIO_CELLS, "cell, operator, technology, lon, lat\nc, 1-01, 4G, 0, 1");
    put(spark, Tables.COVERAGE_AREAS, "operator, technology, service\n2-02, 4G, outdoor");
    put(
        spark,
        Tables.AREAS,
        AREAS + "SM,, 0, Samara\na, SM, 1, A\nb, SM, 1, B\nb1, b, 2, B one\nb2, b, 2, B two");
    put(
        spark,
        Tables.CENSUS,
        CENSUS + "a, all, all, all, 5\nb1, all, all, all, 0\nb2, all, all, all, 1");
    put(spark, Tables.SETTLEMENTS, "lon, lat, weight\n0, 1, 1");
    put(spark, Tables.TARIFFS, TARIFF + "1-01, p, 4G, 1, USD, 30, 100, base");
    put(spark, Tables.INCOMES, "area, sex, mean_month, currency, year\nSM, all, 9, USD, 2024");
    put(spark, Tables.SURVEY, "respondent, area");
    put(spark, Tables.DIRECT_ESTIMATES, "area, connected, asked\na, 1, 2");
    put(spark, Tables.AREA_FACTS, "area, fact, value\na, electricity, 1");
    put(spark, Tables.MARKET, "operator, share\n1-01, 1");
    put(spark, Tables.REGIONAL_MARKET, "operator, area, share\n1-01, a, 1");
  }

  private void put(SparkSession spark, Table table, String block) {
    inputs.put(table, rows(spark, table, block));
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> Links.check(inputs, "SM", null, Set.of()))
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_BROKEN))
        .hasMessage("[CONTRACT_BROKEN] " + message);
  }

  @Test
  void soundInputsPass() {
    assertThatCode(() -> Links.check(inputs, "SM", null, Set.of())).doesNotThrowAnyException();
  }

  @Test
  void anUnknownOperatorInTariffsIsRefused(SparkSession spark) {
    put(
        spark,
        Tables.TARIFFS,
        TARIFF + "1-01, p, 4G, 1, USD, 30, 100, base\n1-02, p, 4G, 1, USD, 30, 100, base");
    refuses(
        "tariffs: 1 of 2 rows have an operator that has no cell in radio_cells or area in"
            + " coverage_areas, whose operators are 1-01, 2-02: first is 1-02; correct the code, or write * for a price of all"
            + " operators");
  }

  @Test
  void theStarMeansAllOperators(SparkSession spark) {
    put(spark, Tables.TARIFFS, TARIFF + "*, p, 4G, 1, USD, 30, 100, base");
    assertThatCode(() -> Links.check(inputs, "SM", null, Set.of())).doesNotThrowAnyException();
  }

  @Test
  void pricesAndIncomesOfTwoCurrenciesAreRefused(SparkSession spark) {
    put(spark, Tables.INCOMES, "area, sex, mean_month, currency, year\nSM, all, 9, BOB, 2024");
    refuses(
        "tariffs has money in USD but all is told in BOB; state affordability.exchange_rates.USD:"
            + " how much BOB one USD is");
  }

  @Test
  void moneyWithAnExchangeRatePasses(SparkSession spark) {
    put(spark, Tables.INCOMES, "area, sex, mean_month, currency, year\nSM, all, 9, BOB, 2024");
    assertThatCode(() -> Links.check(inputs, "SM", null, Set.of("USD"))).doesNotThrowAnyException();
  }

  @Test
  void incomesInTwoCurrenciesNeedTheOneThatAllIsToldIn(SparkSession spark) {
    put(
        spark,
        Tables.INCOMES,
        "area, sex, mean_month, currency, year\nSM, all, 9, BOB, 2024\na, all, 9, USD, 2024");
    refuses(
        "incomes are in BOB, USD; state affordability.currency, in which all is told, and"
            + " affordability.exchange_rates for the others");
    assertThatCode(() -> Links.check(inputs, "SM", "USD", Set.of("BOB")))
        .doesNotThrowAnyException();
  }

  @Test
  void anAreaWithoutPeopleIsRefused(SparkSession spark) {
    put(spark, Tables.CENSUS, CENSUS + "a, all, all, all, 5\nb1, all, all, all, 0");
    refuses(
        "areas: 1 of 5 rows: neither it, nor an area in it, nor one that holds it has a row in"
            + " census: first is b2; correct areas, or add the area to census (0 persons where"
            + " nobody lives)");
  }

  @Test
  void anAreaWhosePeopleAreCountedInTheOneThatHoldsItPasses(SparkSession spark) {
    put(spark, Tables.CENSUS, CENSUS + "a, all, all, all, 5\nb, all, all, all, 7");
    assertThatCode(() -> Links.check(inputs, "SM", null, Set.of())).doesNotThrowAnyException();
  }

  @Test
  void censusOfAnAreaThatIsNotThereIsRefused(SparkSession spark) {
    put(spark, Tables.CENSUS, CENSUS + "SM, all, all, all, 5\nz, all, all, all, 0");
    refuses(
        "census: 1 of 2 rows have an area that is not in areas: first is z; correct the code or"
            + " add the area");
  }

  @Test
  void noValueOfARespondentIsShown(SparkSession spark) {
    put(spark, Tables.SURVEY, "respondent, area\nr1, SM\nr2, 555-1234");
    refuses(
        "survey: 1 of 2 rows have an area that is not in areas: first is not shown: rows are"
            + " persons; correct the code or add the area");
  }

  @Test
  void parentsInARingAreRefused(SparkSession spark) {
    put(
        spark,
        Tables.AREAS,
        AREAS + "SM,, 0, S\na, b, 1, A\nb, a, 1, B\nb1, SM, 1, x\nb2, SM, 1,y");
    refuses("areas: 2 of 5 rows: its parents go round in a ring: first is a; correct areas");
  }

  @Test
  void aParentThatIsNotThereIsRefused(SparkSession spark) {
    put(
        spark,
        Tables.AREAS,
        AREAS + "SM,, 0, S\na, SM, 1, A\nb, no, 1, B\nb1, SM, 1, x\nb2, SM, 1, y");
    put(spark, Tables.CENSUS, CENSUS + "SM, all, all, all, 5\nb, all, all, all, 0");
    refuses("areas: 1 of 5 rows: its parent is not in areas: first is b; correct areas");
  }

  @Test
  void anotherCountryThanTheSettingsIsRefused() {
    assertThatThrownBy(() -> Links.check(inputs, "XX", null, Set.of()))
        .hasMessage(
            "[CONTRACT_BROKEN] areas: the area at level 0 is SM; it must be one, XX, as country.id"
                + " says; correct the feed or the setting");
  }
}
