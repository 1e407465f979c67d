package org.inclusionmaps.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatchmentsTest {
  @ParameterizedTest
  @CsvSource({
    "-65, -17, 5", // Bolivia
    "179.95, -16.5, 5", // the antimeridian
    "10.5362, 64.7, 4", // a pentagon of resolution 0 at the coast of Norway
    "20, 89.9, 5", // the pole
    "30, 0, 3"
  })
  void noFinePlaceInReachIsInACoarsePlaceLeftOut(double lon, double lat, int resolution) {
    Random random = new Random(7);
    Catchments catchments = new Catchments(resolution);
    for (int i = 0; i < 4000; i++) {
      double km = 40 * random.nextDouble() * random.nextDouble();
      double fromLat = Math.min(90, lat + random.nextDouble() - 0.5);
      double fromLon = lon + random.nextDouble() - 0.5;
      double turn = 2 * Math.PI * random.nextDouble();
      double toLat = Math.min(90, fromLat + km * Math.cos(turn) / Distances.DEGREE_KM);
      double scale = Distances.DEGREE_KM * Math.cos(Math.toRadians(fromLat));
      double toLon = Math.IEEEremainder(fromLon + km * Math.sin(turn) / scale, 360);
      long point = Places.at(toLon, toLat, 10);
      LonLat centre = Places.centre(point);
      double apart = Distances.km(fromLon, fromLat, centre.lon(), centre.lat());
      assertThat(catchments.touching(fromLon, fromLat, apart))
          .contains(Places.parent(point, resolution));
    }
  }

  @Test
  void aShortReachTouchesFewCoarsePlaces() {
    Catchments catchments = new Catchments(5);
    assertThat(catchments.touching(-65, -17, 1).length).isLessThanOrEqualTo(4);
    assertThat(Arrays.stream(catchments.touching(-65, -17, 35)).distinct().count())
        .isBetween(15L, 40L);
  }

  @Test
  void resolutionIsTheFinestThatAReachSpansFourEdgesOf() {
    // Mean edges: resolution 5 is 9.85 km, resolution 6 is 3.72 km (h3geo.org).
    assertThat(Catchments.resolutionFor(35)).isEqualTo(5);
    assertThat(Catchments.resolutionFor(10)).isEqualTo(6);
    assertThat(Catchments.resolutionFor(1e5)).isEqualTo(0);
  }
}
