package org.inclusionmaps.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.uber.h3core.H3Core;
import com.uber.h3core.LengthUnit;
import com.uber.h3core.util.LatLng;
import java.io.IOException;
import java.util.Random;
import org.inclusionmaps.testing.Gdal;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
  /** H3's radius of the sphere of the ellipsoid's area, km. */
  private static final double AUTHALIC_KM = 6371.007180918475;

  @Test
  void distancesAreThoseOfH3OnItsOwnSphere() throws IOException {
    H3Core h3 = H3Core.newInstance();
    var random = new Random(11);
    for (int i = 0; i < 1000; i++) {
      double lon1 = 360 * random.nextDouble() - 180;
      double lat1 = 180 * random.nextDouble() - 90;
      double lon2 = 360 * random.nextDouble() - 180;
      double lat2 = 180 * random.nextDouble() - 90;
      double other =
          h3.greatCircleDistance(new LatLng(lat1, lon1), new LatLng(lat2, lon2), LengthUnit.km);
      double km = Distances.km(lon1, lat1, lon2, lat2);
      assertThat(km)
          .isCloseTo(other * Distances.EARTH_RADIUS_KM / AUTHALIC_KM, within(1e-6))
          .isEqualTo(Distances.km(lon2, lat2, lon1, lat1));
    }
  }

  @Test
  void distanceAcrossTheAntimeridianIsTheShortOne() {
    assertThat(Distances.km(179.5, 0, -179.5, 0)).isCloseTo(Distances.DEGREE_KM, within(1e-9));
    assertThat(Distances.km(10, 20, 370, 20)).isCloseTo(0, within(1e-9));
    assertThat(Distances.km(0, 90, 180, -90))
        .isCloseTo(Math.PI * Distances.EARTH_RADIUS_KM, within(1e-6));
  }

  @Test
  void bearingsTurnClockwiseFromNorth() {
    assertThat(Distances.bearingDeg(0, 0, 0, 1)).isZero();
    assertThat(Distances.bearingDeg(0, 0, 1, 0)).isCloseTo(90, within(1e-9));
    assertThat(Distances.bearingDeg(0, 0, 0, -1)).isCloseTo(180, within(1e-9));
    assertThat(Distances.bearingDeg(0, 0, -1, 0)).isCloseTo(270, within(1e-9));
    assertThat(Distances.bearingDeg(179.9, 0, -179.9, 0)).isCloseTo(90, within(1e-9));
    // Baghdad to Osaka, the usual example of navigation.
    assertThat(Distances.bearingDeg(45, 35, 135, 35)).isCloseTo(60.16, within(0.005));
  }

  @Test
  void findsTheTileOfTheOpenStreetMapManual() {
    assertThat(WebMercator.tileX(0.02435, 17)).isEqualTo(65544);
    assertThat(WebMercator.tileY(51.51202, 17)).isEqualTo(43582);
    assertThat(WebMercator.LIMIT_DEG).isCloseTo(85.0511287798066, within(1e-12));
  }

  @Test
  void theMapEndsAtItsEdges() {
    assertThat(WebMercator.tileX(180, 5)).isEqualTo(31);
    assertThat(WebMercator.tileX(-180, 5)).isZero();
    assertThat(WebMercator.tileY(90, 5)).isZero();
    assertThat(WebMercator.tileY(-90, 5)).isEqualTo(31);
    assertThat(WebMercator.y(89)).isZero();
    assertThat(WebMercator.pixelX(0, 3, 256)).isEqualTo(1024);
    assertThat(WebMercator.pixelY(0, 3, 256)).isEqualTo(1024);
    assertThatThrownBy(() -> WebMercator.tiles(31))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("zoom is 0 to 30, not 31");
  }

  @Test
  void longitudeAndLatitudeComeBackFromTheMap() {
    for (double degrees = -85; degrees <= 85; degrees += 0.5) {
      assertThat(WebMercator.lat(WebMercator.y(degrees))).isCloseTo(degrees, within(1e-10));
      assertThat(WebMercator.lon(WebMercator.x(2 * degrees))).isCloseTo(2 * degrees, within(1e-10));
    }
  }

  @Test
  void theEqualAreaGridHasTheCornersOfEaseGrid2() {
    // M. J. Brodzik et al., "EASE-Grid 2.0", ISPRS Int. J. Geo-Inf. 1 (2012): the global grid's
    // edges.
    assertThat(EqualAreaGrid.eastM(180)).isCloseTo(17367530.45, within(0.01));
    assertThat(EqualAreaGrid.northM(85.0445664)).isCloseTo(7314540.83, within(0.01));
    assertThat(EqualAreaGrid.northM(-85.0445664)).isCloseTo(-7314540.83, within(0.01));
    assertThat(EqualAreaGrid.northM(0)).isZero();
  }

  @Test
  void theEqualAreaGridIsWhatProjHasUnderItsCode() throws Exception {
    Gdal.need();
    for (double[] at : new double[][] {{-64.5, -21.5}, {179.99, 68.2}, {-179.99, -17.5}, {5, 85}}) {
      String said =
          Gdal.run(
              "gdaltransform",
              "-s_srs",
              "EPSG:4326",
              "-t_srs",
              "EPSG:6933",
              "-output_xy",
              "-coord",
              "" + at[0],
              "" + at[1]);
      String[] xy = said.strip().split(" ", -1);
      assertThat(EqualAreaGrid.eastM(at[0])).isCloseTo(Double.parseDouble(xy[0]), within(1e-3));
      assertThat(EqualAreaGrid.northM(at[1])).isCloseTo(Double.parseDouble(xy[1]), within(1e-3));
    }
  }

  @Test
  void squaresOfTheEqualAreaGridKeepTheirColumnAndRow() {
    for (int column : new int[] {-17368, -1, 0, 5, 17367}) {
      for (int row : new int[] {-7343, -1, 0, 9, 7342}) {
        long square = EqualAreaGrid.square(column, row);
        assertThat(EqualAreaGrid.column(square)).isEqualTo(column);
        assertThat(EqualAreaGrid.row(square)).isEqualTo(row);
      }
    }
    assertThat(EqualAreaGrid.squareAt(-0.001, -0.001)).isEqualTo(EqualAreaGrid.square(-1, -1));
    assertThat(EqualAreaGrid.squareAt(0.001, 0.001)).isEqualTo(EqualAreaGrid.square(0, 0));
  }
}
