package org.inclusionmaps.publish.tiles;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.overlayng.PrecisionReducer;

/**
 * A polygon whose corners were snapped to a grid, and which may cross itself since: a reader that
 * tells outer rings from holes by their turn would lose it. It becomes simple polygons on that
 * grid.
 */
final class SnappedPolygon {
  private static final GeometryFactory FACTORY = new GeometryFactory();

  private SnappedPolygon() {}

  /**
   * Polygons that do not cross themselves.
   *
   * @param rings outer ring and holes: x and y by turns, without repeats, not closed
   * @param step of the grid
   */
  static List<List<int[]>> simple(List<int[]> rings, int step) {
    if (rings.get(0).length < 6) {
      return List.of();
    }
    List<int[]> whole = rings.stream().filter(ring -> ring.length >= 6).toList();
    LinearRing[] holes =
        whole.stream().skip(1).map(SnappedPolygon::ring).toArray(LinearRing[]::new);
    Polygon polygon = FACTORY.createPolygon(ring(whole.get(0)), holes);
    if (polygon.isValid()) {
      return List.of(whole);
    }
    Geometry mended =
        PrecisionReducer.reducePrecision(
            GeometryFixer.fix(polygon), new PrecisionModel(1.0 / step));
    List<List<int[]>> out = new ArrayList<>();
    for (int i = 0; i < mended.getNumGeometries(); i++) {
      if (mended.getGeometryN(i) instanceof Polygon part && !part.isEmpty()) {
        List<int[]> own = new ArrayList<>(List.of(points(part.getExteriorRing())));
        for (int hole = 0; hole < part.getNumInteriorRing(); hole++) {
          own.add(points(part.getInteriorRingN(hole)));
        }
        out.add(own);
      }
    }
    return out;
  }

  private static LinearRing ring(int[] points) {
    Coordinate[] corners = new Coordinate[points.length / 2 + 1];
    for (int i = 0; i < corners.length - 1; i++) {
      corners[i] = new Coordinate(points[2 * i], points[2 * i + 1]);
    }
    corners[corners.length - 1] = corners[0].copy();
    return FACTORY.createLinearRing(corners);
  }

  private static int[] points(LinearRing ring) {
    int[] points = new int[2 * (ring.getNumPoints() - 1)];
    for (int i = 0; i < points.length; i += 2) {
      points[i] = (int) Math.round(ring.getCoordinateN(i / 2).x);
      points[i + 1] = (int) Math.round(ring.getCoordinateN(i / 2).y);
    }
    return points;
  }
}
