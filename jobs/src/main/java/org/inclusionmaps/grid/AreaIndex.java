package org.inclusionmaps.grid;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

/**
 * Which area holds a point. Areas are polygons in degrees of longitude and latitude, cut at the
 * antimeridian; points and lines have no inside and are found only as nearest.
 *
 * <p>It travels as the areas' bytes and indexes them anew where it arrives. Safe for many threads.
 */
public final class AreaIndex implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final ArrayList<Area> areas;
  private final transient STRtree tree;

  /**
   * An area and its outline.
   *
   * @param id the area's identifier, each once
   * @param wkb its geometry as well-known binary, degrees WGS84
   */
  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  public record Area(String id, byte[] wkb) implements Serializable {}

  private record Shape(String id, Geometry geometry, Optional<IndexedPointInAreaLocator> inside) {}

  private AreaIndex(List<Area> areas) {
    this.areas = new ArrayList<>(areas);
    this.tree = new STRtree();
    WKBReader reader = new WKBReader();
    for (Area area : areas) {
      Geometry geometry = read(reader, area);
      Optional<IndexedPointInAreaLocator> inside =
          geometry instanceof Polygonal
              ? Optional.of(new IndexedPointInAreaLocator(geometry))
              : Optional.empty();
      tree.insert(geometry.getEnvelopeInternal(), new Shape(area.id(), geometry, inside));
    }
    tree.build();
  }

  /**
   * An index of areas.
   *
   * @throws IllegalArgumentException if a geometry cannot be read
   */
  public static AreaIndex of(List<Area> areas) {
    return new AreaIndex(areas);
  }

  private static Geometry read(WKBReader reader, Area area) {
    try {
      return reader.read(area.wkb());
    } catch (ParseException e) {
      throw new IllegalArgumentException("the geometry of area " + area.id() + " is not WKB", e);
    }
  }

  @Serial
  private Object readResolve() {
    return new AreaIndex(areas);
  }

  /**
   * The area that holds a point. Of areas that overlap or share the border that the point lies on,
   * the one of the smallest id, so that each point is in one area.
   */
  public Optional<String> at(double lon, double lat) {
    Coordinate point = new Coordinate(lon, lat);
    String found = null;
    for (Shape shape : shapes(new Envelope(point))) {
      boolean first = found == null || shape.id().compareTo(found) < 0;
      if (first
          && shape.inside().isPresent()
          && shape.inside().get().locate(point) != Location.EXTERIOR) {
        found = shape.id();
      }
    }
    return Optional.ofNullable(found);
  }

  /**
   * The area that holds a point, or else the nearest one within a tolerance; of equally near ones,
   * that of the smallest id. For points that lie just outside for want of precision, as on a coast.
   *
   * @param toleranceKm 0 to about 200 km: distances are taken on a plane that touches at the point
   */
  public Optional<String> atOrNear(double lon, double lat, double toleranceKm) {
    Optional<String> inside = at(lon, lat);
    return inside.isPresent() ? inside : near(lon, lat, toleranceKm);
  }

  private Optional<String> near(double lon, double lat, double toleranceKm) {
    double cos = Math.max(1e-6, Math.cos(Math.toRadians(lat)));
    double reachLat = toleranceKm / Distances.DEGREE_KM;
    double reachLon = Math.min(180, reachLat / cos);
    String found = null;
    double least = toleranceKm;
    for (int turn = -1; turn <= 1; turn++) {
      double turned = lon + 360.0 * turn;
      Envelope around =
          new Envelope(turned - reachLon, turned + reachLon, lat - reachLat, lat + reachLat);
      for (Shape shape : shapes(around)) {
        double km = OutlineDistance.km(shape.geometry(), turned, lat, cos);
        boolean first = found == null || shape.id().compareTo(found) < 0;
        if (km < least || (km == least && first)) {
          found = shape.id();
          least = km;
        }
      }
    }
    return Optional.ofNullable(found);
  }

  @SuppressWarnings("unchecked") // only shapes were inserted
  private List<Shape> shapes(Envelope envelope) {
    return tree.query(envelope);
  }
}
