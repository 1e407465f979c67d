package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.PlacesSettings;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SettledPointsStageTest {
  private static final PlacesSettings PLACES = new PlacesSettings(8);

  /** W and E are halves of the country C; the sub-areas of W are a village point and an outline. */
  private static final String AREAS =
      """
      area, parent, level, name, geometry
      C,    ,       0,     C,    POLYGON ((0 0; 2 0; 2 1; 0 1; 0 0))
      W,    C,      1,     W,    POLYGON ((0 0; 1 0; 1 1; 0 1; 0 0))
      E,    C,      1,     E,    POLYGON ((1 0; 2 0; 2 1; 1 1; 1 0))
      N,    C,      1,     N,
      v,    W,      2,     v,    POINT (0.1 0.1)
      o,    W,      2,     o,    POLYGON ((0.5 0; 1 0; 1 1; 0.5 1; 0.5 0))
      n,    N,      2,     n,    POINT (3 3)
      m,    N,      2,     m,    POINT (4 4)
      """;

  private static Dataset<Row> points(SparkSession spark, String census, String settlements) {
    Dataset<Row> points =
        SettledPointsStage.points(
            rows(spark, Tables.AREAS, AREAS),
            rows(spark, Tables.CENSUS, "area, sex, age_band, disability, persons\n" + census),
            rows(spark, Tables.SETTLEMENTS, "lon, lat, weight, area\n" + settlements),
            PLACES);
    TableCheck.check(points, Tables.SETTLED_POINTS);
    return points;
  }

  private static Map<Long, Long> of(Dataset<Row> points, String area) {
    Map<Long, Long> weights = new TreeMap<>();
    for (Row row : points.where("area = '" + area + "'").collectAsList()) {
      weights.put(row.getAs("point"), row.getAs("weight_micro"));
    }
    return weights;
  }

  private static long at(double lon, double lat) {
    return Places.at(lon, lat, 10);
  }

  @Test
  void peopleLiveAtTheSettlementsThatNameTheirAreaOrLieInIt(SparkSession spark) {
    Dataset<Row> points =
        points(
            spark,
            "W, all, all, all, 100\nE, all, all, all, 50",
            """
            0.2, 0.2, 3,   W
            0.2, 0.2, 1,
            0.3, 0.3, 2,
            0.7, 0.5, 9,
            1.5, 0.5, 4,
            5.0, 5.0, 7,
            1.6, 0.6, 0,
            """);
    // The settlement in the outline of o is W's: o is not counted.
    assertThat(of(points, "W"))
        .containsOnly(
            Map.entry(at(0.2, 0.2), 4_000_000L),
            Map.entry(at(0.3, 0.3), 2_000_000L),
            Map.entry(at(0.7, 0.5), 9_000_000L));
    assertThat(of(points, "E")).containsOnly(Map.entry(at(1.5, 0.5), 4_000_000L));
    assertThat(points.count()).isEqualTo(4);
  }

  @Test
  void placeHoldsThePointAndThePointIsTheCentreOfItsHexagon(SparkSession spark) {
    Row row = points(spark, "E, all, all, all, 1", "1.5, 0.5, 4,").collectAsList().get(0);
    long point = at(1.5, 0.5);
    assertThat(row.<Long>getAs("place")).isEqualTo(Places.parent(point, 8));
    assertThat(row.<Double>getAs("lon")).isEqualTo(Places.centre(point).lon());
    assertThat(row.<Double>getAs("lat")).isEqualTo(Places.centre(point).lat());
  }

  @Test
  void settlementInACountedSubAreaIsTheSubAreas(SparkSession spark) {
    Dataset<Row> points =
        points(
            spark,
            "W, all, all, all, 100\no, all, all, all, 40",
            """
            0.2, 0.2, 3, W
            0.7, 0.5, 9, W
            0.8, 0.5, 1,
            """);
    assertThat(of(points, "W")).containsOnly(Map.entry(at(0.2, 0.2), 3_000_000L));
    assertThat(of(points, "o"))
        .containsOnly(Map.entry(at(0.7, 0.5), 9_000_000L), Map.entry(at(0.8, 0.5), 1_000_000L));
  }

  @Test
  void areaWhosePeopleAreAllInSubAreasHasNoPoint(SparkSession spark) {
    Dataset<Row> points =
        points(spark, "W, all, all, all, 40\nv, all, all, all, 40", "0.2, 0.2, 3, W");
    assertThat(points.collectAsList())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs("area")).isEqualTo("v");
              assertThat(row.<Long>getAs("point")).isEqualTo(at(0.1, 0.1));
            });
  }

  @Test
  void withoutSettlementsTheyLiveOnTheLandOutsideCountedSubAreas(SparkSession spark) {
    Dataset<Row> points = points(spark, "W, all, all, all, 100\no, all, all, all, 40", "9, 9, 1,");
    // Half of a square degree at the equator is 6,182 km².
    for (String area : new String[] {"W", "o"}) {
      long micro = of(points, area).values().stream().mapToLong(Long::longValue).sum();
      assertThat(micro / 1e6).isBetween(6182 - 250.0, 6182 + 250.0);
    }
    assertThat(of(points, "W").keySet())
        .allMatch(point -> Places.centre(point).lon() < 0.5)
        .hasSizeBetween(100, 2000);
  }

  @Test
  void areaWithoutGeometryIsWhereItsSubAreasPeopleAre(SparkSession spark) {
    Dataset<Row> points =
        points(
            spark, "N, all, all, all, 100\nn, all, all, all, 10\nm, all, all, all, 30", "9, 9, 1,");
    assertThat(of(points, "N"))
        .containsOnly(Map.entry(at(3, 3), 10_000_000L), Map.entry(at(4, 4), 30_000_000L));
  }

  @Test
  void peopleThatNothingPlacesAreRefused(SparkSession spark) {
    assertThatThrownBy(() -> points(spark, "N, all, all, all, 1234", "0.2, 0.2, 1,"))
        .hasMessageContaining(
            "[CONTRACT_BROKEN] census: area N has 1,234 persons but no settlement, outline or"
                + " sub-area tells where they live");
  }
}
