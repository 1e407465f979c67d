package org.inclusionmaps.publish.desktop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.WKBWriter;

/**
 * An outline as a GeoPackage holds it: a header with its box, then WKB. Source: OGC GeoPackage 1.3,
 * 2.1.3.
 */
final class GeoPackageOutline {
  private static final int HEADER_BYTES = 40;

  /** Least byte first, and a box of x and y. */
  private static final byte FLAGS = 0b0000_0011;

  private final Envelope box;
  private final byte[] blob;

  private GeoPackageOutline(Envelope box, byte[] blob) {
    this.box = box;
    this.blob = blob;
  }

  /** Degrees. */
  Envelope box() {
    return box;
  }

  byte[] blob() {
    return blob;
  }

  /** A polygon is written as a multipolygon, since a layer has one type. */
  static GeoPackageOutline of(Geometry geometry) {
    Geometry shape =
        geometry instanceof Polygon polygon
            ? geometry.getFactory().createMultiPolygon(new Polygon[] {polygon})
            : geometry;
    byte[] wkb = new WKBWriter(2, ByteOrderValues.LITTLE_ENDIAN).write(shape);
    Envelope box = shape.getEnvelopeInternal();
    byte[] blob = new byte[HEADER_BYTES + wkb.length];
    ByteBuffer out = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'G').put((byte) 'P').put((byte) 0).put(FLAGS).putInt(GeoPackage.WGS84);
    out.putDouble(box.getMinX()).putDouble(box.getMaxX());
    out.putDouble(box.getMinY()).putDouble(box.getMaxY());
    out.put(wkb);
    return new GeoPackageOutline(box, blob);
  }
}
