package org.inclusionmaps.publish;

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
 *
 * @param box degrees
 * @param bytes all of them, in an array of their own
 */
record GeoPackageOutline(Envelope box, ByteBuffer bytes) {
  private static final int HEADER_BYTES = 40;

  /** Least byte first, and a box of x and y. */
  private static final byte FLAGS = 0b0000_0011;

  byte[] blob() {
    return bytes.array();
  }

  /** A polygon is written as a multipolygon, since a layer has one type. */
  static GeoPackageOutline of(Geometry geometry) {
    Geometry shape =
        geometry instanceof Polygon polygon
            ? geometry.getFactory().createMultiPolygon(new Polygon[] {polygon})
            : geometry;
    byte[] wkb = new WKBWriter(2, ByteOrderValues.LITTLE_ENDIAN).write(shape);
    Envelope box = shape.getEnvelopeInternal();
    ByteBuffer out =
        ByteBuffer.allocate(HEADER_BYTES + wkb.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'G').put((byte) 'P').put((byte) 0).put(FLAGS).putInt(GeoPackage.WGS84);
    out.putDouble(box.getMinX()).putDouble(box.getMaxX());
    out.putDouble(box.getMinY()).putDouble(box.getMaxY());
    return new GeoPackageOutline(box, out.put(wkb));
  }
}
