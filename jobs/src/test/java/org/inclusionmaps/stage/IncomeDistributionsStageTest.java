package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.affordability.IncomeDistribution;
import org.inclusionmaps.affordability.LognormalIncome;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** σ of a Gini of .35 is .641716643 (design: printed by independent software). */
@ExtendWith(SparkExtension.class)
class IncomeDistributionsStageTest {
  private static final double SIGMA = .641716643;

  private static final String AREAS =
      """
      area, parent, level, name
      C,    ,       0,     C
      W,    C,      1,     W
      E,    C,      1,     E
      Wa,   W,      2,     Wa
      Wb,   W,      2,     Wb
      """;

  private static final String POPULATION =
      "place, area, sex, age_band, disability, persons_micro, age_split\n";

  private static final String INCOMES =
      "area, sex, mean_month, poverty_rate, currency, year, gini, share_q1, share_q2, share_q3,"
          + " share_q4, share_q5, gb2_a, gb2_p, gb2_q, mean_error\n";

  private static final String NATION = "C, all, 100, , USD, 2024, .35\n";

  /** One person in each area of the two. */
  private static final String TWO_AREAS =
      """
      1, W, all, 15+, all, 1000000, false
      3, E, all, 15+, all, 1000000, false
      """;

  private static List<Row> distributions(SparkSession spark, String incomes, String population) {
    return distributions(spark, incomes, "", population);
  }

  private static List<Row> distributions(
      SparkSession spark, String incomes, String respondents, String population) {
    return Given.checked(
        IncomeDistributionsStage.distributions(
            rows(spark, Tables.INCOMES, INCOMES + incomes),
            rows(
                spark,
                Tables.SURVEY,
                "respondent, area, weight, sex, income_month\n" + respondents),
            rows(spark, Tables.AREAS, AREAS),
            rows(spark, Tables.POPULATION, POPULATION + population),
            Given.settings()),
        Tables.INCOME_DISTRIBUTIONS,
        Tables.AREA,
        Tables.SEX);
  }

  @Test
  void takesTheNearestAreaUpTheTreeThatHasAMean(SparkSession spark) {
    var found =
        distributions(
            spark,
            """
            C,  all, 100, , USD, 2024, .35
            W,  all, 80,  , USD, 2024,
            Wa, all, 90,  , USD, 2024,
            """,
            """
            1, Wa, all, 15+, all, 1000000, false
            2, Wb, all, 15+, all, 1000000, false
            3, E,  all, 15+, all, 1000000, false
            """);
    assertThat(found).extracting(row -> row.getAs("area")).containsExactly("E", "Wa", "Wb");
    assertThat(found).extracting(row -> row.getAs("source")).containsExactly("C", "Wa", "W");
    assertThat(found).extracting(row -> row.getAs("mean_month")).containsExactly(100., 90., 80.);
  }

  @Test
  void givesTheNationsMeanAndSpreadToAreasThatDifferInPovertyOnly(SparkSession spark) {
    // Φ(0) = .5 and Φ(−1) = .1586553: the means stand as 1 to e^σ, and average 100.
    var found =
        distributions(
            spark,
            """
            C, all, 100, ,         USD, 2024, .35
            W, all, ,    .5,       USD, 2024,
            E, all, ,    .1586553, USD, 2024,
            """,
            """
            1, W, all, 15+, all, 5000000, false
            3, E, all, 15+, all, 5000000, false
            """);
    double poor = 200 / (1 + Math.exp(SIGMA));
    assertThat(found.get(1).<Double>getAs("mean_month")).isCloseTo(poor, within(1e-4));
    assertThat(found.get(0).<Double>getAs("mean_month")).isCloseTo(200 - poor, within(1e-4));
    // The logarithms are σ apart: σ²/4 of the variance is between the areas, the rest within.
    assertThat(found.get(0).<Double>getAs("sigma")).isCloseTo(SIGMA * Math.sqrt(.75), within(1e-6));
    assertThat(found.get(1).<Double>getAs("sigma")).isEqualTo(found.get(0).getAs("sigma"));
  }

  @Test
  void usesIncomeBySexWhereItIsGivenAndInventsNoDifference(SparkSession spark) {
    var found =
        distributions(
            spark,
            """
            C, all,    100, , USD, 2024, .35
            W, female, 80,  , USD, 2024,
            W, all,    90,  , USD, 2024,
            """,
            """
            1, W, female, 15+, all, 1000000, false
            1, W, male,   15+, all, 1000000, false
            3, E, female, 15+, all, 1000000, false
            3, E, male,   15+, all, 1000000, false
            """);
    assertThat(found)
        .extracting(row -> row.getAs("mean_month"))
        .containsExactly(100., 100., 80., 90.);
  }

