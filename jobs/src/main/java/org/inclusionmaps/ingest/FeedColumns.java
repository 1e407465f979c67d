package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of a source that its mapping asks for, each at a place that rows are read by. */
final class FeedColumns {
  static final int FILE = 0;
  static final int ROW = 1;
  static final int FAULT = 2;
  static final int STORED = 3;
  static final int REPEAT = 4;

  private final Source source;
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final List<Column> columns = new ArrayList<>();

  FeedColumns(Source source) {
    this.source = source;
    typed(Source.FILE);
    typed(Source.ROW);
    typed(Source.FAULT);
    typed(Source.STORED);
    typed(Source.REPEAT);
  }

  Source source() {
    return source;
  }

  /** The place of a column as it is. */
  int typed(String column) {
    asked.add(column.toLowerCase(Locale.ROOT));
    return place(column, col(quoted(column)));
  }

  /** The place of a column as text, in the writing of Spark's cast. */
  int text(String column) {
    asked.add(column.toLowerCase(Locale.ROOT));
    return place("text " + column, col(quoted(column)).cast(DataTypes.StringType));
  }

  private int place(String name, Column column) {
    return places.computeIfAbsent(
        name,
        added -> {
          columns.add(column.as(added));
          return columns.size() - 1;
        });
  }

  /** The names of the file's columns that were asked for, in lower case. */
  Set<String> asked() {
    return Set.copyOf(asked);
  }

  /** The places of texts and bytes. */
  List<Integer> wide() {
    StructType schema = rows().schema();
    return IntStream.range(0, schema.size())
        .filter(
            place -> {
              DataType type = schema.apply(place).dataType();
              return type.equals(DataTypes.StringType) || type.equals(DataTypes.BinaryType);
            })
        .boxed()
        .toList();
  }

  /** The rows with the columns asked for. */
  Dataset<Row> rows() {
    return source.rows().select(columns.toArray(Column[]::new));
  }

  static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }
}
