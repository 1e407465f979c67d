package org.inclusionmaps.publish.figures;

import java.util.ArrayList;
import java.util.List;
import org.inclusionmaps.grid.Places;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.WKBWriter;

/** The outline of a place. */
public final class Outline {
  private Outline() {}

  /** A polygon in degrees, cut into two at the antimeridian. */
  public static byte[] wkb(long place) {
    GeometryFactory factory = new GeometryFactory();
    List<Polygon> parts = new ArrayList<>();
    for (double[] ring : Places.rings(place)) {
      Coordinate[] corners = new Coordinate[ring.length / 2];
      for (int i = 0; i < corners.length; i++) {
        corners[i] = new Coordinate(ring[2 * i], ring[2 * i + 1]);
      }
      parts.add(factory.createPolygon(corners));
    }
    Geometry geometry =
        parts.size() == 1
            ? parts.get(0)
            : factory.createMultiPolygon(parts.toArray(new Polygon[0]));
    return new WKBWriter().write(geometry);
  }

  /** Widens a box, in degrees, to hold a place. */
  public static void widen(Envelope box, long place) {
    for (double[] ring : Places.rings(place)) {
      for (int i = 0; i < ring.length; i += 2) {
        box.expandToInclude(ring[i], ring[i + 1]);
      }
    }
  }
}
