package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.PopulationSettings;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class PopulationStageTest {
  private static final String AREAS =
      """
      area, parent, level, name
      M,    ,       0,     M
      x,    M,      1,     x
      """;

  /** M lives in places 1 and 2, a third and two thirds of it; x in place 2. */
  private static final String POINTS =
      """
      place, area, point, lon, lat, weight_micro
      1,     M,    11,    0,   0,   2
      2,     M,    21,    0,   0,   3
      2,     M,    22,    0,   0,   1
      2,     x,    21,    0,   0,   5
      """;

  private static List<String> population(
      SparkSession spark, String census, @Nullable Double adultSharePct) {
    Dataset<Row> population =
        PopulationStage.population(
            rows(spark, Tables.AREAS, AREAS),
            rows(spark, Tables.CENSUS, "area, sex, age_band, disability, persons\n" + census),
            rows(spark, Tables.SETTLED_POINTS, POINTS),
            new PopulationSettings(adultSharePct));
    TableCheck.check(population, Tables.POPULATION);
    return population
        .selectExpr(
            "concat_ws(' ', place, area, sex, age_band, disability, persons_micro, age_split) as t")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  @Test
  void groupsAreSplitOverPlacesByWeightToTheLastMillionth(SparkSession spark) {
    assertThat(
            population(
                spark,
                """
                M, female, 0-14, all, 1
                M, female, 15+,  all, 3
                M, male,   0-14, all, 0
                M, male,   15+,  all, 6
                """,
                null))
        .containsExactly(
            "1 M female 0-14 all 333333 false",
            "1 M female 15+ all 1000000 false",
            "1 M male 15+ all 2000000 false",
            "2 M female 0-14 all 666667 false",
            "2 M female 15+ all 2000000 false",
            "2 M male 15+ all 4000000 false");
  }

  @Test
  void bandAcross15IsSplitByYearAndPeopleWithoutAgesByTheShareOfAdults(SparkSession spark) {
    // 0-19 is fifteen years under 15 and five from it; the rest of M, 10 - 4, is 70 % adults.
    assertThat(
            population(
                spark,
                """
                M, all, all,  all, 10
                x, all, 0-19, all, 4
                """,
                70.0))
        .containsExactly(
            "1 M all 0-14 all 600000 true",
            "1 M all 15+ all 1400000 true",
            "2 M all 0-14 all 1200000 true",
            "2 M all 15+ all 2800000 true",
            "2 x all 0-14 all 3000000 true",
            "2 x all 15-19 all 1000000 true");
  }

  @Test
  void peopleWithoutAgesNeedTheShareOfAdults(SparkSession spark) {
    assertThatThrownBy(() -> population(spark, "M, all, all, all, 10", null))
        .rootCause()
        .hasMessageContaining("[SETTINGS_WRONG] population.adult_share_pct is missing");
  }

  @Test
  void openBandAcross15IsRefused(SparkSession spark) {
    assertThatThrownBy(() -> population(spark, "M, all, 0-9, all, 10\nM, all, 10+, all, 10", 70.0))
        .rootCause()
        .hasMessageContaining("[CONTRACT_BROKEN] census: age_band 10+ of area M");
  }

  @Test
  void bandThatIsNoneIsRefused(SparkSession spark) {
    assertThatThrownBy(() -> population(spark, "M, all, young, all, 10", 70.0))
        .rootCause()
        .hasMessageContaining("[CONTRACT_BROKEN] census: age_band of area M is young");
  }
}
