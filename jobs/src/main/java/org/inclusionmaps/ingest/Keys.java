package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Table;

/**
 * The good rows of a table brought together by key. Rows that are the same in all columns are one
 * row, told more than once. Rows that differ are all refused: nobody can tell which is right.
 */
final class Keys {
  private static final String ROWS = "_rows";
  private static final String AT_ODDS = "_at_odds";
  private static final String KEPT = "_kept";

  /** What became of a feed's good rows; {@code first} is empty where none is at odds. */
  record Outcome(long kept, long mended, long atOdds, String first) {}

  private final Table table;
  private final Dataset<Row> resolved;

  /** Good rows, as {@link FeedMapping} gives them. */
  Keys(Table table, Dataset<Row> rows) {
    this.table = table;
    List<String> group = new ArrayList<>(table.columns());
    group.add(FeedMapping.FEED);
    Column content = struct(columns(table.columns()));
    Column feed = col(FeedMapping.FEED);
    WindowSpec key = Window.partitionBy(columns(table.key()));
    this.resolved =
        rows.groupBy(columns(group))
            .agg(
                count(lit(1)).as(ROWS),
                min(col(Source.FILE)).as(Source.FILE),
                min(col(Source.ROW)).as(Source.ROW),
                max(col(FeedMapping.MENDED)).as(FeedMapping.MENDED))
            .withColumn(AT_ODDS, not(min(content).over(key).eqNullSafe(max(content).over(key))))
            .withColumn(KEPT, not(col(AT_ODDS)).and(feed.equalTo(min(feed).over(key))));
  }

  /** Why rows at odds are refused. */
  String reason() {
    return "the same " + String.join(", ", table.key()) + " as a row that differs";
  }

  /** The key of a row as text. */
  Column shown() {
    Column[] texts =
        table.key().stream()
            .map(column -> col(column).cast(DataTypes.StringType))
            .toArray(Column[]::new);
    return concat_ws(", ", texts);
  }

  /** One row a key. */
  Dataset<Row> kept() {
    return resolved.where(col(KEPT)).select(columns(table.columns()));
  }

  /** The rows at odds, each as often as the feeds hold it. */
  Dataset<Row> atOdds() {
    return resolved
        .where(col(AT_ODDS))
        .withColumn(ROWS, explode(array_repeat(lit(1), col(ROWS).cast(DataTypes.IntegerType))));
  }

  /**
   * The query that counts the outcomes.
   *
   * @param value what a message may show of a key
   */
  Dataset<Row> counts(Column value) {
    return resolved
        .groupBy(FeedMapping.FEED)
        .agg(
            sum(when(col(KEPT), 1L).otherwise(0L)),
            sum(when(col(KEPT).and(col(FeedMapping.MENDED)), 1L).otherwise(0L)),
            sum(when(col(AT_ODDS), col(ROWS)).otherwise(0L)),
            min(when(col(AT_ODDS), concat(value, lit(" in "), col(Source.FILE)))),
            sum(col(ROWS)));
  }

  /** Number of a feed to what became of its good rows, from the rows of {@link #counts}. */
  static Map<Integer, Outcome> outcomes(List<Row> counts, List<FeedTally> tallies) {
    Map<Integer, Outcome> outcomes = new HashMap<>();
    for (Row row : counts) {
      long ok = tallies.get(row.getInt(0)).ok();
      if (row.getLong(5) != ok) {
        throw new IllegalStateException(
            "%d good rows by feed, but %d by key".formatted(ok, row.getLong(5)));
      }
      outcomes.put(
          row.getInt(0),
          new Outcome(
              row.getLong(1),
              row.getLong(2),
              row.getLong(3),
              row.isNullAt(4) ? "" : row.getString(4)));
    }
    return outcomes;
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(functions::col).toArray(Column[]::new);
  }
}
