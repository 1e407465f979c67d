package org.inclusionmaps.grid;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

/**
 * Which of some polygons hold a point. They may overlap. For one thread.
 *
 * @param <T> what a polygon stands for
 */
public final class PolygonIndex<T> {
  private final STRtree tree = new STRtree();
  private final WKBReader reader = new WKBReader();

  private record Shape<T>(T value, IndexedPointInAreaLocator inside) {}

  /**
   * Adds polygons, before the first point is looked for.
   *
   * @param wkb polygons as well-known binary, degrees WGS84, cut at the antimeridian
   */
  public void add(byte[] wkb, T value) {
    try {
      Geometry polygons = reader.read(wkb);
      tree.insert(
          polygons.getEnvelopeInternal(),
          new Shape<>(value, new IndexedPointInAreaLocator(polygons)));
    } catch (ParseException e) {
      throw new IllegalArgumentException("a geometry is not WKB", e);
    }
  }

  /** What the polygons stand for that hold a point, or on whose border it lies; in no order. */
  @SuppressWarnings("unchecked") // only shapes were inserted
  public List<T> at(double lon, double lat) {
    Coordinate point = new Coordinate(lon, lat);
    List<T> found = new ArrayList<>();
    for (Shape<T> shape : (List<Shape<T>>) tree.query(new Envelope(point))) {
      if (shape.inside().locate(point) != Location.EXTERIOR) {
        found.add(shape.value());
      }
    }
    return found;
  }
}
