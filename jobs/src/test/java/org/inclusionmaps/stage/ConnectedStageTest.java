package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ConnectedStageTest {
  private static final String AREAS =
      """
      area, parent, level, name, settlement_type
      C,    ,       0,     C,
      W,    C,      1,     W,
      E,    C,      1,     E,
      Wa,   W,      2,     Wa,   rural
      """;

  private static final String PLACES =
      """
      place, lon, lat, persons_micro, degree,        environment
      1,     0,   0,   0,             rural,         open
      2,     0,   0,   0,             urban_cluster, suburban
      3,     0,   0,   0,             urban_centre,  urban
      """;

  private static final String GROUP = "place, area, sex, age_band, disability, ";

  private static final String SURVEY =
      "respondent, area, settlement_type, stratum, psu, weight, sex, age_band, connected\n";

  /** One person asked, in an own sampling unit. */
  private static String asked(
      int id, String area, String type, double weight, String sex, String age, int connected) {
    return "%d, %s, %s, s, u%d, %s, %s, %s, %d%n"
        .formatted(id, area, type, id, weight, sex, age, connected);
  }

  private static List<Row> connected(
      SparkSession spark, String survey, String population, String covered, int least) {
    return connected(
        spark, survey, population, covered, "", "connected.minimum_respondents=" + least);
  }

  private static List<Row> connected(
      SparkSession spark,
      String survey,
      String population,
      String covered,
      String sims,
      String... settings) {
    var asked = rows(spark, Tables.SURVEY, SURVEY + survey);
    var areas = rows(spark, Tables.AREAS, AREAS);
    var people = rows(spark, Tables.POPULATION, GROUP + "persons_micro, age_split\n" + population);
    var places = rows(spark, Tables.PLACES, PLACES);
    var subscribers =
        rows(
            spark,
            Tables.SUBSCRIBERS,
            "leaf_kind, leaf, parent, sex, persons, variance, shown\n" + sims);
    var types = SettlementTypesStage.types(people, places, areas, asked, Integer.MAX_VALUE);
    var covariates =
        AreaCovariatesStage.covariates(
            people,
            places,
            types,
            areas,
            rows(spark, Tables.OFFERS, "place"),
            rows(spark, Tables.KNOWN_COVERAGE, "area"),
            rows(spark, Tables.RADIO_CELLS, "cell"),
            rows(spark, Tables.INCOME_DISTRIBUTIONS, "area"),
            rows(spark, Tables.AREA_FACTS, "area"));
    return Given.checked(
        ConnectedStage.connected(
            AreaRatesStage.rates(
                covariates,
                areas,
                asked,
                rows(spark, Tables.DIRECT_ESTIMATES, "area"),
                subscribers),
            asked,
            areas,
            people,
            types,
            rows(spark, Tables.AFFORDABILITY, GROUP + "coverage_probability\n" + covered),
            subscribers,
            "survey",
            Given.settings(settings).connected(),
            50),
        Tables.CONNECTED,
        Tables.PLACE,
        Tables.SEX,
        Tables.AGE_BAND);
  }

  private static List<Long> persons(List<Row> rows) {
    return rows.stream().map(row -> row.<Long>getAs("persons_micro")).toList();
  }

  @Test
  void givesGroupsTheOddsOfTheSurveyAndAreasTheirOwnRate(SparkSession spark) {
    // Rural women 1 of 4 by weight, rural men 3 of 4, so half of all; in towns half, too.
    String survey =
        asked(1, "E", "rural", 1, "female", "15-24", 1)
            + asked(2, "E", "rural", 3, "female", "15-24", 0)
            + asked(3, "E", "rural", 3, "male", "15-24", 1)
            + asked(4, "E", "rural", 1, "male", "15-24", 0)
            + asked(5, "E", "urban", 1, "female", "15-24", 1)
            + asked(6, "E", "urban", 1, "male", "15-24", 0);
    var rows =
        connected(
            spark,
            survey,
            """
            1, E,  female, 15-24, all, 8000000, false
            1, E,  male,   15-24, all, 8000000, false
            2, E,  female, 15-24, all, 8000000, false
            2, E,  male,   0-14,  all, 8000000, false
            3, Wa, female, 15-24, all, 8000000, false
            """,
            """
            1, E,  female, 15-24, all, 1
            1, E,  male,   15-24, all, 1
            2, E,  female, 15-24, all, 1
            3, Wa, female, 15-24, all, 1
            """,
            1);
    // Where only women live, they are all of the area's people, and half of those are connected.
    // Nobody was asked in area Wa, so it goes by all who were.
    assertThat(persons(rows)).containsExactly(2_000_000L, 6_000_000L, 4_000_000L, 4_000_000L);
    assertThat(rows).allMatch(row -> "survey".equals(row.getAs("source")));
  }

  @Test
  void multipliesTheOddsOfSexAndOfAgeWhereTheirCrossHasTooFew(SparkSession spark) {
    // Of 8, women 1 of 4 and men 3 of 4; the young 1 of 2, as the old; but no old woman was asked.
    String survey =
        asked(1, "E", "rural", 1, "female", "15-24", 1)
            + asked(2, "E", "rural", 3, "female", "15-24", 0)
            + asked(3, "E", "rural", 1, "male", "15-24", 1)
            + asked(4, "E", "rural", 1, "male", "25-34", 1)
            + asked(5, "E", "rural", 1, "male", "25-34", 0)
            + asked(6, "E", "rural", 1, "male", "15-24", 1);
    var rows =
        connected(
            spark,
            survey,
            """
            1, E,  female, 15-24, all, 8000000, false
            1, E,  female, 25-34, all, 8000000, false
            1, E,  male,   15-24, all, 8000000, false
            1, E,  male,   25-34, all, 8000000, false
            """,
            """
            1, E,  female, 15-24, all, 1
            1, E,  female, 25-34, all, 1
            1, E,  male,   15-24, all, 1
            1, E,  male,   25-34, all, 1
            """,
            2);
    double[] odds =
        rows.stream()
            .mapToDouble(row -> row.<Double>getAs("rate") / (1 - row.<Double>getAs("rate")))
            .toArray();
    // Women 1:3, men 3:1; the young 3:3, the old 1:1.
    assertThat(odds[2] / odds[0]).isCloseTo(9, within(1e-6));
    assertThat(odds[1] / odds[0]).isCloseTo(1, within(1e-6));
    assertThat(odds[3] / odds[2]).isCloseTo(1, within(1e-6));
    List<String> sources = rows.get(1).getList(rows.get(1).fieldIndex("error_sources"));
    assertThat(sources).contains("survey any female any", "survey any any 25-34");
  }

  @Test
  void tellsThatAgesAreNotToldApart(SparkSession spark) {
    String survey =
        asked(1, "E", "rural", 1, "female", "15-24", 1)
            + asked(2, "E", "rural", 3, "female", "15-24", 0);
    var rows =
        connected(
            spark,
            survey,
            """
            1, E,  female, 15-24, all, 8000000, false
            1, E,  female, 25-34, all, 8000000, false
            """,
            """
            1, E,  female, 15-24, all, 1
            1, E,  female, 25-34, all, 1
            """,
            2);
    Row old = rows.get(1);
    List<String> sources = old.getList(old.fieldIndex("error_sources"));
    List<Double> errors = old.getList(old.fieldIndex("logit_errors"));
    // Of two alike, half the error of each, one against the other.
    double half = Math.log(1.5) / 2;
    assertThat(errors.get(sources.indexOf("not told any 25-34"))).isCloseTo(half, within(1e-9));
    assertThat(errors.get(sources.indexOf("not told any 15-24"))).isCloseTo(-half, within(1e-9));
  }

  @Test
  void meetsTheSurveysShareOfTheCountryWhereItsTownsAreNotThoseOfThePlaces(SparkSession spark) {
    // Half of the weight is urban by the office, a quarter of the people by density.
    String survey =
        asked(1, "E", "urban", 5, "all", "all", 1) + asked(2, "E", "rural", 5, "all", "all", 0);
    var rows =
        connected(
            spark,
            survey,
            "1, E, all, 15+, all, 12000000, false\n2, E, all, 15+, all, 4000000, false",
            "1, E, all, 15+, all, 1\n2, E, all, 15+, all, 1",
            1);
    assertThat(persons(rows).stream().mapToLong(of -> of).sum()).isCloseTo(8_000_000L, within(2L));
  }

  @Test
  void dropsAgesWhereTooFewWereAskedAndNeverSetsOneSexAgainstBoth(SparkSession spark) {
    // Of each sex there are three, of the older two.
    String survey =
        asked(1, "E", "rural", 1, "female", "15-24", 1)
            + asked(2, "E", "rural", 1, "female", "15-24", 0)
            + asked(3, "E", "rural", 1, "female", "25+", 0)
            + asked(4, "E", "rural", 1, "male", "15-24", 1)
            + asked(5, "E", "rural", 1, "male", "15-24", 1)
            + asked(6, "E", "rural", 1, "male", "25+", 0);
    assertThat(groupRates(spark, survey, 3))
        .containsExactlyInAnyOrder("female 0.3333", "female 0.3333", "male 0.6667", "male 0.6667");
    // With four needed, women are too few: both sexes go by everyone, not men by men alone.
    assertThat(groupRates(spark, survey + asked(7, "E", "rural", 1, "male", "25+", 0), 4))
        .containsOnly("female 0.4286", "male 0.4286");
  }

  private static List<String> groupRates(SparkSession spark, String survey, int least) {
    return GroupRates.rates(
            rows(spark, Tables.SURVEY, SURVEY + survey),
            rows(spark, Tables.AREAS, AREAS),
            rows(
                    spark,
                    Tables.POPULATION,
                    "sex, age_band\nfemale, 15-24\nfemale, 25+\nmale, 15-24\nmale, 25+")
                .select("sex", "age_band"),
            least,
            50)
        .where("settlement_type = 'rural'")
        .collectAsList()
        .stream()
        .map(row -> "%s %.4f".formatted(row.getAs("sex"), row.<Double>getAs("rate")))
        .toList();
  }

  @Test
  void connectsThePlacesOfAnAreaInProportionToWhoAreCovered(SparkSession spark) {
    // Both are urban: three of four are covered, three of five connected: four of five covered.
    var rows =
        connected(
            spark,
            asked(1, "C", "", 3, "all", "all", 1) + asked(2, "C", "", 2, "all", "all", 0),
            """
            2, E, all, 15+, all, 10000000, false
            3, E, all, 15+, all, 10000000, false
            """,
            """
            2, E, all, 15+, all, .9
            3, E, all, 15+, all, .6
            """,
            1);
    assertThat(persons(rows)).containsExactly(7_200_000L, 4_800_000L);
    assertThat(rows).extracting(row -> row.getAs("removed_micro")).containsOnly(0L);
  }

  @Test
  void connectsNoMoreThanAreCoveredWhereCoverageIsKnown(SparkSession spark) {
    var rows =
        connected(
            spark,
            asked(1, "C", "", 3, "all", "all", 1) + asked(2, "C", "", 1, "all", "all", 0),
            """
            1, E, all, 15+, all, 10000000, false
            2, E, all, 15+, all, 10000000, false
            3, W, all, 15+, all, 10000000, false
            """,
            """
            1, E, all, 15+, all, .5
            2, E, all, 15+, all, .9
            3, W, all, 15+, all,
            """,
            1);
    assertThat(persons(rows)).containsExactly(5_000_000L, 7_500_000L, 7_500_000L);
    assertThat(rows)
        .extracting(row -> row.getAs("removed_micro"))
        .containsExactly(2_500_000L, 0L, 0L);
  }

  @Test
  void saysThatNothingIsKnownWithoutASurvey(SparkSession spark) {
    var rows =
        connected(spark, "", "1, E, all, 15+, all, 5000000, false", "1, E, all, 15+, all, 1", 1);
    assertThat(rows)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<Object>getAs("persons_micro")).isNull();
              assertThat(row.<Long>getAs("removed_micro")).isZero();
              assertThat(row.<String>getAs("source")).isEqualTo("none");
            });
  }

  /**
   * 100 of 200 are connected in E, and women and men alike by the survey. 26 of 100 SIMs are
   * registered to women in the country, so 30 are used by women. What E has of its own is not
   * shown.
   */
  @Test
  void womenAndMenAreSplitByTheRegisterOnceItsErrorsAreUndone(SparkSession spark) {
    StringBuilder survey = new StringBuilder();
    for (int i = 0; i < 80; i++) {
      survey.append(asked(i, "E", "rural", 1, i % 4 < 2 ? "female" : "male", "15+", i % 2));
    }
    String people =
        """
        1, E, female, 15+, all, 100000000, false
        1, E, male,   15+, all, 100000000, false
        """;
    String covered = "1, E, female, 15+, all, 1\n1, E, male, 15+, all, 1\n";
    String sims =
        """
        area, C, ,  all,    100, 1, true
        area, E, C, all,    100, 1, true
        area, C, ,  female, 26,  1, true
        area, C, ,  male,   74,  1, true
        area, E, C, female, 70,  1, true
        area, E, C, male,   30,  1, false
        """;
    var told =
        connected(
            spark,
            survey.toString(),
            people,
            covered,
            sims,
            "connected.minimum_respondents=1",
            "connected.registered_sex={women_as_men: 0.25, men_as_women: 0.05, error: 0.02}");
    assertThat(told.get(0).<Double>getAs("rate")).isCloseTo(.30, within(.001));
    assertThat(told.get(1).<Double>getAs("rate")).isCloseTo(.70, within(.001));
    assertThat(told.get(0).<String>getList(told.get(0).fieldIndex("error_sources")))
        .contains("sexes of SIMs C", "women as men", "men as women");
    var untold =
        connected(
            spark, survey.toString(), people, covered, sims, "connected.minimum_respondents=1");
    assertThat(untold.get(0).<Double>getAs("rate")).isCloseTo(.50, within(.001));
  }
}
