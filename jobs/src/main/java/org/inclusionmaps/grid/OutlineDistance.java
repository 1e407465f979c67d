package org.inclusionmaps.grid;

import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryComponentFilter;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;

/** Distance from a point to the outline of a geometry, on the plane that touches at the point. */
final class OutlineDistance implements GeometryComponentFilter {
  private final double lon;
  private final double lat;
  private final double cos;
  private double leastDeg = Double.POSITIVE_INFINITY;

  private OutlineDistance(double lon, double lat, double cos) {
    this.lon = lon;
    this.lat = lat;
    this.cos = cos;
  }

  /** The distance in km; cos is the cosine of the point's latitude. */
  static double km(Geometry geometry, double lon, double lat, double cos) {
    OutlineDistance distance = new OutlineDistance(lon, lat, cos);
    geometry.apply(distance);
    return distance.leastDeg * Distances.DEGREE_KM;
  }

  @Override
  public void filter(Geometry component) {
    if (component instanceof LineString line) {
      CoordinateSequence points = line.getCoordinateSequence();
      for (int i = 1; i < points.size(); i++) {
        look(points.getX(i - 1), points.getY(i - 1), points.getX(i), points.getY(i));
      }
    } else if (component instanceof Point point && !point.isEmpty()) {
      look(point.getX(), point.getY(), point.getX(), point.getY());
    }
  }

  private void look(double lon1, double lat1, double lon2, double lat2) {
    double x = (lon1 - lon) * cos;
    double y = lat1 - lat;
    double dx = (lon2 - lon1) * cos;
    double dy = lat2 - lat1;
    double length = dx * dx + dy * dy;
    double along = length == 0 ? 0 : Math.max(0, Math.min(1, -(x * dx + y * dy) / length));
    leastDeg = Math.min(leastDeg, Math.hypot(x + along * dx, y + along * dy));
  }
}
