package org.inclusionmaps.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.testing.Rows.rows;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.EqualAreaGrid;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Thresholds: the UN's degree of urbanisation, as in methods, section 7. */
@ExtendWith(SparkExtension.class)
class PlacesStageTest {
  private final StringBuilder points =
      new StringBuilder("place, area, point, lon, lat, weight_micro\n");
  private final StringBuilder population =
      new StringBuilder("place, area, sex, age_band, disability, persons_micro, age_split\n");

  /** People at a point of an area of their own. */
  private long settle(double lon, double lat, long persons) {
    long point = Places.at(lon, lat, 10);
    long place = Places.parent(point, 8);
    LonLat centre = Places.centre(point);
    String area = "a" + point;
    points.append(
        "%d, %s, %d, %s, %s, 5\n".formatted(place, area, point, centre.lon(), centre.lat()));
    population.append(
        "%d, %s, all, 15+, all, %d, false\n".formatted(place, area, persons * 1_000_000));
    return place;
  }

  private Map<Long, Row> places(SparkSession spark) {
    Dataset<Row> places =
        PlacesStage.places(
            PointPeopleStage.people(
                rows(spark, Tables.SETTLED_POINTS, points.toString()),
                rows(spark, Tables.POPULATION, population.toString())));
    TableCheck.check(places, Tables.PLACES);
    Map<Long, Row> byPlace = new HashMap<>();
    places.collectAsList().forEach(row -> byPlace.put(row.getAs("place"), row));
    return byPlace;
  }

  @Test
  void thirtySquaresOf1700ArePartOfACityAndSixteenOf400OfATown(SparkSession spark) {
    long city = 0;
    long town = 0;
    // Steps of a square: 1 km in the projection is 0.010374 degrees of longitude, and at the
    // equator 0.007838 of latitude.
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 5; j++) {
        city = settle(0.005 + i * 0.010374, 0.004 + j * 0.00784, 1700);
      }
    }
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        town = settle(1.005 + i * 0.010374, 0.004 + j * 0.00784, 400);
      }
    }
    long village = settle(3, 0, 4000);
    Map<Long, Row> places = places(spark);
    assertThat(places.get(city).<String>getAs("degree")).isEqualTo("urban_centre");
    assertThat(places.get(city).<String>getAs("environment")).isEqualTo("urban");
    assertThat(places.get(town).<String>getAs("degree")).isEqualTo("urban_cluster");
    assertThat(places.get(town).<String>getAs("environment")).isEqualTo("suburban");
    assertThat(places.get(village).<String>getAs("degree")).isEqualTo("rural");
    assertThat(places.get(village).<String>getAs("environment")).isEqualTo("open");
    assertThat(places.get(village).<Long>getAs("persons_micro")).isEqualTo(4_000_000_000L);
    long persons =
        places.values().stream().mapToLong(row -> row.<Long>getAs("persons_micro")).sum();
    assertThat(persons).isEqualTo(61_400_000_000L);
  }

  @Test
  void placeIsAsUrbanAsTheSquareOfMostOfItsPeople(SparkSession spark) {
    long place = Places.at(0.5, 0.5, 8);
    LonLat centre = Places.centre(place);
    long edge = 0;
    for (long child : Places.children(place, 10)) {
      LonLat at = Places.centre(child);
      if (EqualAreaGrid.squareAt(at.lon(), at.lat())
          != EqualAreaGrid.squareAt(centre.lon(), centre.lat())) {
        edge = child;
      }
    }
    assertThat(edge).isNotZero();
    LonLat outside = Places.centre(edge);
    settle(centre.lon(), centre.lat(), 6000);
    settle(outside.lon(), outside.lat(), 200);
    // The one square of 6,000 is a cluster (300 per km² and 5,000 together), the other rural.
    assertThat(places(spark).get(place).<String>getAs("degree")).isEqualTo("urban_cluster");
  }
}
