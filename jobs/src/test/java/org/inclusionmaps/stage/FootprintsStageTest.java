package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
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
class FootprintsStageTest {
  private static final String HEADER =
      "cell, operator, technology, lon, lat, cell_type, azimuth_deg";
  private static final LonLat CENTRE = Places.centre(Places.at(-64.7, -21.5, 8));
  private static final String AT = CENTRE.lon() + ", " + CENTRE.lat();

  private static Settings settings(String... sets) {
    List<String> all =
        new ArrayList<>(
            List.of("country.id=C", "country.name=C", "release.reference_date='2026-01-01'"));
    all.addAll(List.of(sets));
    return SettingsLoader.load(List.of(), Map.of(), all);
  }

  private static Dataset<Row> footprints(
      SparkSession spark, String cells, int resolution, String... sets) {
    Dataset<Row> footprints =
        FootprintsStage.footprints(
            rows(spark, Tables.RADIO_CELLS, cells),
            settings(sets).radio().footprints(),
            resolution);
    TableCheck.check(footprints, Tables.FOOTPRINTS);
    return footprints;
  }

  /** The area of the places, each with one row: that of the circle of the range. */
  private static double areaKm2(Dataset<Row> footprints) {
    return footprints.collectAsList().stream()
        .mapToDouble(row -> Places.areaKm2(row.getLong(0)))
        .sum();
  }

  private static Row at(Dataset<Row> footprints, String cell, double lon, double lat) {
    return footprints
        .where("cell = '%s' and place = %d".formatted(cell, Places.at(lon, lat, 8)))
        .collectAsList()
        .get(0);
  }

  /** 5 W are 36.99 dBm; straight down from 8 m: 37.5 log10(8) = 33.866 dB less. */
  @Test
  void cellWithNothingButAPositionIsOfTheDefaultType(SparkSession spark) {
    Dataset<Row> all = footprints(spark, HEADER + "\na, 736-01, 4G, " + AT, 8);
    Row row = at(all, "a", CENTRE.lon(), CENTRE.lat());
    assertThat(row.<Double>getAs("signal_dbm")).isCloseTo(36.9897 - 33.8659, within(1e-3));
    assertThat(row.<Double>getAs("connection_probability")).isEqualTo(1);
    assertThat(row.<String>getAs("operator")).isEqualTo("736-01");
    assertThat(areaKm2(all)).isCloseTo(Math.PI * 25, within(6.0));
    double farthest =
        all.collectAsList().stream()
            .map(place -> Places.centre(place.getLong(0)))
            .mapToDouble(p -> Distances.km(CENTRE.lon(), CENTRE.lat(), p.lon(), p.lat()))
            .max()
            .orElseThrow();
    assertThat(farthest).isBetween(4.2, 5.0);
  }

  /** 10 W are 40 dBm, 30 m high: 37.5 log10(30) = 55.392 dB less; a microcell 5 W, 60 log10(8). */
  @Test
  void cellTypesHaveTheirOwnPowerHeightExponentAndRange(SparkSession spark) {
    Dataset<Row> macro = footprints(spark, HEADER + "\na, 1-1, 4G, " + AT + ", macrocell", 8);
    Dataset<Row> micro = footprints(spark, HEADER + "\na, 1-1, 4G, " + AT + ", microcell", 8);
    assertThat(at(macro, "a", CENTRE.lon(), CENTRE.lat()).<Double>getAs("signal_dbm"))
        .isCloseTo(40 - 55.3920, within(1e-3));
    assertThat(at(micro, "a", CENTRE.lon(), CENTRE.lat()).<Double>getAs("signal_dbm"))
        .isCloseTo(36.9897 - 54.1854, within(1e-3));
    assertThat(areaKm2(macro)).isCloseTo(Math.PI * 100, within(12.0));
    assertThat(areaKm2(micro)).isBetween(0.7, 5.5);
  }

  /** Of the feed: 50 dBm at 100 m, 75 dB less straight down. */
  @Test
  void powerAndHeightOfTheFeedGoBeforeTheDefaults(SparkSession spark) {
    Dataset<Row> all =
        footprints(
            spark,
            "cell, operator, technology, lon, lat, height_m, eirp_dbm\na, o, 4G, "
                + AT
                + ", 100, 50",
            8);
    assertThat(at(all, "a", CENTRE.lon(), CENTRE.lat()).<Double>getAs("signal_dbm"))
        .isCloseTo(50 - 75, within(1e-6));
  }

