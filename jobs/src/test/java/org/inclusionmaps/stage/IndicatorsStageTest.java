package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class IndicatorsStageTest {
  private static final String AREAS =
      """
      area, parent, level, name
      C,    ,       0,     C
      W,    C,      1,     W
      E,    C,      1,     E
      N,    C,      1,     N
      Wa,   W,      2,     Wa
      """;

  private static final String GROUP = "place, area, sex, age_band, disability, ";

  /**
   * Two sexes in two areas, a third area of unknown coverage; connected: 65 and 70 in a hundred.
   */
  private static final String INCLUSION =
      GROUP
          + """
          persons_micro, unknown_micro, uncovered_micro, unaffordable_micro, affordable_micro, priced_out_micro, burdened_micro, held_back_micro, included_micro, lacking_micro, priced_out_min_micro, priced_out_max_micro, connected_source
          1, Wa, female, 15-24, none, 100000000, 0, 10000000, 20000000, 70000000, 20000000, 0, 5000000,  65000000, 30000000, 0, 20000000, survey
          1, Wa, male,   15-24, none, 100000000, 0, 10000000, 20000000, 70000000, 20000000, 0, 0,        70000000, 30000000, 0, 20000000, survey
          2, E,  female, 25+,   any,  100000000, 0, 30000000, 20000000, 50000000, 5000000,  15000000, 0, 50000000, 50000000, 0, 5000000,  survey
          2, E,  male,   25+,   any,  100000000, 0, 30000000, 20000000, 50000000, 0, 20000000, 0,        50000000, 50000000, 0, 0,        survey
          3, N,  female, 25+,   any,  20000000, 20000000, 0, 0, 0, , , , , 0, , , survey
          3, N,  male,   25+,   any,  20000000, 20000000, 0, 0, 0, , , , , 0, , , survey
          """;

  private static final String POPULATION =
      GROUP
          + """
          persons_micro, age_split
          1, Wa, all, 0-14, all, 40000000, false
          1, Wa, all, 15+, all, 60000000, false
          2, E,  all, 15+, all, 300000000, false
          3, N,  all, 15+, all, 40000000, false
          """;

  private static final String COVERAGE =
      """
      place, operator, technology, source, signal_dbm, probability_outdoor, probability_good, probability_indoor, cells_in_reach, defaults_used
      1,     a,        2G,         modelled, -90,        .9,                  0,                0,                  1,              0
      1,     a,        4G,         modelled, -90,        .5,                  0,                0,                  1,              0
      1,     b,        4G,         modelled, -90,        .2,                  0,                0,                  1,              0
      2,     b,        4G,         modelled, -90,        .8,                  0,                0,                  1,              0
      3,     a,        4G,         modelled, -90,        .9,                  0,                0,                  1,              0
      """;

  private static final String SURVEY =
      "respondent, area, stratum, psu, weight, sex, age_band, connected\n";

  /** The indicators of the tables above, which most tests look at. */
  private static final Map<String, Row> USUAL = new HashMap<>();

  private final Map<Table, String> in = new HashMap<>();

  private Map<String, Row> usual(SparkSession spark) {
    if (USUAL.isEmpty()) {
      USUAL.putAll(indicators(spark));
    }
    return USUAL;
  }

  private Map<String, Row> indicators(SparkSession spark, String... settings) {
    Map<Table, Dataset<Row>> tables = new HashMap<>();
    given().forEach((table, text) -> tables.put(table, rows(spark, table, text)));
    in.forEach((table, text) -> tables.put(table, rows(spark, table, text)));
    tables.put(Tables.AREA_SUMS, areaSums(tables.get(Tables.INCLUSION)));
    List<Row> found =
        Given.checked(
            IndicatorsStage.indicators(tables, Given.settings(settings)),
            Tables.INDICATORS,
            Tables.AREA);
    Map<String, Row> byKey = new HashMap<>();
    for (Row row : found) {
      byKey.put(
          "%s %s %s %s %s".formatted(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)),
          row);
    }
    return byKey;
  }

  /** The sums of inclusion by area and group, with no replicates. */
  private static Dataset<Row> areaSums(Dataset<Row> inclusion) {
    List<Column> sums = new ArrayList<>();
    for (String name : GroupSums.SUMMED) {
      Column micro =
          name.equals(GroupSums.TOLD)
              ? when(col("priced_out_micro").isNotNull(), col("persons_micro"))
              : col(name + "_micro");
      sums.add(array(coalesce(sum(micro), lit(0L))).as(name));
    }
    return inclusion
        .groupBy("area", "sex", "age_band", "disability")
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
  }

  private static Map<Table, String> given() {
    return Map.of(
        Tables.AREAS,
        AREAS,
        Tables.INCLUSION,
        INCLUSION,
        Tables.POPULATION,
        POPULATION,
        Tables.PLACES,
        "place, environment\n1, open\n2, open\n3, open",
        Tables.COVERAGE,
        COVERAGE,
        Tables.KNOWN_COVERAGE,
        "area, cells, known\nWa, 5, true\nE, 5, true\nN, 0, false",
        Tables.PRICES,
        "operator, basket, technology, price_month, device_month, currency, plans, version\n"
            + "*, data_only_2gb, 4G, 7.24, 0, USD, 1 x p, 2 GB\n"
            + "*, data_only_5gb, 4G, 14.48, 0, USD, 2 x p, 5 GB",
        Tables.INCOMES,
        "area, sex, mean_month, currency, year, gini\nC, all, 346.6666667, USD, 2024, .421",
        Tables.SURVEY,
        SURVEY + asked("female", 25) + asked("male", 25),
        Tables.MARKET,
        "operator, share");
  }

  private static String asked(String sex, int respondents) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < respondents; i++) {
      rows.append("%s%d, C, s, u, 1, %s, all, 1%n".formatted(sex, i, sex));
    }
    return rows.toString();
  }

  private static double value(Map<String, Row> rows, String key) {
    assertThat(rows).containsKey(key);
    return rows.get(key).<Double>getAs("value");
  }

  private static String reason(Map<String, Row> rows, String key) {
    assertThat(rows).containsKey(key);
    assertThat(rows.get(key).<Object>getAs("value")).isNull();
    assertThat(rows.get(key).<String>getAs("quality")).isEqualTo("unreliable");
    return rows.get(key).getAs("reason");
  }

  @Test
  void leavesPersonsOfUnknownCoverageOutOfSharesAndTellsHowMany(SparkSession spark) {
    var rows = usual(spark);
    assertThat(value(rows, "C all all all persons")).isEqualTo(440);
    assertThat(value(rows, "C all all all unknown_persons")).isEqualTo(40);
    assertThat(value(rows, "C all all all lacking_persons")).isEqualTo(160);
    assertThat(value(rows, "C all all all lacking_pct")).isEqualTo(40);
    assertThat(rows.get("C all all all lacking_pct").<Double>getAs("denominator")).isEqualTo(400);
    assertThat(value(rows, "W all all all lacking_pct")).isEqualTo(30);
    assertThat(value(rows, "E all all all lacking_pct")).isEqualTo(50);
    assertThat(reason(rows, "N all all all lacking_pct")).isEqualTo("coverage is not known");
    assertThat(value(rows, "N all all all unknown_pct")).isEqualTo(100);
  }

  @Test
  void asksForCautionWhereMoreThanATenthAsManyAreUnknown(SparkSession spark) {
    // 40 unknown to 400 known is a tenth; of the older, 40 to 200 is more.
    var rows = usual(spark);
    assertThat(rows.get("C all all all lacking_pct").<String>getAs("quality")).isEqualTo("good");
    assertThat(rows.get("C all 25+ all lacking_pct").<String>getAs("quality")).isEqualTo("caution");
  }

  @Test
  void splitsTheGapsAsGsmaDoes(SparkSession spark) {
    var rows = usual(spark);
    assertThat(value(rows, "W all all all coverage_gap_pct")).isEqualTo(10);
    assertThat(value(rows, "W all all all usage_gap_pct")).isEqualTo(22.5);
    assertThat(value(rows, "W all all all connected_pct")).isEqualTo(67.5);
    assertThat(value(rows, "E all all any persons")).isEqualTo(200);
    assertThat(value(rows, "E female all all priced_out_pct")).isEqualTo(5);
    assertThat(value(rows, "E male all all burdened_persons")).isEqualTo(20);
  }

  @Test
  void comparesTheSexesAsGsmaAndItuDo(SparkSession spark) {
    // 65 and 70 in a hundred: parity .92857 (ITU's example), gap 5/70.
    var rows = usual(spark);
    assertThat(value(rows, "W all all all gender_parity_score")).isCloseTo(.92857, within(5e-6));
    assertThat(value(rows, "W all all all gender_gap_pct")).isCloseTo(500 / 70., within(1e-9));
    assertThat(reason(rows, "N all all all gender_gap_pct")).isEqualTo("coverage is not known");
    assertThat(reason(rows, "W female all all gender_gap_pct")).isEqualTo("compares both sexes");
  }

  @Test
  void claimsNoDifferenceOfSexesOfWhomTooFewWereAsked(SparkSession spark) {
    in.put(Tables.SURVEY, SURVEY + asked("female", 240) + asked("male", 24));
    var rows = indicators(spark);
    assertThat(reason(rows, "W all all all gender_gap_pct")).contains("does not tell the sexes");
    assertThat(reason(rows, "W male all all connected_pct")).contains("does not tell the sexes");
  }

  @Test
  void claimsNoDifferenceOfSexesFromASurveyOfHouseholds(SparkSession spark) {
    in.put(Tables.SURVEY, SURVEY + "1, C, s, u, 1, all, all, 1");
    var rows = indicators(spark);
    assertThat(reason(rows, "W all all all gender_gap_pct")).contains("does not tell the sexes");
    assertThat(reason(rows, "W female all all connected_pct")).contains("does not tell the sexes");
    assertThat(value(rows, "W all all all connected_pct")).isEqualTo(67.5);
  }

  @Test
  void takesTheBestOperatorForSdg9c1AndTheUnionBesideIt(SparkSession spark) {
    // 4G of a: 50 of 100 in Wa, none of 300 in E; of b: 20 and 240; of either: 50 and 240.
    var rows = usual(spark);
    assertThat(value(rows, "C all all all sdg_9_c_1_4g")).isEqualTo(65);
    assertThat(value(rows, "C all all all sdg_9_c_1_4g_union")).isEqualTo(72.5);
    assertThat(value(rows, "W all all all sdg_9_c_1_4g")).isEqualTo(50);
    // 2G or newer of a: 90; 3G or newer counts 4G.
    assertThat(value(rows, "W all all all sdg_9_c_1_2g")).isEqualTo(90);
    assertThat(value(rows, "W all all all sdg_9_c_1_3g")).isEqualTo(50);
    assertThat(value(rows, "W all all all sdg_9_c_1_5g")).isZero();
    assertThat(reason(rows, "N all all all sdg_9_c_1_4g")).isEqualTo("coverage is not known");
  }

  @Test
  void givesTheNationalPriceAsShareOfIncome(SparkSession spark) {
    // Bolivia 2024: 7.24 US$ a month and 4,160 a year give 2.09 %.
    var rows = usual(spark);
    assertThat(value(rows, "C all all all basket_price_month")).isEqualTo(7.24);
    assertThat(value(rows, "C all all all itu_affordability_pct")).isCloseTo(2.088, within(1e-3));
    double poorer = value(rows, "C all all all basket_income_pct_bottom_40");
    assertThat(value(rows, "C all all all basket_income_pct_poorest_20")).isGreaterThan(poorer);
    assertThat(poorer).isGreaterThan(2.09);
    assertThat(rows).doesNotContainKey("W all all all basket_price_month");
  }

  @Test
  void tellsTheShareOfIncomeOfEachBasket(SparkSession spark) {
    var rows = usual(spark);
    double two = value(rows, "C all all all itu_affordability_pct");
    assertThat(value(rows, "C all all all basket_income_pct_data_only_2gb")).isEqualTo(two);
    assertThat(value(rows, "C all all all basket_income_pct_data_only_5gb"))
        .isCloseTo(2 * two, within(1e-9));
    assertThat(reason(rows, "C all all all basket_income_pct_data_and_voice_low"))
        .isEqualTo("no operator's plans meet the basket");
  }

  @Test
  void weighsByShareOfSubscribersAndConvertsToInternationalDollars(SparkSession spark) {
    var without = usual(spark);
    assertThat(reason(without, "C all all all basket_price_month_subscribers"))
        .isEqualTo("shares of subscribers are not known");
    assertThat(without).doesNotContainKey("C all all all basket_price_month_ppp");
    in.put(Tables.MARKET, "operator, share\na, .6\nb, .4");
    in.put(
        Tables.PRICES,
        """
        operator, basket,        technology, price_month, device_month, currency, plans, version
        a,        data_only_2gb, 4G,         5,           1,            USD,      p,     2 GB
        b,        data_only_2gb, 4G,         10,          1,            USD,      p,     2 GB
        """);
    var rows = indicators(spark, "affordability.purchasing_power_rate=.5");
    // Without the device: 4 of the larger and 9.
    assertThat(value(rows, "C all all all basket_price_month")).isEqualTo(4);
    assertThat(value(rows, "C all all all basket_price_month_subscribers"))
        .isCloseTo(6, within(1e-12));
    assertThat(value(rows, "C all all all basket_price_month_ppp")).isEqualTo(8);
  }

  @Test
  void takesTheSharesOfFifthsForThePoorest(SparkSession spark) {
    // Bolivia 2024 with the income that ITU used, 3,620 a year: 2.40 %, and 9.2 % of the income of
    // the poorest fifth, who have 5.2 % of all.
    in.put(
        Tables.INCOMES,
        "area, sex, mean_month, currency, year, gini, share_q1, share_q2, share_q3, share_q4,"
            + " share_q5\nC, all, 301.6666667, USD, 2024, .421, .052, .1, .148, .223, .477");
    var rows = indicators(spark);
    assertThat(value(rows, "C all all all itu_affordability_pct")).isCloseTo(2.40, within(1e-2));
    assertThat(value(rows, "C all all all basket_income_pct_poorest_20"))
        .isCloseTo(2.4 * .2 / .052, within(.01))
        .isCloseTo(9.2, within(.05));
    assertThat(value(rows, "C all all all basket_income_pct_bottom_40"))
        .isCloseTo(2.4 * .4 / .152, within(.01));
  }

  @Test
  void publishesOnlyTheLevelsThatTheSettingsSay(SparkSession spark) {
    var rows = indicators(spark, "release.area_levels=[1]");
    assertThat(rows.values()).extracting(row -> row.getAs("area")).containsOnly("W", "E", "N");
  }

  @Test
  void addsAreasUpToTheNationAndKeepsCoverageInOrder(SparkSession spark) {
    var random = new Random(9);
    var population = new StringBuilder(POPULATION.lines().findFirst().orElseThrow() + "\n");
    var coverage = new StringBuilder(COVERAGE.lines().findFirst().orElseThrow() + "\n");
    for (int place = 0; place < 60; place++) {
      String area = List.of("Wa", "E", "N").get(place % 3);
      population.append(
          "%d, %s, all, 15+, all, %d, false%n"
              .formatted(place, area, random.nextLong(1_000_000_000L)));
      for (String operator : List.of("a", "b", "c")) {
        for (String technology : List.of("2G", "3G", "4G", "5G")) {
          coverage.append(
              "%d, %s, %s, modelled, -90, %s, 0, 0, 1, 0%n"
                  .formatted(place, operator, technology, random.nextDouble()));
        }
      }
    }
    in.put(Tables.POPULATION, population.toString());
    in.put(Tables.COVERAGE, coverage.toString());
    for (String shadowing : List.of("common", "independent")) {
      var rows = indicators(spark, "affordability.shadowing=" + shadowing);
      for (String area : List.of("C", "W", "E")) {
        double newer = 0;
        for (String t : List.of("5g", "4g", "3g", "2g")) {
          double best = value(rows, area + " all all all sdg_9_c_1_" + t);
          assertThat(best).isGreaterThanOrEqualTo(newer).isLessThanOrEqualTo(100);
          assertThat(value(rows, area + " all all all sdg_9_c_1_" + t + "_union"))
              .isGreaterThanOrEqualTo(best);
          newer = best;
        }
      }
      for (String part : List.of("persons", "unknown_persons", "lacking_persons")) {
        double sum = 0;
        for (String area : List.of("W", "E", "N")) {
          Row row = rows.get(area + " all all all " + part);
          sum += row.isNullAt(row.fieldIndex("value")) ? 0 : row.<Double>getAs("value");
        }
        assertThat(sum).as(part).isEqualTo(value(rows, "C all all all " + part));
      }
      assertThat(unionNumerator(rows, "W") + unionNumerator(rows, "E"))
          .isCloseTo(unionNumerator(rows, "C"), within(1e-9));
    }
  }

  private static double unionNumerator(Map<String, Row> rows, String area) {
    return rows.get(area + " all all all sdg_9_c_1_4g_union").<Double>getAs("numerator");
  }
}
