package org.inclusionmaps.grid;

import com.uber.h3core.util.LatLng;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

/** The land of an area as points, where nothing tells where in it people live. */
public final class Land {
  private static final int POLYGON = 3;
  private static final int MULTI_POLYGON = 6;
  private static final int KINDS = 1000;

  private Land() {}

  /**
   * A point and the land that it stands for.
   *
   * @param point H3 index
   * @param km2 land in km², over 0
   */
  public record Plot(long point, double km2) {}

  /**
   * Points spread evenly over an area: the centres of places of the finest resolution that has at
   * most some number of them inside, each for that place's land. An area too small to hold the
   * centre of any place, a point or a line is one point, in its inside.
   *
   * @param wkb the area's geometry as well-known binary, degrees WGS84, cut at the antimeridian
   * @param resolution resolution of the points, 0 to 15
   * @param most the number that a guess by area keeps to, at least 1
   */
  public static List<Plot> plots(byte[] wkb, int resolution, int most) {
    Geometry geometry = read(wkb);
    if (geometry instanceof Polygonal) {
      int level = guess(geometry, resolution, most);
      SortedSet<Long> inside = inside(geometry, level);
      while (inside.size() > most && level > 0) {
        inside = inside(geometry, --level);
      }
      while (inside.isEmpty() && level < resolution) {
        inside = inside(geometry, ++level);
      }
      if (!inside.isEmpty()) {
        List<Plot> plots = new ArrayList<>();
        for (long place : inside) {
          plots.add(new Plot(Places.centreChild(place, resolution), Places.areaKm2(place)));
        }
        return plots;
      }
    }
    Point point = geometry.getInteriorPoint();
    long at = Places.at(point.getX(), point.getY(), resolution);
    return List.of(new Plot(at, Places.areaKm2(at)));
  }

  /** Whether a geometry is a polygon or several, by the head of its well-known binary alone. */
  public static boolean isPolygon(byte[] wkb) {
    int kind =
        wkb[0] == 1
            ? (wkb[1] & 0xFF) | (wkb[2] & 0xFF) << 8
            : (wkb[4] & 0xFF) | (wkb[3] & 0xFF) << 8;
    return kind % KINDS == POLYGON || kind % KINDS == MULTI_POLYGON;
  }

  /** The finest resolution of which about so many places cover as much land. */
  private static int guess(Geometry geometry, int finest, int most) {
    double lat = Math.toRadians(geometry.getEnvelopeInternal().centre().y);
    double km2 = geometry.getArea() * Distances.DEGREE_KM * Distances.DEGREE_KM * Math.cos(lat);
    int level = finest;
    while (level > 0 && km2 / meanKm2(level) > most) {
      level--;
    }
    return level;
  }

  /** The mean land of a place, as if its edge were the mean one: 3√3/2 of its square. */
  private static double meanKm2(int resolution) {
    double edge = Places.edgeKm(resolution);
    return 1.5 * Math.sqrt(3) * edge * edge;
  }

  private static SortedSet<Long> inside(Geometry geometry, int resolution) {
    SortedSet<Long> places = new TreeSet<>();
    for (int i = 0; i < geometry.getNumGeometries(); i++) {
      if (geometry.getGeometryN(i) instanceof Polygon polygon && !polygon.isEmpty()) {
        List<List<LatLng>> holes = new ArrayList<>();
        for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
          holes.add(ring(polygon.getInteriorRingN(hole)));
        }
        places.addAll(Places.within(ring(polygon.getExteriorRing()), holes, resolution));
      }
    }
    return places;
  }

  private static List<LatLng> ring(LineString ring) {
    List<LatLng> points = new ArrayList<>();
    for (Coordinate corner : ring.getCoordinates()) {
      points.add(new LatLng(corner.y, corner.x));
    }
    return points;
  }

  private static Geometry read(byte[] wkb) {
    try {
      return new WKBReader().read(wkb);
    } catch (ParseException e) {
      throw new IllegalArgumentException("a geometry is not WKB", e);
    }
  }
}
