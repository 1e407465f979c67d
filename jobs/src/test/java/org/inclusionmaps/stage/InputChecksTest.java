package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What later stages could not use is refused with its row, before they run. */
@ExtendWith(SparkExtension.class)
class InputChecksTest {
  private static final String INCOMES = "area, sex, mean_month, gini, currency, share_q1, gb2_a\n";

  private final Map<Table, Dataset<Row>> inputs = new HashMap<>();

  @BeforeEach
  void sound(SparkSession spark) {
    for (Table table : Tables.INPUTS) {
      inputs.put(table, spark.createDataFrame(List.of(), table.schema()));
    }
    put(spark, Tables.INCOMES, INCOMES + "C, all, 100, .4, USD, ,");
  }

  private void put(SparkSession spark, Table table, String text) {
    inputs.put(table, rows(spark, table, text));
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> InputChecks.check(inputs, Given.settings()))
        .hasMessageContaining("[CONTRACT_BROKEN] " + message);
  }

  @Test
  void soundInputsPass(SparkSession spark) {
    put(spark, Tables.DIRECT_ESTIMATES, "area, connected, asked\nE, 10, 10");
    put(spark, Tables.AREA_FACTS, "area, fact, value\nE, electricity, 1");
    assertThatCode(() -> InputChecks.check(inputs, Given.settings())).doesNotThrowAnyException();
  }

  @Test
  void theFirstRowWhoseFiguresAreHalfThereIsNamed(SparkSession spark) {
    put(
        spark,
        Tables.INCOMES,
        INCOMES + "C, all, 100, .4, USD, ,\nW, all, 90, , USD, .2,\nE, male, 90, , USD, , 2");
    refuses("incomes: area E, sex male: 2 of gb2_a, gb2_p and gb2_q are absent; give all or none");
  }

  @Test
  void aCountryWithoutInequalityIsRefused(SparkSession spark) {
    put(spark, Tables.INCOMES, INCOMES + "C, all, 100, , USD, ,");
    refuses("incomes: the row of the country (area C, sex all) must have mean_month and gini");
  }

  @Test
  void moreConnectedThanAskedIsRefused(SparkSession spark) {
    put(spark, Tables.DIRECT_ESTIMATES, "area, connected, asked\nW, 50, 10\nE, 50.5, 10\nF, 1, 10");
    refuses(
        "direct_estimates: 2 rows have more connected than asked: first is area E with 50.5 of"
            + " 10.0; correct the columns, or give per cent with asked 100");
  }

  @Test
  void aSensitivePlaceThatCannotBeIsRefusedAndNotShown(SparkSession spark) {
    long place = Places.at(10, 50, 8);
    String columns = "place, finest_resolution\n";
    put(spark, Tables.SENSITIVE_PLACES, columns + place + ", 5");
    assertThatCode(() -> InputChecks.check(inputs, Given.settings())).doesNotThrowAnyException();
    put(spark, Tables.SENSITIVE_PLACES, columns + place + ", 5\n12345, 5");
    refuses("sensitive_places: a place (not shown) is no H3 index");
    long finer = Places.centreChild(place, 9);
    put(spark, Tables.SENSITIVE_PLACES, columns + finer + ", 5");
    refuses("sensitive_places: a place (not shown) is of resolution 9, finer than the places (8)");
    long coarser = Places.parent(place, 4);
    put(spark, Tables.SENSITIVE_PLACES, columns + coarser + ", 5");
    refuses(
        "sensitive_places: a place (not shown) has the finest_resolution 5, finer than its own, 4");
    put(spark, Tables.SENSITIVE_PLACES, columns + place + ", 8");
    refuses(
        "sensitive_places: a place (not shown) has the finest_resolution 8, that of the places, which hides nothing");
  }

  @Test
  void aFactThatHasTheNameOfACovariateOfTheJobIsRefused(SparkSession spark) {
    put(spark, Tables.AREA_FACTS, "area, fact, value\nE, urban, 1");
    refuses("area_facts: the fact urban has the name of a covariate that the job makes itself");
  }
}
