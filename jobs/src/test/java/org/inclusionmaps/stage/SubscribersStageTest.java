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
      "leaf_kind, leaf, parent, operator, sex, ages, count, variance, query, measurement_id\n";

  private static Map<String, Row> fitted(SparkSession spark, String block) {
    Map<String, Row> rows = new TreeMap<>();
    Given.checked(
            SubscribersStage.subscribers(rows(spark, Tables.MEASUREMENT, HEADER + block)),
            Tables.SUBSCRIBERS,
            "leaf")
        .forEach(row -> rows.put(row.getAs("leaf"), row));
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
        area, C, ,  o1, all, all, 100, 3, level 0, q
        area, E, C, o1, all, all, 50,  3, level 1, q
        area, W, C, o1, all, all, 30,  3, level 1, q
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
            area, C, , o1, female,  all, 40, 2, level 0 sex, q
            area, C, , o1, male,    all, 50, 2, level 0 sex, q
            area, C, , o1, unknown, all, -3, 2, level 0 sex, q
            """);
    assertThat(persons(rows, "C")).isEqualTo(87);
    assertThat(rows.get("C").<Double>getAs("variance")).isEqualTo(6);
  }

  @Test
  void theFinestAreasAreThoseThatHoldNoOther(SparkSession spark) {
    List<Row> finest =
        SubscribersStage.finestAreas(
            rows(
                spark,
                Tables.SUBSCRIBERS,
                """
                leaf_kind, leaf, parent, persons, variance
                area,      C,    ,       10,      1
                area,      E,    C,      6,       1
                area,      W,    C,      4,       1
                place,     77,   E,      6,       1
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
                    area, C, , o1, female, all, 40, 2, level 0 sex, 2025-Q3
                    area, C, , o1, male,   all, 50, 2, level 0 sex, 2025-Q4
                    """))
        .hasMessageContaining("holds two measurements, 2025-Q3 and 2025-Q4");
  }
}
