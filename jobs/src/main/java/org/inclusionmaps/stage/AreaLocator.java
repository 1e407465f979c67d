package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.grid.AreaIndex;
import org.inclusionmaps.grid.AreaLevels;
import org.inclusionmaps.grid.Land;
import scala.reflect.ClassTag$;

/** Points to the deepest area whose outline holds them. */
final class AreaLocator {
  /** The column of the area found, absent where there is none. */
  static final String FOUND = "found";

  private AreaLocator() {}

  /**
   * Rows with lon and lat to the same rows with the area that each lies in.
   *
   * @param areas the areas to look in; only those whose geometry is a polygon hold points
   */
  static Dataset<Row> locate(Dataset<Row> points, Dataset<Row> areas) {
    SortedMap<Integer, List<AreaIndex.Area>> levels = new TreeMap<>();
    Dataset<Row> outlined =
        areas
            .where(col("geometry").isNotNull())
            .where(
                udf((UDF1<byte[], Boolean>) Land::isPolygon, DataTypes.BooleanType)
                    .withName("is_polygon")
                    .apply(col("geometry")))
            .select("area", "level", "geometry");
    for (Row area : outlined.collectAsList()) {
      levels
          .computeIfAbsent(area.getInt(1), level -> new ArrayList<>())
          .add(new AreaIndex.Area(area.getString(0), area.getAs(2)));
    }
    Broadcast<byte[]> index =
        points
            .sparkSession()
            .sparkContext()
            .broadcast(AreaLevels.of(levels).toBytes(), ClassTag$.MODULE$.apply(byte[].class));
    StructType schema = points.schema().add(FOUND, DataTypes.StringType, true);
    int lon = schema.fieldIndex("lon");
    int lat = schema.fieldIndex("lat");
    return points.mapPartitions(
        (MapPartitionsFunction<Row, Row>) rows -> located(rows, index.value(), lon, lat),
        Encoders.row(schema));
  }

  private static Iterator<Row> located(Iterator<Row> points, byte[] index, int lon, int lat) {
    if (!points.hasNext()) {
      return points;
    }
    AreaLevels areas = AreaLevels.fromBytes(index);
    return new RowsIterator<>(
        points,
        point -> {
          Optional<String> area = areas.at(point.getDouble(lon), point.getDouble(lat));
          return List.of(RowsIterator.with(point, area.orElse(null)));
        });
  }
}
