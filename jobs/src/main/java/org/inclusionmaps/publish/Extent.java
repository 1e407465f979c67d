package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.grid.Places;
import org.locationtech.jts.geom.Envelope;

/** What a release covers, degrees. */
final class Extent {
  private Extent() {}

  /** The box of all hexagons and areas. */
  static Bounds of(Dataset<Row> totals, Dataset<Row> areas) {
    Envelope box = new Envelope();
    widen(box, totals, udf((UDF1<Long, double[]>) Extent::ofPlace, boxType()), Tables.PLACE);
    widen(
        box,
        areas.where(col("geometry").isNotNull()),
        udf((UDF1<byte[], double[]>) Extent::ofArea, boxType()),
        "geometry");
    return new Bounds(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY());
  }

  private static org.apache.spark.sql.types.DataType boxType() {
    return DataTypes.createArrayType(DataTypes.DoubleType, false);
  }

  private static void widen(
      Envelope box,
      Dataset<Row> rows,
      org.apache.spark.sql.expressions.UserDefinedFunction boxOf,
      String column) {
    Column sides = col("sides");
    Row row =
        rows.select(boxOf.apply(col(column)).as("sides"))
            .agg(
                min(sides.getItem(0)),
                min(sides.getItem(1)),
                max(sides.getItem(2)),
                max(sides.getItem(3)))
            .first();
    if (!row.isNullAt(0)) {
      box.expandToInclude(row.getDouble(0), row.getDouble(1));
      box.expandToInclude(row.getDouble(2), row.getDouble(3));
    }
  }

  private static double[] ofPlace(long place) {
    Envelope box = new Envelope();
    for (double[] ring : Places.rings(place)) {
      for (int i = 0; i < ring.length; i += 2) {
        box.expandToInclude(ring[i], ring[i + 1]);
      }
    }
    return sides(box);
  }

  private static double[] ofArea(byte[] wkb) {
    return sides(AreaTiles.read(wkb).getEnvelopeInternal());
  }

  private static double[] sides(Envelope box) {
    return new double[] {box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY()};
  }
}
