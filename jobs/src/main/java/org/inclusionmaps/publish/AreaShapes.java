package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/**
 * The areas that the map draws, those with polygons, with their figures in tenths.
 *
 * @param rows area, level, name, geometry, values, number
 * @param counts level to how many areas are drawn
 */
record AreaShapes(Dataset<Row> rows, Map<Integer, Long> counts) {
  private static final StructType SCHEMA =
      new StructType()
          .add("area", DataTypes.StringType, false)
          .add("level", DataTypes.IntegerType, false)
          .add("name", DataTypes.StringType, false)
          .add("geometry", DataTypes.BinaryType, false)
          .add("values", DataTypes.createArrayType(DataTypes.LongType, true), false)
          .add("number", DataTypes.LongType, false);

  /** Areas with polygons from the totals of areas. */
  static AreaShapes of(Dataset<Row> totals, List<Group> groups) {
    List<Column> columns =
        new ArrayList<>(List.of(col(Tables.AREA), col("level"), col("name"), col("geometry")));
    Totals.measures(groups).forEach(name -> columns.add(col("`" + name + "`")));
    HashMap<String, Long> numbers = new HashMap<>();
    totals
        .select(Tables.AREA)
        .orderBy(Tables.AREA)
        .collectAsList()
        .forEach(row -> numbers.put(row.getString(0), (long) numbers.size()));
    Dataset<Row> rows =
        totals
            .where(col("geometry").isNotNull())
            .select(columns.toArray(new Column[0]))
            .flatMap((FlatMapFunction<Row, Row>) row -> shape(row, numbers), Encoders.row(SCHEMA));
    Map<Integer, Long> counts = new TreeMap<>();
    rows.groupBy("level")
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getInt(0), row.getLong(1)));
    return new AreaShapes(rows, counts);
  }

  /** Level to the first zoom that draws it. */
  Map<Integer, Integer> firstZooms() {
    Map<Integer, Integer> zooms = new HashMap<>();
    counts.forEach((level, count) -> zooms.put(level, ZoomPlan.firstZoom(count)));
    return zooms;
  }

  private static Iterator<Row> shape(Row row, Map<String, Long> numbers) {
    byte[] wkb = row.getAs(3);
    if (AreaTiles.read(wkb).getDimension() < 2) {
      return List.<Row>of().iterator();
    }
    @Nullable Long[] values = tenths(row, 4);
    String area = row.getString(0);
    return List.of(
            RowFactory.create(
                area, row.getInt(1), row.getString(2), wkb, values, numbers.get(area)))
        .iterator();
  }

  /** The measures of a row in tenths, each group's parts by largest remainders. */
  static @Nullable Long[] tenths(Row row, int first) {
    int parts = Part.values().length;
    @Nullable Long[] values = new Long[row.length() - first];
    for (int at = 0; at < values.length; at += parts + 1) {
      if (row.isNullAt(first + at)) {
        continue;
      }
      long[] micro = Shown.read(row, first + at);
      boolean[] shown = Shown.parts(micro);
      long[] tenths = Tenths.rounded(micro);
      values[at] = Arrays.stream(tenths).sum();
      for (int i = 0; i < parts; i++) {
        values[at + 1 + i] = shown[i] ? (Long) tenths[i] : null;
      }
    }
    return values;
  }
}
