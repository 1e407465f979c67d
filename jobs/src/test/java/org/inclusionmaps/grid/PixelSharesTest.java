package org.inclusionmaps.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.inclusionmaps.grid.PixelShares.Box;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/** Shares of outlines in pixels, against drawings done by hand and against JTS's overlay. */
class PixelSharesTest {
  private static final Box ALL =
      new Box(Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
  private static final GeometryFactory JTS = new GeometryFactory();

  private static Map<String, Double> shares(PixelShares outline, Box window) {
    Map<String, Double> shares = new TreeMap<>();
    outline.within(
        window, (column, row, before, after) -> shares.put(column + " " + row, after - before));
    return shares;
  }

  private static Map<String, Double> shares(double... ring) {
    return shares(PixelShares.of(List.of(ring)), ALL);
  }

  @Example
  void aSquareOverTheCornerOfFourPixelsHasAQuarterInEach() {
    assertThat(shares(0.5, -0.5, 1.5, -0.5, 1.5, 0.5, 0.5, 0.5, 0.5, -0.5))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("0 -1", 0.25, "1 -1", 0.25, "0 0", 0.25, "1 0", 0.25));
  }

  @Example
  void aTriangleHasWhatTheDrawingShows() {
    // Legs of 2 pixels: 1 + 1/2 + 1/2 pixels of 2, and a corner that only touches the fourth pixel.
    assertThat(shares(3, 4, 5, 4, 3, 6, 3, 4))
        .containsExactlyInAnyOrderEntriesOf(Map.of("3 4", 0.5, "4 4", 0.25, "3 5", 0.25));
  }

  @Example
  void aRingThatIsNotConvexHasNothingInItsBay() {
    // A U of three pixels' width and two rows: five pixels of six.
    assertThat(shares(0, 0, 1, 0, 1, 1, 2, 1, 2, 0, 3, 0, 3, 2, 0, 2, 0, 0))
        .hasSize(5)
        .doesNotContainKey("1 0")
        .allSatisfy((pixel, share) -> assertThat(share).isCloseTo(0.2, within(1e-15)));
  }

  @Example
  void anOutlineInsideOnePixelIsAllThere() {
    assertThat(shares(7.25, 7.25, 7.5, 7.25, 7.5, 7.75, 7.25, 7.25)).isEqualTo(Map.of("7 7", 1.0));
  }

  @Example
  void anOutlineWithoutAreaIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> shares(1, 1, 2, 1, 1, 1));
  }

  @Example
  void aPlaceAcrossTheAntimeridianIsAtBothEndsOfThePlaneAndNowhereBetween() {
    long place = Places.at(180, -17.5, 6);
    PixelShares outline = PixelShares.of(place, 900);
    assertThat(outline.boxes()).hasSize(2);
    Map<String, Double> shares = shares(outline, ALL);
    assertThat(shares.keySet())
        .allSatisfy(
            pixel ->
                assertThat(Math.abs(Integer.parseInt(pixel.substring(0, pixel.indexOf(' ')))))
                    .isBetween(19_280, 19_298));
    assertThat(shares.keySet()).anyMatch(pixel -> pixel.startsWith("-"));
    assertThat(shares.keySet()).anyMatch(pixel -> !pixel.startsWith("-"));
    assertThat(sum(shares)).isCloseTo(1, within(1e-12));
  }

  @Example
  void aPentagonHasItsWholeAreaToo() {
    long pentagon = Places.parent(Places.centreChild(0x8009fffffffffffL, 7), 7);
    assertThat(Places.ring(pentagon).length).isNotEqualTo(14);
    against(pentagon, 2000);
  }

  @Property(tries = 300)
  void sharesAreTheAreasOfJtsOverlays(
      @ForAll Random random, @ForAll @IntRange(min = 4, max = 9) int resolution) {
    double lon = -180 + 360 * random.nextDouble();
    double lat = -75 + 150 * random.nextDouble();
    double pixelM = Places.edgeKm(resolution) * (200 + 3000 * random.nextDouble());
    against(Places.at(lon, lat, resolution), pixelM);
  }

  private static void against(long place, double pixelM) {
    Map<String, Double> shares = shares(PixelShares.of(place, pixelM), ALL);
    Map<String, Double> expected = new TreeMap<>();
    double area = 0;
    for (double[] ring : Places.rings(place)) {
      Coordinate[] corners = new Coordinate[ring.length / 2];
      for (int i = 0; i < corners.length; i++) {
        corners[i] =
            new Coordinate(
                PixelShares.x(ring[2 * i], pixelM), PixelShares.y(ring[2 * i + 1], pixelM));
      }
      Polygon polygon = JTS.createPolygon(corners);
      area += polygon.getArea();
      Envelope box = polygon.getEnvelopeInternal();
      for (int column = (int) Math.floor(box.getMinX()); column < box.getMaxX(); column++) {
        for (int row = (int) Math.floor(box.getMinY()); row < box.getMaxY(); row++) {
          double part =
              polygon
                  .intersection(JTS.toGeometry(new Envelope(column, column + 1.0, row, row + 1.0)))
                  .getArea();
          if (part > 0) {
            expected.merge(column + " " + row, part, Double::sum);
          }
        }
      }
    }
    for (String pixel : expected.keySet()) {
      assertThat(shares.getOrDefault(pixel, 0.0))
          .as(pixel)
          .isCloseTo(expected.get(pixel) / area, within(1e-9));
    }
    assertThat(shares.keySet().stream().filter(pixel -> !expected.containsKey(pixel)))
        .allSatisfy(pixel -> assertThat(shares.get(pixel)).isLessThan(1e-9));
    assertThat(sum(shares)).isCloseTo(1, within(1e-12));
  }

  @Property(tries = 300)
  void aWholeNumberIsSpreadWithoutLossOverWindowsOfAnySize(
      @ForAll Random random,
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long micro,
      @ForAll @IntRange(min = 1, max = 40) int window) {
    double lon = -180 + 360 * random.nextDouble();
    double lat = -80 + 160 * random.nextDouble();
    PixelShares outline = PixelShares.of(Places.at(lon, lat, 5), 900);
    long sum = 0;
    for (Box box : outline.boxes()) {
      for (int west = Math.floorDiv(box.west(), window) * window;
          west < box.east();
          west += window) {
        for (int north = Math.floorDiv(box.north(), window) * window;
            north < box.south();
            north += window) {
          long[] inside = new long[1];
          outline.within(
              new Box(west, north, west + window, north + window),
              (column, row, before, after) -> {
                long part = Math.round(micro * after) - Math.round(micro * before);
                assertThat(part).isNotNegative();
                inside[0] += part;
              });
          sum += inside[0];
        }
      }
    }
    assertThat(sum).isEqualTo(micro);
  }

  private static double sum(Map<String, Double> shares) {
    return shares.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