  @Test
  void takesAPovertyRateOfAllOrNobodyForNearlyAll(SparkSession spark) {
    var found =
        distributions(
            spark,
            """
            C, all, 100, ,  USD, 2024, .35
            W, all, ,    1, USD, 2024,
            E, all, ,    0, USD, 2024,
            """,
            """
            1, W, all, 15+, all, 1000000, false
            3, E, all, 15+, all, 1000000, false
            """);
    double east = found.get(0).getAs("mean_month");
    double west = found.get(1).getAs("mean_month");
    assertThat(east + west).isCloseTo(200, within(1e-9));
    assertThat(west).isPositive().isLessThan(east);
    // Such areas differ more than the nation's spread allows: a tenth of it is kept within.
    assertThat(found.get(0).<Double>getAs("sigma")).isCloseTo(SIGMA * Math.sqrt(.1), within(1e-6));
  }

  @Test
  void keepsTheNationsMeanWhateverThePovertyRates(SparkSession spark) {
    var random = new Random(4);
    for (int round = 0; round < 3; round++) {
      var incomes = new StringBuilder("C, all, 100, , USD, 2024, .5\n");
      var population = new StringBuilder();
      long[] persons = new long[3];
      String[] areas = {"E", "Wa", "Wb"};
      for (int i = 0; i < 3; i++) {
        persons[i] = 1L + random.nextInt(1_000_000_000);
        incomes.append("%s, all, , %s, USD, 2024,%n".formatted(areas[i], random.nextDouble()));
        population.append("%d, %s, all, 15+, all, %d, false%n".formatted(i, areas[i], persons[i]));
      }
      var found = distributions(spark, incomes.toString(), population.toString());
      double money = 0;
      double all = 0;
      for (int i = 0; i < 3; i++) {
        money += persons[i] * found.get(i).<Double>getAs("mean_month");
        all += persons[i];
      }
      assertThat(money / all).isCloseTo(100, within(1e-9));
    }
  }

  @Test
  void refusesIncomesWithoutTheCountrysMeanAndGini(SparkSession spark) {
    assertThatThrownBy(
            () ->
                distributions(
                    spark, "C, all, 100, , USD, 2024,", "1, W, all, 15+, all, 1000000, false"))
        .hasMessageContaining(
            "[CONTRACT_BROKEN] incomes: the row of the country (area C, sex all) must have"
                + " mean_month and gini");
  }

  private static IncomeDistribution income(Row row) {
    List<Double> parameters = row.getList(row.fieldIndex("parameters"));
    return new IncomeForm(
            row.getAs("form"), parameters.stream().mapToDouble(parameter -> parameter).toArray())
        .at(row.getAs("mean_month"));
  }

  @Test
  void usesAnAreasOwnGiniInsideItAsItStands(SparkSession spark) {
    var found = distributions(spark, NATION + "W, all, 100, , USD, 2024, .6", TWO_AREAS);
    assertThat(found.get(1).<Double>getAs("sigma")).isCloseTo(1.190232163, within(1e-8));
    assertThat(found.get(1).<String>getAs("form")).isEqualTo("lognormal");
    assertThat(income(found.get(1)).gini()).isCloseTo(.6, within(1e-9));
    assertThat(found.get(0).<Double>getAs("sigma")).isCloseTo(SIGMA, within(1e-8));
    assertThat(found).extracting(row -> row.getAs("spread_shrunk")).containsOnly(false);
  }

  @Test
  void takesSharesOfFifthsBeforeAllElseAndGb2BeforeTheGini(SparkSession spark) {
    var found =
        distributions(
            spark,
            NATION
                + """
                W, all, 90,  , USD, 2024, .3, .052, .100, .148, .223, .477, 3, .9, .8
                E, all, 110, , USD, 2024, .3, ,     ,     ,     ,     , 3, .9, .8
                """,
            TWO_AREAS);
    assertThat(found.get(1).<String>getAs("form")).isIn("quadratic", "beta");
    assertThat(income(found.get(1)).incomeShareOfPoorest(.2)).isCloseTo(.052, within(.002));
    assertThat(found.get(0).<String>getAs("form")).isEqualTo("gb2");
    // The Gini coefficient of a GB2 of a 3, p .9, q .8 is .3869734054 (design).
    assertThat(income(found.get(0)).gini()).isCloseTo(.3869734054, within(1e-6));
    assertThat(income(found.get(0)).mean()).isCloseTo(110, within(1e-9));
  }

  @Test
  void neverUsesTheNationsSharesInsideAPlace(SparkSession spark) {
    var found =
        distributions(
            spark,
            """
            C, all, 100, , USD, 2024, .35, .052, .100, .148, .223, .477
            W, all, 50,  , USD, 2024,
            E, all, 150, , USD, 2024,
            """,
            TWO_AREAS);
    double between = Math.pow(Math.log(3) / 2, 2);
    assertThat(found).extracting(row -> row.getAs("form")).containsOnly("lognormal");
    assertThat(found.get(0).<Double>getAs("sigma"))
        .isCloseTo(Math.sqrt(SIGMA * SIGMA - between), within(1e-8));
  }

