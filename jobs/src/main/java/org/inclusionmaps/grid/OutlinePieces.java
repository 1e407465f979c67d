package org.inclusionmaps.grid;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * Large polygons in small pieces, so that a country's outline of a million corners is never whole
 * in the tasks that look for points in it.
 */
public final class OutlinePieces {
  static final int MOST_CORNERS = 256;
  static final double LONGEST_DEG = 2;
  private static final double TINY_DEG = 0.01;

  /**
   * A piece and the coarse places that hold, in the hierarchy, all finer places with their centre
   * in it, and some more.
   */
  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  public record Piece(byte[] wkb, long[] places) {}

  private OutlinePieces() {}

  /** The pieces of polygons, each with the coarse places that it may touch. */
  public static List<Piece> at(byte[] wkb, Catchments catchments) {
    WKBWriter writer = new WKBWriter(2);
    return of(wkb).stream()
        .map(piece -> new Piece(writer.write(piece), touching(piece, catchments)))
        .toList();
  }

  /** The box around polygons: west, south, east, north, degrees. */
  public static double[] box(byte[] wkb) {
    Envelope box = read(wkb).getEnvelopeInternal();
    return new double[] {box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY()};
  }

  private static long[] touching(Geometry piece, Catchments catchments) {
    Envelope box = piece.getEnvelopeInternal();
    double lat = box.centre().y;
    double nearestToEquator = Math.max(0, Math.abs(lat) - box.getHeight() / 2);
    double east = box.getWidth() / 2 * Math.cos(Math.toRadians(nearestToEquator));
    double north = box.getHeight() / 2;
    return catchments.touching(box.centre().x, lat, Math.hypot(east, north) * Distances.DEGREE_KM);
  }

  /**
   * Polygons that together hold what a polygon or several hold: halved along the longer side until
   * they are at most two degrees long and have few corners or are tiny.
   *
   * @param wkb polygons as well-known binary, degrees WGS84, cut at the antimeridian
   */
  static List<Geometry> of(byte[] wkb) {
    Deque<Geometry> whole = new ArrayDeque<>(polygons(read(wkb)));
    List<Geometry> pieces = new ArrayList<>();
    while (!whole.isEmpty()) {
      Geometry polygon = whole.pop();
      Envelope box = polygon.getEnvelopeInternal();
      double side = Math.max(box.getWidth(), box.getHeight());
      boolean small =
          side <= LONGEST_DEG && (polygon.getNumPoints() <= MOST_CORNERS || side <= TINY_DEG);
      if (small) {
        pieces.add(polygon);
      } else {
        for (Envelope half : halves(box)) {
          Geometry part =
              OverlayNGRobust.overlay(
                  polygon, polygon.getFactory().toGeometry(half), OverlayNG.INTERSECTION);
          whole.addAll(polygons(part));
        }
      }
    }
    return pieces;
  }

  private static List<Envelope> halves(Envelope box) {
    double x = box.centre().x;
    double y = box.centre().y;
    return box.getWidth() >= box.getHeight()
        ? List.of(
            new Envelope(box.getMinX(), x, box.getMinY(), box.getMaxY()),
            new Envelope(x, box.getMaxX(), box.getMinY(), box.getMaxY()))
        : List.of(
            new Envelope(box.getMinX(), box.getMaxX(), box.getMinY(), y),
            new Envelope(box.getMinX(), box.getMaxX(), y, box.getMaxY()));
  }

  /** The polygons of a geometry; what is left of a cut may hold lines and points too. */
  private static List<Geometry> polygons(Geometry geometry) {
    List<Geometry> polygons = new ArrayList<>();
    for (int i = 0; i < geometry.getNumGeometries(); i++) {
      Geometry part = geometry.getGeometryN(i);
      if (part instanceof Polygon && !part.isEmpty()) {
        polygons.add(part);
      }
    }
    return polygons;
  }

  private static Geometry read(byte[] wkb) {
    try {
      Geometry geometry = new WKBReader().read(wkb);
      if (!(geometry instanceof Polygonal)) {
        throw new IllegalArgumentException("a " + geometry.getGeometryType() + " has no inside");
      }
      return geometry;
    } catch (ParseException e) {
      throw new IllegalArgumentException("a geometry is not WKB", e);
    }
  }
}