  @Test
  void cellsOfOneOperatorShareAPlaceAndThoseOfAnotherDoNot(SparkSession spark) {
    Dataset<Row> all =
        footprints(
            spark,
            HEADER + "\na, o, 4G, " + AT + "\nb, o, 2G, " + AT + "\nc, p, 4G, " + AT + "\n",
            8);
    assertThat(at(all, "a", CENTRE.lon(), CENTRE.lat()).getDouble(5)).isEqualTo(0.5);
    assertThat(at(all, "b", CENTRE.lon(), CENTRE.lat()).getDouble(5)).isEqualTo(0.5);
    assertThat(at(all, "c", CENTRE.lon(), CENTRE.lat()).getDouble(5)).isEqualTo(1);
  }

  @Test
  void eachOfManyOperatorsHasItsOwnRowsAtTheSamePlaces(SparkSession spark) {
    StringBuilder cells = new StringBuilder(HEADER).append('\n');
    for (String operator : List.of("o", "p", "q", "r")) {
      cells.append("%s, %s, 4G, %s%n".formatted(operator, operator, AT));
    }
    List<Row> rows =
        footprints(spark, cells.toString(), 8).groupBy("place").count().collectAsList();
    assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(row.getLong(1)).isEqualTo(4));
  }

  @Test
  void sectorIsStrongestWhereItLooksAndBeamOf360LooksEverywhere(SparkSession spark) {
    double north = CENTRE.lat() + 3 / Distances.DEGREE_KM;
    double south = CENTRE.lat() - 3 / Distances.DEGREE_KM;
    String least = "radio.footprints.least_dominance=0";
    Dataset<Row> sector =
        footprints(spark, HEADER + "\na, o, 4G, " + AT + ", macrocell, 0", 8, least);
    double ahead = at(sector, "a", CENTRE.lon(), north).getDouble(3);
    double behind = at(sector, "a", CENTRE.lon(), south).getDouble(3);
    assertThat(ahead - behind).isBetween(24.0, 30.5);
    Dataset<Row> round =
        footprints(
            spark,
            "cell, operator, technology, lon, lat, azimuth_deg, beamwidth_deg\na, o, 4G, "
                + AT
                + ", 0, 360",
            8,
            least);
    assertThat(
            at(round, "a", CENTRE.lon(), north).getDouble(3)
                - at(round, "a", CENTRE.lon(), south).getDouble(3))
        .isBetween(-2.0, 2.0);
  }

  @Test
  void footprintCrossesTheAntimeridian(SparkSession spark) {
    Dataset<Row> all = footprints(spark, HEADER + "\na, o, 4G, 179.99, 0, macrocell", 8);
    assertThat(at(all, "a", -179.97, 0).<Double>getAs("signal_dbm"))
        .isCloseTo(at(all, "a", 179.95, 0).getDouble(3), within(6.0));
    assertThat(areaKm2(all)).isCloseTo(Math.PI * 100, within(12.0));
  }

  @Test
  void eachPlaceHasItsRowsOnceHoweverTheCellsLie(SparkSession spark) {
    StringBuilder cells = new StringBuilder(HEADER).append('\n');
    for (int i = 0; i < 60; i++) {
      cells.append(
          "c%d, o, 4G, %s, %s, macrocell, %d%n"
              .formatted(i, 0.02 * (i % 8), 0.004 * i, 37 * i % 360));
    }
    Dataset<Row> rows = rows(spark, Tables.RADIO_CELLS, cells.toString());
    Dataset<Row> once = FootprintsStage.footprints(rows, settings().radio().footprints(), 8);
    Dataset<Row> again =
        FootprintsStage.footprints(rows.repartition(5), settings().radio().footprints(), 8);
    assertThat(TableCheck.check(once, Tables.FOOTPRINTS)).isPositive();
    Frames.assertSameRows(once, again);
    assertThat(
            once.groupBy("place")
                .agg(org.apache.spark.sql.functions.sum("connection_probability").as("sum"))
                .where("abs(sum - 1) > 1e-12")
                .count())
        .isZero();
  }

  @Test
  void stageIsPartOfARunOnlyIfTheSettingsAskForIt() {
    assertThat(InclusionStages.list(settings()))
        .extracting(Stage::name)
        .doesNotContain("footprints")
        .endsWith("indicators");
    assertThat(InclusionStages.list(settings("radio.footprints.write=true")))
        .extracting(Stage::name)
        .endsWith("indicators", "footprints");
    assertThat(InclusionStages.list(settings()))
        .noneMatch(stage -> stage.reads().contains(Tables.FOOTPRINTS));
  }
}
