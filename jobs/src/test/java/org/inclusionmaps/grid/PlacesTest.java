package org.inclusionmaps.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.uber.h3core.H3Core;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlacesTest {
  /** The example of H3's own documentation: San Francisco. */
  private static final double LON = -122.41795063018799;

  private static final double LAT = 37.775938728915946;

  @Test
  void findsTheHexagonOfTheManual() {
    long place = Places.at(LON, LAT, 9);
    assertThat(Places.address(place)).isEqualTo("8928308280fffff");
    assertThat(Places.resolution(place)).isEqualTo(9);
    assertThat(Places.isPlace(place)).isTrue();
    assertThat(Places.isPlace(place + 1)).isFalse();
    LonLat centre = Places.centre(place);
    assertThat(Distances.km(LON, LAT, centre.lon(), centre.lat())).isLessThan(0.2);
  }

  @Test
  void parentsByBitsAreThoseOfH3() throws IOException {
    H3Core h3 = H3Core.newInstance();
    var random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      double lat = Math.toDegrees(Math.asin(2 * random.nextDouble() - 1));
      long place = Places.at(360 * random.nextDouble() - 180, lat, random.nextInt(16));
      for (int resolution = 0; resolution <= Places.resolution(place); resolution++) {
        assertThat(Places.parent(place, resolution)).isEqualTo(h3.cellToParent(place, resolution));
      }
    }
    for (long pentagon : h3.getPentagons(7)) {
      assertThat(Places.parent(pentagon, 3)).isEqualTo(h3.cellToParent(pentagon, 3));
    }
  }

  @Test
  void aPlaceHasNoFinerParent() {
    long place = Places.at(LON, LAT, 5);
    assertThatThrownBy(() -> Places.parent(place, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a place of resolution 5 has no parent of resolution 6");
  }

  @Test
  void childrenGoBackToTheirParentAndFillIt() {
    long place = Places.at(LON, LAT, 7);
    long[] children = Places.children(place, 9);
    assertThat(children).hasSize(49).contains(Places.centreChild(place, 9));
    assertThat(LongStream.of(children)).allMatch(child -> Places.parent(child, 7) == place);
    assertThat(LongStream.of(children).mapToDouble(Places::areaKm2).sum())
        .isCloseTo(Places.areaKm2(place), within(0.1 * Places.areaKm2(place)));
  }

  @Test
  void aDiskHoldsThePlacesWithinItsSteps() {
    long place = Places.at(LON, LAT, 8);
    assertThat(Places.disk(place, 0)).containsExactly(place);
    assertThat(Places.disk(place, 3)).hasSize(37).doesNotHaveDuplicates();
  }

  @Test
  void theRingIsClosedAndHoldsTheCentre() {
    double[] ring = Places.ring(Places.at(LON, LAT, 8));
    assertThat(ring).hasSize(14);
    assertThat(ring[12]).isEqualTo(ring[0]);
    assertThat(ring[13]).isEqualTo(ring[1]);
    assertThat(areaDeg2(ring)).isPositive();
    assertThat(Places.rings(Places.at(LON, LAT, 8))).containsExactly(ring);
  }

  @Test
  void aPlaceOnTheAntimeridianHasARingWithoutJumpsAndTwoCutRings() {
    long place = Places.at(180, -17, 4);
    double[] ring = Places.ring(place);
    double widest = 0;
    for (int i = 2; i < ring.length; i += 2) {
      widest = Math.max(widest, Math.abs(ring[i] - ring[i - 2]));
    }
    assertThat(widest).isLessThan(1);
    List<double[]> rings = Places.rings(place);
    assertThat(rings).hasSize(2);
    double area = 0;
    for (double[] part : rings) {
      for (int i = 0; i < part.length; i += 2) {
        assertThat(part[i]).isBetween(-180.0, 180.0);
      }
      assertThat(part[part.length - 2]).isEqualTo(part[0]);
      assertThat(areaDeg2(part)).isPositive();
      area += areaDeg2(part);
    }
    assertThat(area).isCloseTo(areaDeg2(ring), within(1e-9));
  }

  @Test
  void aPlaceAroundAPoleIsAStripAlongIt() {
    for (double pole : new double[] {90, -90}) {
      double[] ring = Places.ring(Places.at(0, pole, 2));
      assertThat(ring[ring.length - 2]).isEqualTo(ring[0]);
      assertThat(ring).contains(pole);
      double all =
          Places.rings(Places.at(0, pole, 2)).stream().mapToDouble(PlacesTest::areaDeg2).sum();
      assertThat(all).isCloseTo(areaDeg2(ring), within(1e-9)).isGreaterThan(360);
    }
  }

  @Test
  void placesOfResolutionEightAreAboutThreeQuartersOfASquareKilometre() {
    assertThat(Places.areaKm2(Places.at(-65, -17, 8))).isBetween(0.5, 1.0);
    assertThat(Places.edgeKm(8)).isCloseTo(0.531, within(0.001));
  }

  private static double areaDeg2(double[] ring) {
    double twice = 0;
    for (int i = 0; i + 3 < ring.length; i += 2) {
      twice += ring[i] * ring[i + 3] - ring[i + 2] * ring[i + 1];
    }
    return twice / 2;
  }
}
