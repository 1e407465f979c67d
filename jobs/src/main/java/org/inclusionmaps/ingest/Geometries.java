package org.inclusionmaps.ingest;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
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
  private Geometries() {}

  /** What is left of a geometry: WKB or null, what is wrong or null, whether it was mended. */
  private static final StructType CLEANED =
      new StructType()
          .add("wkb", DataTypes.BinaryType)
          .add("problem", DataTypes.StringType)
          .add("mended", DataTypes.BooleanType);

  static final UserDefinedFunction CLEAN_WKB =
      functions.udf((UDF1<byte[], Row>) Geometries::cleanWkb, CLEANED).withName("clean_wkb");
  static final UserDefinedFunction CLEAN_TEXT =
      functions.udf((UDF1<String, Row>) Geometries::cleanText, CLEANED).withName("clean_wkt");
  static final UserDefinedFunction POINT_LON =
      functions
          .udf((UDF1<byte[], Double>) Geometries::longitude, DataTypes.DoubleType)
          .withName("lon");
  static final UserDefinedFunction POINT_LAT =
      functions
          .udf((UDF1<byte[], Double>) Geometries::latitude, DataTypes.DoubleType)
          .withName("lat");

  private static Row cleanWkb(byte[] wkb) {
    try {
      return clean(new WKBReader().read(wkb));
    } catch (ParseException | IllegalArgumentException e) {
      return bad("geometry is not WKB");
    }
  }

  private static Row cleanText(String text) {
    try {
      return text.matches("[0-9A-Fa-f]{10,}")
          ? clean(new WKBReader().read(WKBReader.hexToBytes(text)))
          : clean(new WKTReader().read(text));
    } catch (ParseException | IllegalArgumentException e) {
      return bad("geometry is neither WKT nor hexadecimal WKB");
    }
  }

  private static Row clean(Geometry geometry) {
    if (geometry.isEmpty()) {
      return bad("geometry is empty");
    }
    for (Coordinate c : geometry.getCoordinates()) {
      if (!(Math.abs(c.x) <= 180 && Math.abs(c.y) <= 90)) {
        return bad("geometry has coordinates outside longitude and latitude");
      }
    }
    if (geometry instanceof Point point) {
      return point.getX() == 0 && point.getY() == 0
          ? bad("geometry is longitude 0, latitude 0")
          : RowFactory.create(wkb(geometry), null, false);
    }
    if (!(geometry instanceof Polygonal)) {
      return bad("geometry is a " + geometry.getGeometryType() + ", no polygon or point");
    }
    if (geometry.isValid()) {
      return RowFactory.create(wkb(geometry), null, false);
    }
    Geometry mended = GeometryFixer.fix(geometry);
    return mended.isEmpty() || !(mended instanceof Polygonal)
        ? bad("geometry has no area")
        : RowFactory.create(wkb(mended), null, true);
  }

  private static byte[] wkb(Geometry geometry) {
    return new WKBWriter(2).write(geometry);
  }

  private static Row bad(String problem) {
    return RowFactory.create(null, problem, false);
  }

  /** Longitude of a geometry that is a point; NaN of any other. */
  private static double longitude(byte[] wkb) {
    Coordinate point = point(wkb);
    return point == null ? Double.NaN : point.x;
  }

  private static double latitude(byte[] wkb) {
    Coordinate point = point(wkb);
    return point == null ? Double.NaN : point.y;
  }

  private static @Nullable Coordinate point(byte[] wkb) {
    try {
      return new WKBReader().read(wkb) instanceof Point point ? point.getCoordinate() : null;
    } catch (ParseException e) {
      return null;
    }
  }
}
