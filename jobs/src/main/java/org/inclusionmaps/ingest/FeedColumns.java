package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The columns of a source that its mapping asks for, each at a place that rows are read by. */
final class FeedColumns {
  static final int FILE = 0;
  static final int ROW = 1;
  static final int FAULT = 2;

  private final Source source;
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final List<Column> columns = new ArrayList<>();

  FeedColumns(Source source) {
    this.source = source;
    typed(Source.FILE);
    typed(Source.ROW);
    typed(Source.FAULT);
  }

  Source source() {
    return source;
  }

  /** The place of a column as it is. */
  int typed(String column) {
    return place(column, col(quoted(column)));
  }

  /** The place of a column as text, in the writing of Spark's cast. */
  int text(String column) {
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

  /** The rows with the columns asked for. */
  Dataset<Row> rows() {
    return source.rows().select(columns.toArray(Column[]::new));
  }

  static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }
}
