package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SettlementTypesStageTest {
  private static final String AREAS =
      """
      area, parent, level, name, settlement_type
      E,    ,       0,     E,
      Wa,   E,      1,     Wa,   rural
      """;

  /** The order by density is 5, 4, then 3, 2, 1 of the rural ones. */
  private static final String PLACES =
      """
      place, lon, lat, persons_micro, degree,        environment
      1,     0,   0,   3000000,       rural,         open
      2,     0,   0,   4000000,       rural,         open
      3,     0,   0,   8000000,       rural,         open
      4,     0,   0,   5000000,       urban_cluster, suburban
      5,     0,   0,   90000000,      urban_centre,  urban
      """;

  private static final String PEOPLE =
      """
      place, area, sex, age_band, disability, persons_micro, age_split
      1,     E,    all, 15+,      all,        3000000,       false
      2,     E,    all, 15+,      all,        4000000,       false
      3,     E,    all, 15+,      all,        8000000,       false
      3,     E,    all, 0-14,     all,        90000000,      false
      4,     E,    all, 15+,      all,        5000000,       false
      5,     Wa,   all, 15+,      all,        90000000,      false
      """;

  private static String urban(SparkSession spark, String survey, int least) {
    return SettlementTypesStage.types(
            rows(spark, Tables.POPULATION, PEOPLE),
            rows(spark, Tables.PLACES, PLACES),
            rows(spark, Tables.AREAS, AREAS),
            rows(
                spark,
                Tables.SURVEY,
                "respondent, area, settlement_type, weight, age_band\n" + survey),
            least)
        .collectAsList()
        .stream()
        .collect(
            Collectors.toMap(
                row -> row.<Long>getAs("place"),
                row -> row.<String>getAs("settlement_type"),
                (a, b) -> a + b,
                TreeMap::new))
        .toString();
  }

  @Test
  void takesAsManyOfTheDensestAsTheSurveyHasUrban(SparkSession spark) {
    // Of 20 adults with no type of the office 13 are in places 4 and 3; the survey says 60 %.
    String survey = "1, E, urban, 6, 15-24\n2, E, rural, 4, all\n";
    assertThat(urban(spark, survey, 2)).isEqualTo("{1=rural, 2=rural, 3=urban, 4=urban, 5=rural}");
    // Neither children nor people of an area whose type the office tells count.
    String others = "3, E, rural, 99, 0-14\n4, Wa, rural, 99, 15-24\n";
    assertThat(urban(spark, survey + others, 2)).isEqualTo(urban(spark, survey, 2));
  }

  @Test
  void takesAllOrNoneWhereTheSurveyDoes(SparkSession spark) {
    assertThat(urban(spark, "1, E, urban, 1, all", 1))
        .isEqualTo("{1=urban, 2=urban, 3=urban, 4=urban, 5=rural}");
    assertThat(urban(spark, "1, E, rural, 1, all", 1))
        .isEqualTo("{1=rural, 2=rural, 3=rural, 4=rural, 5=rural}");
  }

  @Test
  void goesByDegreeWhereTooFewTellTheirType(SparkSession spark) {
    String byDegree = "{1=rural, 2=rural, 3=rural, 4=urban, 5=rural}";
    assertThat(urban(spark, "", 1)).isEqualTo(byDegree);
    assertThat(urban(spark, "1, E, urban, 1, all\n2, E, , 1, all", 2)).isEqualTo(byDegree);
  }

  @Test
  void ordersByDegreeThenByPersons() {
    assertThat(
            List.of(
                SettlementTypesStage.order("urban_centre", 1_000_000L),
                SettlementTypesStage.order("urban_cluster", Long.MAX_VALUE),
                SettlementTypesStage.order("urban_cluster", 9_000_000L),
                SettlementTypesStage.order("urban_cluster", 8_000_000L),
                SettlementTypesStage.order("urban_cluster", 0L),
                SettlementTypesStage.order("rural", Long.MAX_VALUE)))
        .isSorted()
        .doesNotHaveDuplicates();
  }
}
