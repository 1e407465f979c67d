package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SubscribersStageTest {
  private static final String HEADER =
      "leaf_kind, leaf, parent, operator, sex, ages, count, variance, query, measurement_id, unit\n";

  private static Map<String, Row> fitted(SparkSession spark, String block) {
    return fitted(spark, block, "", null);
  }

  /** By leaf, and by leaf and sex where a sex is told apart. */
  private static Map<String, Row> fitted(
      SparkSession spark, String block, String market, Double simsPerPerson) {
    return fitted(spark, block, market, "", simsPerPerson);
  }

  private static Map<String, Row> fitted(
      SparkSession spark, String block, String market, String regional, Double simsPerPerson) {
    Map<String, Row> rows = new TreeMap<>();
    Given.checked(
            SubscribersStage.subscribers(
                rows(spark, Tables.MEASUREMENT, HEADER + block),
                rows(spark, Tables.CELL_HOMES, "operator, area"),
                rows(spark, Tables.MARKET, "operator, share\n" + market),
                rows(spark, Tables.REGIONAL_MARKET, "operator, area, share\n" + regional),
                rows(
                    spark, Tables.AREAS, "area, parent, level\nC, , 0\nE, C, 1\nW, C, 1\nE1, E, 2"),
                Given.settings(
                        "connected.sims_per_person="
                            + (simsPerPerson == null ? "null" : simsPerPerson))
                    .connected()),
            Tables.SUBSCRIBERS,
            "leaf")
        .forEach(
            row ->
                rows.put(
                    row.getAs("leaf")
                        + (row.getAs("sex").equals("all") ? "" : " " + row.getAs("sex")),
                    row));
    return rows;
  }

  private static double persons(Map<String, Row> rows, String leaf) {
    return rows.get(leaf).<Double>getAs("persons");
  }

  /** C = E + W: 100 against 80 with equal variances; the difference is shared in three. */
  @Test
  void fitsATreeByLeastSquaresAndAddsOperatorsUp(SparkSession spark) {
    String tree =
        """
        area, C, ,  o1, all, all, 100, 3, level 0, q, person
        area, E, C, o1, all, all, 50,  3, level 1, q, person
        area, W, C, o1, all, all, 30,  3, level 1, q, person
        """;
    var rows = fitted(spark, tree);
    assertThat(persons(rows, "C")).isCloseTo(100 - 20 / 3.0, within(1e-9));
    assertThat(persons(rows, "E")).isCloseTo(50 + 20 / 3.0, within(1e-9));
    assertThat(persons(rows, "W")).isCloseTo(30 + 20 / 3.0, within(1e-9));
    assertThat(rows.get("C").<Double>getAs("variance")).isCloseTo(2, within(1e-9));
    var both = fitted(spark, tree + tree.replace("o1", "o2"));
    assertThat(persons(both, "E")).isCloseTo(2 * (50 + 20 / 3.0), within(1e-9));
    assertThat(both.get("E").<Double>getAs("variance"))
        .isCloseTo(2 * rows.get("E").<Double>getAs("variance"), within(1e-9));
  }

  @Test
  void takesTheSumOfGroupsForTheCountOfAnArea(SparkSession spark) {
    var rows =
        fitted(
            spark,
            """
            area, C, , o1, female,  all, 40, 2, level 0 sex, q, person
            area, C, , o1, male,    all, 50, 2, level 0 sex, q, person
            area, C, , o1, unknown, all, -3, 2, level 0 sex, q, person
            """);
    assertThat(persons(rows, "C")).isEqualTo(87);
    assertThat(rows.get("C").<Double>getAs("variance")).isEqualTo(6);
    assertThat(rows.keySet()).containsExactly("C", "C female", "C male");
    assertThat(persons(rows, "C female")).isEqualTo(40);
    assertThat(rows.get("C female").<Double>getAs("variance")).isCloseTo(2, within(1e-12));
  }

  /**
   * By GroupFit's formula: the country's total is 90 and not 96, 6 less, of which two of three
   * groups lose 4.
   */
  @Test
  void fitsTheSexesOfAnAreaToItsPersons(SparkSession spark) {
    var rows =
        fitted(
            spark,
            """
            area, C, , o1, all,     all,   84, 6, level 0, q, person
            area, E, C, o1, female, 15-24, 20, 2, level 1, q, person
            area, E, C, o1, female, 25+,   30, 2, level 1, q, person
            area, E, C, o1, male,   all,   46, 2, level 1, q, person
            """);
    assertThat(persons(rows, "E")).isCloseTo(90, within(1e-9));
    assertThat(persons(rows, "E female")).isCloseTo(50 - 4, within(1e-9));
    assertThat(persons(rows, "E male")).isCloseTo(46 - 2, within(1e-9));
    assertThat(rows.get("E female").<Double>getAs("variance"))
        .isCloseTo(2 * 2 * (1 - 2 / 3.0) + 4 / 9.0 * 3, within(1e-9));
  }

  /** 15 persons and 1.645 standard errors, as counted: a market share makes no count surer. */
  @Test
  void aCountIsShownFromSoManyPersonsOnWhateverItStandsFor(SparkSession spark) {
    String tree =
        """
        area, C, ,  o1, all, all, 100, 1e9, level 0, q, person
        area, E, C, o1, all, all, 18,  4,   level 1, q, person
        area, W, C, o1, all, all, 19,  4,   level 1, q, person
        """;
    for (String market : List.of("", "o1, .01")) {
      var rows = fitted(spark, tree, market, null);
      assertThat(rows.get("E").<Boolean>getAs("shown")).isFalse();
      assertThat(rows.get("W").<Boolean>getAs("shown")).isTrue();
    }
  }

  @Test
  void simsBecomePersonsAndTheOperatorsMeasuredStandForAll(SparkSession spark) {
    String sims = "area, C, , o1, all, all, 300, 4, level 0, q, sim\n";
    assertThatThrownBy(() -> fitted(spark, sims, "", null))
        .hasMessageContaining("counts SIMs and not persons; state connected.sims_per_person");
    var rows = fitted(spark, sims, "o1, .6\no2, .4", 1.25);
    assertThat(persons(rows, "C")).isCloseTo(300 / 1.25 / .6, within(1e-9));
    assertThat(rows.get("C").<Double>getAs("variance"))
        .isCloseTo(4 / 1.25 / 1.25 / .36, within(1e-9));
    assertThat(persons(fitted(spark, sims, "", 1.5), "C")).isCloseTo(200, within(1e-9));
  }

  @Test
  void refusesSharesOfOperatorsThatCannotBe(SparkSession spark) {
    String one = "area, C, , o1, all, all, 300, 4, level 0, q, person\n";
    assertThatThrownBy(() -> fitted(spark, one, "o1, .8\no2, .4", null))
        .hasMessageContaining("the shares of operators sum to 1.2 but must be 1 at most");
    assertThatThrownBy(() -> fitted(spark, one, "o2, .4", null))
        .hasMessageContaining("none of the operators that were measured (o1) has a share");
  }

  @Test
  void theFinestAreasAreThoseThatHoldNoOther(SparkSession spark) {
    List<Row> finest =
        SubscribersStage.finestAreas(
            rows(
                spark,
                Tables.SUBSCRIBERS,
                """
                leaf_kind, leaf, parent, sex,    persons, variance, shown
                area,      C,    ,       all,    10,      1,        true
                area,      E,    C,      all,    6,       1,        true
                area,      E,    C,      female, 3,       1,        true
                area,      W,    C,      all,    4,       1,        true
                area,      X,    C,      all,    1,       1,        false
                place,     77,   E,      all,    6,       1,        true
                """));
    assertThat(finest).extracting(row -> row.getString(0)).containsExactly("E", "W");
  }

  @Test
  void refusesTwoMeasurementsAtOnce(SparkSession spark) {
    assertThatThrownBy(
            () ->
                fitted(
                    spark,
                    """
                    area, C, , o1, female, all, 40, 2, level 0 sex, 2025-Q3, person
                    area, C, , o1, male,   all, 50, 2, level 0 sex, 2025-Q4, person
                    """))
        .hasMessageContaining("holds two measurements, 2025-Q3 and 2025-Q4");
  }

  /** Counts without noise are used as they are, times persons and market; hidden ones are told. */
  @Test
  void takesCountsWithoutNoiseAsTheyAre(SparkSession spark) {
    var rows =
        fitted(
            spark,
            """
            area, C, ,  o1+o2, all,     all,   90, 0, level 0 sex_age, q, person
            area, C, ,  o1+o2, female,  all,   40, 0, level 0 sex_age, q, person
            area, C, ,  o1+o2, female,  15-24, 40, 0, level 0 sex_age, q, person
            area, C, ,  o1+o2, male,    all,   ,   0, level 0 sex_age, q, person
            area, C, ,  o1+o2, unknown, all,   ,   0, level 0 sex_age, q, person
            area, E, C, o1+o2, all,     all,   60, 0, level 1 total, q, person
            area, W, C, o1+o2, all,     all,   ,   0, level 1 total, q, person
            """,
            """
            o1, 0.3
            o2, 0.2
            o3, 0.5
            """,
            null);
    assertThat(rows.keySet()).containsExactly("C", "C female", "C male", "E", "W");
    assertThat(persons(rows, "C")).isEqualTo(180);
    assertThat(persons(rows, "C female")).isEqualTo(80);
    assertThat(rows.get("E").<Double>getAs("variance")).isZero();
    assertThat(rows.get("W").<Double>getAs("persons")).isNull();
    assertThat(rows.get("W").<Boolean>getAs("shown")).isFalse();
    assertThat(rows.get("E").<Boolean>getAs("shown")).isTrue();
  }

  private static final String REGIONS =
      """
      area,  C,  ,  o1, all,    all, 300, 1e-6, level 0, q, person
      area,  E,  C, o1, female, all, 40,  1e-6, level 1, q, person
      area,  E,  C, o1, male,   all, 60,  1e-6, level 1, q, person
      area,  W,  C, o1, all,    all, 200, 1e-6, level 1, q, person
      place, 77, E, o1, all,    all, 100, 1e-6, place,   q, person
      """;

  /** In E the operator has a half, in W four fifths: 100 stand for 200, and 200 for 250. */
  @Test
  void anOperatorStandsForMoreWhereItsShareIsSmaller(SparkSession spark) {
    var rows = fitted(spark, REGIONS, "o1, .7", "o1, E, .5\no2, E, .5\no1, W, .8\no2, W, .2", null);
    assertThat(persons(rows, "E")).isCloseTo(200, within(1e-3));
    assertThat(persons(rows, "E female")).isCloseTo(80, within(1e-3));
    assertThat(persons(rows, "77")).isCloseTo(200, within(1e-3));
    assertThat(persons(rows, "W")).isCloseTo(250, within(1e-3));
    assertThat(persons(rows, "C")).as("the sum of both").isCloseTo(450, within(1e-3));
    assertThat(rows.get("W").<Double>getAs("variance"))
        .isCloseTo(rows.get("E").<Double>getAs("variance") * 1.25 * 1.25 / 4, within(1e-6));
  }

  /** W has no shares of its own and takes the country's. */
  @Test
  void anAreaWithoutSharesTakesThoseAboveIt(SparkSession spark) {
    var rows = fitted(spark, REGIONS, "o1, .4", "o1, E, .5", null);
    assertThat(persons(rows, "W")).isCloseTo(500, within(1e-3));
    assertThat(persons(rows, "E")).isCloseTo(200, within(1e-3));
    var nobody = fitted(spark, REGIONS, "o1, .4", "o2, W, .7", null);
    assertThat(persons(nobody, "W")).isCloseTo(500, within(1e-3));
    var above = fitted(spark, REGIONS, "", "o1, C, .1", null);
    assertThat(persons(above, "W")).isCloseTo(2000, within(1e-2));
  }

  @Test
  void refusesSharesThatCannotBe(SparkSession spark) {
    assertThatThrownBy(() -> fitted(spark, REGIONS, "", "o1, E, .5", null))
        .hasMessageContaining("regional_market has shares for some areas, but none for area W");
    assertThatThrownBy(() -> fitted(spark, REGIONS, "o1, 1", "o1, E, .7\no2, E, .5", null))
        .hasMessageContaining("regional_market of area E: the shares of operators sum to 1.2");
    assertThatThrownBy(() -> fitted(spark, REGIONS, "o2, .7", "", null))
        .hasMessageContaining("market: none of the operators");
    assertThatThrownBy(() -> fitted(spark, REGIONS, "o1, .7", "o1, E1, .7", null))
        .hasMessageContaining("shares of area E1, which is finer than what was measured");
  }
}
