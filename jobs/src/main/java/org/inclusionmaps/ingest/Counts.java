package org.inclusionmaps.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.InclusionException;
import org.jspecify.annotations.Nullable;

/** One pass that counts what became of the rows of a table's feeds. */
final class Counts {
  private static final StructType SCHEMA =
      new StructType()
          .add("feed", DataTypes.IntegerType)
          .add("kind", DataTypes.StringType)
          .add("reason", DataTypes.StringType)
          .add("field", DataTypes.StringType)
          .add("rows", DataTypes.LongType)
          .add("mended", DataTypes.LongType)
          .add("first", DataTypes.StringType);

  private Counts() {}

  /**
   * Rows that had the same fate: {@code reason} and {@code field} are null where it is no fault.
   */
  record Group(int feed, String kind, @Nullable String reason, @Nullable String field) {}

  /** How many rows there are of a group, and the least of their faults as messages show it. */
  record Count(long rows, long mended, @Nullable String first) {
    Count plus(Count other) {
      return new Count(rows + other.rows, mended + other.mended, least(first, other.first));
    }
  }

  /**
   * Counts rows with the columns of {@link MappedRows}.
   *
   * @param feeds where the rows come from, to tell which one cannot be read
   */
  static Map<Group, Count> collect(Table table, List<FeedMapping> feeds, Dataset<Row> rows) {
    if (feeds.size() == 1) {
      return collect(table, feeds.get(0).feed().path(), feeds.get(0).format(), rows);
    }
    try {
      String paths =
          feeds.stream().map(feed -> feed.feed().path()).collect(Collectors.joining(", "));
      return collect(table, paths, "a feed", rows);
    } catch (InclusionException e) {
      for (FeedMapping feed : feeds) {
        collect(table, feed.feed().path(), feed.format(), feed.rows());
      }
      throw e;
    }
  }

  private static Map<Group, Count> collect(
      Table table, String path, String format, Dataset<Row> rows) {
    MapPartitionsFunction<Row, Row> count = Counts::ofPart;
    Column[] account =
        Arrays.stream(rows.columns())
            .limit(MappedRows.COLUMNS)
            .map(functions::col)
            .toArray(Column[]::new);
    Dataset<Row> parts = rows.select(account).mapPartitions(count, Encoders.row(SCHEMA));
    Map<Group, Count> counts = new HashMap<>();
    for (Row row : Passes.collect(table, path, format, parts)) {
      counts.merge(
          new Group(row.getInt(0), row.getString(1), row.getString(2), row.getString(3)),
          new Count(row.getLong(4), row.getLong(5), row.getString(6)),
          Count::plus);
    }
    return counts;
  }

  private static Iterator<Row> ofPart(Iterator<Row> rows) {
    Map<Group, Count> counts = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      String reason = row.getString(MappedRows.REASON);
      counts.merge(
          new Group(
              row.getInt(MappedRows.FEED),
              row.getString(MappedRows.KIND),
              reason,
              row.getString(MappedRows.FIELD)),
          new Count(
              row.getLong(MappedRows.ROWS),
              row.getBoolean(MappedRows.MENDED) ? row.getLong(MappedRows.ROWS) : 0,
              reason == null
                  ? null
                  : row.getString(MappedRows.VALUE) + " in " + row.getString(MappedRows.FILE)),
          Count::plus);
    }
    return counts.entrySet().stream()
        .map(
            entry -> {
              Group group = entry.getKey();
              Count count = entry.getValue();
              return RowFactory.create(
                  group.feed(),
                  group.kind(),
                  group.reason(),
                  group.field(),
                  count.rows(),
                  count.mended(),
                  count.first());
            })
        .iterator();
  }

  /** The lesser of two texts in the order of their bytes in UTF-8; the other one if one is null. */
  static @Nullable String least(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Arrays.compareUnsigned(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8))
            <= 0
        ? one
        : other;
  }
}
