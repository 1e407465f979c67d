package org.inclusionmaps.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.WKTReader;

class LandTest {
  private static byte[] wkb(String wkt) {
    try {
      return new WKBWriter().write(new WKTReader().read(wkt));
    } catch (ParseException e) {
      throw new IllegalArgumentException(wkt, e);
    }
  }

  @Test
  void aSquareDegreeIsPointsThatSumToItsArea() {
    // One square degree at the equator is 111.195 km squared, 12,364 km².
    List<Land.Plot> plots = Land.plots(wkb("POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"), 10, 2000);
    assertThat(plots.size()).isBetween(2000 / 8, 2000);
    assertThat(plots.stream().mapToDouble(Land.Plot::km2).sum()).isCloseTo(12364, within(250.0));
    assertThat(plots)
        .allSatisfy(
            plot -> {
              assertThat(Places.resolution(plot.point())).isEqualTo(10);
              LonLat centre = Places.centre(plot.point());
              assertThat(centre.lon()).isBetween(0.0, 1.0);
              assertThat(centre.lat()).isBetween(0.0, 1.0);
            });
  }

  @Test
  void aHoleHoldsNoPoint() {
    List<Land.Plot> plots =
        Land.plots(
            wkb(
                "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0), (0.2 0.2, 0.2 0.8, 0.8 0.8, 0.8 0.2, 0.2 0.2))"),
            10,
            2000);
    assertThat(plots.stream().mapToDouble(Land.Plot::km2).sum())
        .isCloseTo(12364 * (1 - 0.36), within(250.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POLYGON ((0 0, 0.00001 0, 0.00001 0.00001, 0 0.00001, 0 0))",
        "POINT (0.000005 0.000005)",
        "LINESTRING (0 0, 0.00001 0.00001)"
      })
  void whatHoldsNoCentreIsOnePoint(String wkt) {
    assertThat(Land.plots(wkb(wkt), 10, 2000))
        .singleElement()
        .extracting(Land.Plot::point)
        .isEqualTo(Places.at(0.000005, 0.000005, 10));
  }

  @Test
  void polygonsAreToldByTheirFirstBytes() {
    assertThat(Land.isPolygon(wkb("POLYGON ((0 0, 1 0, 1 1, 0 0))"))).isTrue();
    assertThat(Land.isPolygon(wkb("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))"))).isTrue();
    assertThat(Land.isPolygon(wkb("POINT (1 2)"))).isFalse();
    assertThat(Land.isPolygon(new byte[] {1, 3, 0, 0, 0})).isTrue();
  }
}
