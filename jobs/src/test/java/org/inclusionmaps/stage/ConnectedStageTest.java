package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
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
    return Given.checked(
        ConnectedStage.connected(
            rows(spark, Tables.SURVEY, SURVEY + survey),
            rows(spark, Tables.AREAS, AREAS),
            rows(spark, Tables.POPULATION, GROUP + "persons_micro, age_split\n" + population),
            rows(spark, Tables.PLACES, PLACES),
            rows(spark, Tables.AFFORDABILITY, GROUP + "coverage_probability\n" + covered),
            Given.settings("connected.minimum_respondents=" + least)),
        Tables.CONNECTED,
        Tables.PLACE,
        Tables.SEX,
        Tables.AGE_BAND);
  }

  private static List<Long> persons(List<Row> rows) {
    return rows.stream().map(row -> row.<Long>getAs("persons_micro")).toList();
  }

  @Test
  void givesPlacesTheRateOfTheirSettlementTypeAndSex(SparkSession spark) {
    // Rural women 1 of 4 by weight, rural men 3 of 4; all urban women and no urban man.
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
    // Area Wa is rural by its own office, though its place is in an urban centre; nobody was asked
    // there, so it goes by the country's rural women.
    assertThat(persons(rows)).containsExactly(2_000_000L, 6_000_000L, 8_000_000L, 2_000_000L);
    assertThat(rows).allMatch(row -> "survey".equals(row.getAs("source")));
  }

  @Test
  void goesUpTheTreeUntilEnoughWereAsked(SparkSession spark) {
    String survey =
        asked(1, "Wa", "rural", 1, "all", "all", 1)
            + asked(2, "W", "rural", 1, "all", "all", 0)
            + asked(3, "E", "rural", 1, "all", "all", 0)
            + asked(4, "E", "rural", 1, "all", "all", 0);
    String population = "1, Wa, all, 15-24, all, 12000000, false";
    String covered = "1, Wa, all, 15-24, all, 1";
    assertThat(persons(connected(spark, survey, population, covered, 1)))
        .containsExactly(12_000_000L);
    assertThat(persons(connected(spark, survey, population, covered, 2)))
        .containsExactly(6_000_000L);
    assertThat(persons(connected(spark, survey, population, covered, 3)))
        .containsExactly(3_000_000L);
    // Even the country has fewer than asked for: everyone must do.
    assertThat(persons(connected(spark, survey, population, covered, 99)))
        .containsExactly(3_000_000L);
  }

  @Test
  void dropsAgesBeforeItLeavesTheAreaAndNeverSetsOneSexAgainstBoth(SparkSession spark) {
    // Two women and two men of either age would be needed; only the sexes have as many.
    String survey =
        asked(1, "E", "rural", 1, "female", "15-24", 1)
            + asked(2, "E", "rural", 1, "female", "25+", 0)
            + asked(3, "E", "rural", 1, "male", "15-24", 1)
            + asked(4, "E", "rural", 1, "male", "15-24", 1)
            + asked(5, "E", "rural", 1, "male", "25+", 1);
    var rows =
        connected(
            spark,
            survey,
            """
            1, E, female, 15-24, all, 8000000, false
            1, E, female, 25+,   all, 8000000, false
            1, E, male,   15-24, all, 8000000, false
            1, E, male,   25+,   all, 8000000, false
            """,
            """
            1, E, female, 15-24, all, 1
            1, E, female, 25+,   all, 1
            1, E, male,   15-24, all, 1
            1, E, male,   25+,   all, 1
            """,
            2);
    assertThat(persons(rows)).containsExactly(4_000_000L, 4_000_000L, 8_000_000L, 8_000_000L);
    // With three needed, women are too few: both sexes go by everyone, not men by men alone.
    var fewer =
        connected(
            spark,
            survey,
            "1, E, female, 15+, all, 5000000, false\n1, E, male, 15+, all, 5000000, false",
            "1, E, female, 15+, all, 1\n1, E, male, 15+, all, 1",
            3);
    assertThat(persons(fewer)).containsExactly(4_000_000L, 4_000_000L);
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
}
