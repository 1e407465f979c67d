package org.inclusionmaps.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.WKTReader;

/** Rows of a table written as a text block: a line of column names, then a line a row. */
public final class Rows {
  private Rows() {}

  /**
   * Rows under a contract. An empty cell is absent. Columns left out are absent. Geometry is WKT
   * with {@code ;} in place of commas, and so are arrays of numbers.
   */
  public static Dataset<Row> rows(SparkSession spark, Table table, String block) {
    List<String[]> lines = new ArrayList<>();
    block.strip().lines().filter(line -> !line.isBlank()).forEach(line -> lines.add(cells(line)));
    String[] header = lines.get(0);
    Set<String> known = new HashSet<>(table.columns());
    for (String column : header) {
      if (!known.contains(column)) {
        throw new IllegalArgumentException(table.name() + " has no column " + column);
      }
    }
    List<Row> rows = new ArrayList<>();
    for (String[] line : lines.subList(1, lines.size())) {
      Object[] values = new Object[table.fields().size()];
      for (int i = 0; i < values.length; i++) {
        Field field = table.fields().get(i);
        int at = List.of(header).indexOf(field.name());
        values[i] = at < 0 || at >= line.length ? null : value(field.type(), line[at]);
      }
      rows.add(RowFactory.create(values));
    }
    // As read from Parquet, every column may be absent: the check, not the schema, must find it.
    var schema = new StructType();
    for (Field field : table.fields()) {
      schema = schema.add(field.name(), field.type(), true);
    }
    return spark.createDataFrame(rows, schema);
  }

  private static String[] cells(String line) {
    String[] cells = line.split(",", -1);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i].strip();
    }
    return cells;
  }

  private static Object value(DataType type, String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (type.equals(DataTypes.DoubleType)) {
      return Double.valueOf(text);
    }
    if (type.equals(DataTypes.LongType)) {
      return Long.valueOf(text);
    }
    if (type.equals(DataTypes.IntegerType)) {
      return Integer.valueOf(text);
    }
    if (type.equals(DataTypes.BooleanType)) {
      return Boolean.valueOf(text);
    }
    if (type.equals(DataTypes.createArrayType(DataTypes.DoubleType))) {
      return Arrays.stream(text.split(";")).mapToDouble(Double::parseDouble).toArray();
    }
    if (type.equals(DataTypes.BinaryType)) {
      try {
        return new WKBWriter().write(new WKTReader().read(text.replace(';', ',')));
      } catch (ParseException e) {
        throw new IllegalArgumentException(text, e);
      }
    }
    return text;
  }
}
