package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class KnownCoverageStageTest {
  private static final String AREAS =
      """
      area, parent, level, name, geometry
      C,    ,       0,     C,    POLYGON ((0 0; 2 0; 2 1; 0 1; 0 0))
      W,    C,      1,     W,    POLYGON ((0 0; 1 0; 1 1; 0 1; 0 0))
      E,    C,      1,     E,    POLYGON ((1 0; 2 0; 2 1; 1 1; 1 0))
      Ea,   E,      2,     Ea,
      Wa,   W,      2,     Wa,
      """;

  private static final String CELLS =
      """
      cell, operator, technology, lon, lat
      a,    736-01,   4G,         0.5, 0.5
      b,    736-01,   2G,         0.2, 0.5
      """;

  private static final String POINTS =
      """
      place, area, point, lon, lat, weight_micro
      1,     Ea,   11,    1.5, 0.5, 1
      1,     Wa,   12,    0.9, 0.5, 1
      2,     Wa,   21,    0.5, 0.5, 1
      """;

  private static final String STATED =
      "place, operator, technology, share_outdoor, share_good, share_indoor\n";

  private Map<String, Boolean> known(SparkSession spark, String setting) {
    return known(spark, setting, STATED);
  }

  private Map<String, Boolean> known(SparkSession spark, String setting, String stated) {
    RadioSettings radio =
        SettingsLoader.load(
                List.of(),
                Map.of(),
                List.of(
                    "country.id=C",
                    "country.name=C",
                    "release.reference_date='2026-01-01'",
                    "radio.cell_list=" + setting))
            .radio();
    Dataset<Row> known =
        KnownCoverageStage.known(
            rows(spark, Tables.RADIO_CELLS, CELLS),
            rows(spark, Tables.AREAS, AREAS),
            rows(spark, Tables.STATED_COVERAGE, stated),
            rows(spark, Tables.SETTLED_POINTS, POINTS),
            radio);
    TableCheck.check(known, Tables.KNOWN_COVERAGE);
    return known.collectAsList().stream()
        .collect(
            java.util.stream.Collectors.toMap(
                row -> row.<String>getAs("area"), row -> row.<Boolean>getAs("known")));
  }

  @Test
  void areaWithoutAnyCellIsUnknownWithAllInsideIt(SparkSession spark) {
    assertThat(known(spark, "partial"))
        .containsOnly(
            Map.entry("C", true),
            Map.entry("W", true),
            Map.entry("Wa", true),
            Map.entry("E", false),
            Map.entry("Ea", false));
  }

  @Test
  void areaWithAPlaceThatAnOperatorStatesToCoverIsKnown(SparkSession spark) {
    assertThat(known(spark, "partial", STATED + "1, b, 4G, .5, ,\n"))
        .hasSize(5)
        .doesNotContainValue(false);
    assertThat(known(spark, "partial", STATED + "2, b, 4G, .5, ,\n")).containsEntry("E", false);
  }

  @Test
  void completeListSpeaksOfEveryArea(SparkSession spark) {
    assertThat(known(spark, "complete")).hasSize(5).doesNotContainValue(false);
  }
}
