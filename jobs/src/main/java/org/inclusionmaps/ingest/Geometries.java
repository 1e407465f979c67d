package org.inclusionmaps.ingest;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygonal;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.WKTReader;

/** Geometries from outside: read, checked, mended where their rings cross themselves. */
final class Geometries {
  /** What stands for a geometry as it was found. */
  private static final String SHOWN = "the geometry";

  /**
   * A wider polygon is one across the antimeridian that was not cut there, RFC 7946 section 3.1.9.
   */
  private static final double WIDEST_DEG = 180;

  private Geometries() {}

  /** A geometry in WKB as it may stand in a table. */
  static Told fromWkb(byte[] wkb) {
    try {
      return clean(new WKBReader().read(wkb));
    } catch (ParseException | IllegalArgumentException e) {
      return bad("is not WKB");
    }
  }

  /** A geometry in WKT or hexadecimal WKB as it may stand in a table. */
  static Told fromText(String text) {
    try {
      return text.matches("[0-9A-Fa-f]{10,}")
          ? clean(new WKBReader().read(WKBReader.hexToBytes(text)))
          : clean(new WKTReader().read(text));
    } catch (ParseException | IllegalArgumentException e) {
      return bad("is neither WKT nor hexadecimal WKB");
    }
  }

  private static Told clean(Geometry geometry) {
    if (geometry.isEmpty()) {
      return bad("is empty");
    }
    for (Coordinate c : geometry.getCoordinates()) {
      if (!(Math.abs(c.x) <= 180 && Math.abs(c.y) <= 90)) {
        return bad("has coordinates outside longitude and latitude; convert them to degrees WGS84");
      }
    }
    if (geometry instanceof Point point) {
      return point.getX() == 0 && point.getY() == 0
          ? bad("is longitude 0, latitude 0")
          : good(geometry, false);
    }
    if (!(geometry instanceof Polygonal)) {
      return bad("is a " + geometry.getGeometryType() + ", no polygon or point");
    }
    for (int i = 0; i < geometry.getNumGeometries(); i++) {
      if (geometry.getGeometryN(i).getEnvelopeInternal().getWidth() > WIDEST_DEG) {
        return bad("is wider than 180 degrees; cut it at the antimeridian");
      }
    }
    if (geometry.isValid()) {
      return good(geometry, false);
    }
    Geometry mended = GeometryFixer.fix(geometry);
    return mended.isEmpty() || !(mended instanceof Polygonal)
        ? bad("has no area")
        : good(mended, true);
  }

  private static Told good(Geometry geometry, boolean mended) {
    return new Told(SHOWN, new WKBWriter(2).write(geometry), SHOWN, null, mended);
  }

  private static Told bad(String fault) {
    return Told.wrong(SHOWN, SHOWN, fault);
  }

  /** The longitude (0) or latitude (1) of a geometry that is a point; NaN of any other. */
  static double ordinate(byte[] wkb, int ordinate) {
    Coordinate point = point(wkb);
    return point == null ? Double.NaN : point.getOrdinate(ordinate);
  }

  private static @Nullable Coordinate point(byte[] wkb) {
    try {
      return new WKBReader().read(wkb) instanceof Point point ? point.getCoordinate() : null;
    } catch (ParseException e) {
      return null;
    }
  }
}
