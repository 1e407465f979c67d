package org.inclusionmaps.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.WKBWriter;

/** Against the whole polygon, which holds the same points. */
class OutlinePiecesTest {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  private static byte[] wkb(Geometry geometry) {
    return new WKBWriter(2).write(geometry);
  }

  /** A ragged star around a point, with a hole. */
  private static Polygon star(Random random, int corners, double lon, double lat, double radius) {
    return GEOMETRIES.createPolygon(
        ring(random, corners, lon, lat, radius),
        new LinearRing[] {ring(random, corners, lon, lat, radius / 4)});
  }

  private static LinearRing ring(
      Random random, int corners, double lon, double lat, double radius) {
    Coordinate[] ring = new Coordinate[corners + 1];
    for (int i = 0; i < corners; i++) {
      double at = 2 * Math.PI * i / corners;
      double r = radius * (0.99 + 0.01 * random.nextDouble());
      ring[i] = new Coordinate(lon + r * Math.cos(at), lat + r * Math.sin(at));
    }
    ring[corners] = ring[0];
    return GEOMETRIES.createLinearRing(ring);
  }

  @Test
  void piecesAreSmallAndHoldTheSamePoints() {
    Random random = new Random(3);
    Geometry whole =
        GEOMETRIES.createMultiPolygon(
            new Polygon[] {star(random, 20_000, 10, 50, 4), star(random, 30, 20, 50, 0.5)});
    List<Geometry> pieces = OutlinePieces.of(wkb(whole));
    assertThat(pieces).hasSizeGreaterThan(100);
    for (Geometry piece : pieces) {
      assertThat(piece.getNumPoints()).isLessThanOrEqualTo(OutlinePieces.MOST_CORNERS);
      assertThat(piece.getEnvelopeInternal().maxExtent())
          .isLessThanOrEqualTo(OutlinePieces.LONGEST_DEG);
    }
    assertThat(pieces.stream().mapToDouble(Geometry::getArea).sum())
        .isCloseTo(whole.getArea(), within(1e-9 * whole.getArea()));
    IndexedPointInAreaLocator inWhole = new IndexedPointInAreaLocator(whole);
    List<IndexedPointInAreaLocator> inPieces =
        pieces.stream().map(IndexedPointInAreaLocator::new).toList();
    int inside = 0;
    for (int i = 0; i < 2_000; i++) {
      Coordinate at = new Coordinate(6 + 16 * random.nextDouble(), 46 + 8 * random.nextDouble());
      boolean held = inWhole.locate(at) != Location.EXTERIOR;
      inside += held ? 1 : 0;
      assertThat(inPieces.stream().anyMatch(piece -> piece.locate(at) != Location.EXTERIOR))
          .as("%s", at)
          .isEqualTo(held);
    }
    assertThat(inside).isBetween(200, 1_800);
  }

  @Test
  void smallPolygonIsItsOwnPieceAndAPointIsRefused() {
    Polygon small = star(new Random(1), 20, 0, 0, 0.1);
    assertThat(OutlinePieces.of(wkb(small))).containsExactly(small);
    assertThatThrownBy(() -> OutlinePieces.of(wkb(GEOMETRIES.createPoint(new Coordinate(1, 2)))))
        .hasMessage("a Point has no inside");
  }
}