  @Test
  void splitsTheSpreadOfAnAreaInsideWhichMeansDiffer(SparkSession spark) {
    var found =
        distributions(
            spark,
            """
            C,  all, 100, , USD, 2024, .35
            W,  all, 100, , USD, 2024, .3
            Wa, all, 90,  , USD, 2024,
            Wb, all, 110, , USD, 2024,
            """,
            """
            1, Wa, all, 15+, all, 1000000, false
            2, Wb, all, 15+, all, 1000000, false
            3, E,  all, 15+, all, 1000000, false
            """);
    double west = LognormalIncome.sigmaOfGini(.3);
    double between = Math.pow(Math.log(110 / 90.) / 2, 2);
    assertThat(found).extracting(row -> row.getAs("area")).containsExactly("E", "Wa", "Wb");
    assertThat(found.get(1).<Double>getAs("sigma"))
        .isCloseTo(Math.sqrt(west * west - between), within(1e-9));
    assertThat(found.get(0).<Double>getAs("sigma")).isGreaterThan(found.get(1).getAs("sigma"));
  }

  @Test
  void saysWhereTheMeansOfAreasDifferMoreThanTheNationsSpreadAllows(SparkSession spark) {
    var found =
        distributions(
            spark, NATION + "W, all, 10, , USD, 2024,\nE, all, 190, , USD, 2024,", TWO_AREAS);
    assertThat(found).extracting(row -> row.getAs("spread_shrunk")).containsOnly(true);
    double east = found.get(0).getAs("mean_month");
    double west = found.get(1).getAs("mean_month");
    assertThat(east + west).isCloseTo(200, within(1e-9));
    assertThat(west).isGreaterThan(10);
  }

  @Test
  void usesMicrodataOfAHundredRespondentsAsTheyAre(SparkSession spark) {
    var respondents = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      respondents.append("w%d, Wa, 1, all, %d%n".formatted(i, 1 + i));
      respondents.append(i == 0 ? "" : "e%d, E, 1, all, %d%n".formatted(i, 1 + i));
    }
    var found =
        distributions(
            spark,
            NATION + "W, all, 202, , USD, 2024, .2\nE, all, 101, , USD, 2024, .2",
            respondents.toString(),
            TWO_AREAS);
    // 99 are too few in the east.
    assertThat(found.get(0).<String>getAs("form")).isEqualTo("lognormal");
    assertThat(found.get(1).<String>getAs("form")).isEqualTo("sampled");
    assertThat(found.get(1).<Object>getAs("parameters")).isNotNull();
    // Incomes 1 to 100 have the mean 50.5: at a mean 202 of which a shrunk one may be, 4 to 400.
    double mean = found.get(1).getAs("mean_month");
    for (int z = 1; z <= 100; z++) {
      assertThat(income(found.get(1)).shareBelow((z + .5) * mean / 50.5))
          .isCloseTo(z / 100., within(1e-9));
    }
  }

  @Test
  void convertsIncomesToTheMoneyThatAllIsToldIn(SparkSession spark) {
    var found =
        Given.checked(
            IncomeDistributionsStage.distributions(
                rows(
                    spark,
                    Tables.INCOMES,
                    INCOMES
                        + "C, all, 100, , BOB, 2024, .35\nW, all, 10, , USD, 2024, , , , , , , , , , 1"),
                rows(spark, Tables.SURVEY, "respondent, area"),
                rows(spark, Tables.AREAS, AREAS),
                rows(spark, Tables.POPULATION, POPULATION + TWO_AREAS),
                Given.settings(
                    "affordability.currency=BOB", "affordability.exchange_rates={USD: 7}")),
            Tables.INCOME_DISTRIBUTIONS,
            Tables.AREA);
    assertThat(found.get(1).<Double>getAs("mean_month")).isCloseTo(70, within(1e-9));
    assertThat(found.get(1).<Double>getAs("mean_error_pct")).isCloseTo(10, within(1e-9));
    assertThat(found).extracting(row -> row.getAs("currency")).containsOnly("BOB");
  }

  @Test
  void tellsTheStandardErrorOfAMeanAsPerCentOfIt(SparkSession spark) {
    var found =
        distributions(spark, NATION + "W, all, 80, , USD, 2024, , , , , , , , , , 4", TWO_AREAS);
    assertThat(found.get(1).<Double>getAs("mean_error_pct")).isEqualTo(5);
    assertThat(found.get(0).<Object>getAs("mean_error_pct")).isNull();
  }

  @Test
  void refusesSharesThatAreNotAllThereOrFall(SparkSession spark) {
    assertThatThrownBy(
            () -> distributions(spark, NATION + "W, all, 80, , USD, 2024, , .1, .2", TWO_AREAS))
        .hasStackTraceContaining(
            "[CONTRACT_BROKEN] incomes: area W, sex all: 3 of share_q1 to share_q5 are absent;"
                + " give all or none; correct the row");
    assertThatThrownBy(
            () ->
                distributions(
                    spark, NATION + "W, all, 80, , USD, 2024, , .3, .2, .2, .2, .1", TWO_AREAS))
        .hasStackTraceContaining("shares of income must not fall");
  }
}
