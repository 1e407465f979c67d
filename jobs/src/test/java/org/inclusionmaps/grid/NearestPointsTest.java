package org.inclusionmaps.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NearestPointsTest {
  @Test
  void findsWhatALookAtEachPointFinds() {
    Random random = new Random(1);
    double[] lon = random.doubles(500, -180, 180).toArray();
    double[] lat = random.doubles(500, -90, 90).toArray();
    NearestPoints points = new NearestPoints(lon, lat);
    for (int i = 0; i < 500; i++) {
      double atLon = -180 + 360 * random.nextDouble();
      double atLat = -90 + 180 * random.nextDouble();
      double nearest = Double.POSITIVE_INFINITY;
      for (int k = 0; k < lon.length; k++) {
        nearest = Math.min(nearest, Distances.km(atLon, atLat, lon[k], lat[k]));
      }
      assertThat(points.km(atLon, atLat)).isEqualTo(nearest);
      int number = points.number(atLon, atLat);
      assertThat(Distances.km(atLon, atLat, lon[number], lat[number])).isEqualTo(nearest);
    }
  }

  @Test
  void knowsASinglePoint() {
    assertThat(new NearestPoints(new double[] {5}, new double[] {10}).km(5, 10)).isZero();
  }
}
