package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Distances;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.testing.Frames;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CoverageStageTest {
  private final StringBuilder points =
      new StringBuilder("place, area, point, lon, lat, weight_micro\n");
  private final StringBuilder population =
      new StringBuilder("place, area, sex, age_band, disability, persons_micro, age_split\n");
  private final StringBuilder places =
      new StringBuilder("place, lon, lat, persons_micro, degree, environment\n");

  private static RadioSettings radio() {
    return SettingsLoader.load(
            List.of(),
            Map.of(),
            List.of("country.id=C", "country.name=C", "release.reference_date='2026-01-01'"))
        .radio();
  }

  /** A person in a place of their own, in open land; the centre of the point where they live. */
  private LonLat settle(double lon, double lat) {
    long point = Places.at(lon, lat, 10);
    long place = Places.parent(point, 8);
    LonLat at = Places.centre(point);
    points.append("%d, a, %d, %s, %s, 1\n".formatted(place, point, at.lon(), at.lat()));
    population.append("%d, a, all, 15+, all, 1000000, false\n".formatted(place));
    places.append("%d, %s, %s, 1000000, rural, open\n".formatted(place, at.lon(), at.lat()));
    return at;
  }

  private Dataset<Row> coverage(SparkSession spark, String cells) {
    Dataset<Row> coverage = coverage(spark, rows(spark, Tables.RADIO_CELLS, cells), 1);
    TableCheck.check(coverage, Tables.COVERAGE);
    return coverage;
  }

  private Dataset<Row> coverage(SparkSession spark, Dataset<Row> cells, int partitions) {
    Dataset<Row> settled =
        rows(spark, Tables.SETTLED_POINTS, points.toString()).repartition(partitions);
    Dataset<Row> people =
        rows(spark, Tables.POPULATION, population.toString()).repartition(partitions);
    Dataset<Row> hexagons = rows(spark, Tables.PLACES, places.toString());
    Dataset<Row> areas = empty(spark, Tables.AREAS);
    Dataset<Row> terrain = empty(spark, Tables.TERRAIN);
    Dataset<Row> units =
        CoverageUnitsStage.units(cells, settled, people, hexagons, areas, terrain, radio(), 8);
    TableCheck.check(units, Tables.COVERAGE_UNITS);
    return CoverageStage.coverage(
        units,
        cells,
        settled,
        people,
        hexagons,
        areas,
        terrain,
        empty(spark, Tables.EARLIER_COVERAGE_UNITS),
        empty(spark, Tables.EARLIER_COVERAGE),
        radio(),
        8);
  }

  private static Dataset<Row> empty(SparkSession spark, Table table) {
    return spark.createDataFrame(List.of(), table.schema());
  }

  private static String cell(String id, String technology, double lon, double lat) {
    return "%s, 736-01, %s, %s, %s\n".formatted(id, technology, lon, lat);
  }

  private static final String HEADER = "cell, operator, technology, lon, lat\n";

  @Test
  void silentFeedIsServedByTheDefaultsOfItsTechnologyWithEvenChanceAtThePublishedRadius(
      SparkSession spark) {
    LonLat home = settle(-64.7, -21.5);
    double away = home.lat() + 10.631 / Distances.DEGREE_KM; // LTE800 over open land, methods 5
    Row row = coverage(spark, HEADER + cell("a", "4G", home.lon(), away)).collectAsList().get(0);
    assertThat(row.<Double>getAs("probability_outdoor")).isCloseTo(0.5, within(1e-3));
    assertThat(row.<Double>getAs("signal_dbm")).isCloseTo(-105, within(2e-2));
    assertThat(row.<Long>getAs("cells_in_reach")).isEqualTo(1);
    assertThat(row.<Long>getAs("defaults_used")).isEqualTo(4);
  }

  @Test
  void eachOperatorAndTechnologyIsARowAndWhatIsOutOfReachIsNone(SparkSession spark) {
    settle(-64.7, -21.5);
    List<String> networks =
        coverage(
                spark,
                HEADER
                    + cell("a", "2G", -64.7, -21.7) // 22 km: in reach of 35 km
                    + cell("b", "4G", -64.7, -21.7) // out of reach of 20 km
                    + cell("c", "3G", -64.7, -21.51)
                    + cell("d", "3G", -64.7, -21.52)
                    + "e, 736-02, 3G, -64.7, -21.51\n")
            .selectExpr("concat_ws(' ', operator, technology, cells_in_reach) as t")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList();
    assertThat(networks).containsExactly("736-01 2G 1", "736-01 3G 2", "736-02 3G 1");
  }

  @Test
  void attributesOfTheFeedGoBeforeDefaults(SparkSession spark) {
    LonLat home = settle(0, 0);
    String header =
        "cell, operator, technology, lon, lat, height_m, azimuth_deg, beamwidth_deg, tilt_deg,"
            + " frequency_mhz, eirp_dbm\n";
    double south = home.lat() - 5 / Distances.DEGREE_KM;
    String at = home.lon() + ", " + south;
    Row plain =
        coverage(spark, header + "a, o, 4G, " + at + ", 30, , , , 1800, 30.208")
            .collectAsList()
            .get(0);
    Row back =
        coverage(spark, header + "a, o, 4G, " + at + ", 30, 180, , , 1800, 40.208")
            .collectAsList()
            .get(0);
    assertThat(plain.<Long>getAs("defaults_used")).isEqualTo(1);
    assertThat(back.<Long>getAs("defaults_used")).isEqualTo(0);
    // 10 dB more power, 25 dB less for the back of the antenna (3GPP TR 36.814).
    assertThat(back.<Double>getAs("signal_dbm") - plain.<Double>getAs("signal_dbm"))
        .isCloseTo(-15, within(1e-9));
  }

  @Test
  void cellServesAcrossTheAntimeridian(SparkSession spark) {
    settle(-179.95, 0);
    assertThat(coverage(spark, HEADER + cell("a", "4G", 179.95, 0)).count()).isEqualTo(1);
  }

  @Test
  void partitionsAndOrderOfTheRowsChangeNothing(SparkSession spark) {
    for (int i = 0; i < 20; i++) {
      settle(-64.7 + 0.03 * i, -21.5 + 0.02 * (i % 3));
    }
    StringBuilder cells = new StringBuilder(HEADER);
    for (int i = 0; i < 12; i++) {
      cells.append(cell("c" + i, i % 2 == 0 ? "4G" : "2G", -64.7 + 0.05 * i, -21.45));
    }
    Dataset<Row> once = coverage(spark, cells.toString());
    Dataset<Row> again =
        coverage(spark, rows(spark, Tables.RADIO_CELLS, cells.toString()).repartition(5), 3);
    assertThat(once.count()).isPositive();
    Frames.assertSameRows(once, again);
  }
}
