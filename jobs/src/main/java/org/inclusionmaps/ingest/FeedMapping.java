package org.inclusionmaps.ingest;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.UnpivotSettings;
import org.inclusionmaps.contract.Table;

/**
 * A feed and its rows as rows of its table, good and bad.
 *
 * @param format the format's name, for messages
 * @param rows the rows, with the columns of {@link MappedRows}
 */
record FeedMapping(FeedSettings feed, String format, Dataset<Row> rows) {

  /** Maps a feed, the {@code number}th of its table. */
  static FeedMapping of(SparkSession spark, Table table, FeedSettings feed, int number) {
    Source source = source(spark, table, feed);
    Unpivot.check(table, feed, source);
    FeedColumns columns = new FeedColumns(source);
    Lookups lookups = new Lookups(spark, table);
    List<RowMapping> mappings = new ArrayList<>();
    for (UnpivotSettings count : feed.unpivot()) {
      FieldMapping fields = new FieldMapping(table, feed, columns, lookups, count);
      int blank = columns.text(Unpivot.column(table, source, count));
      mappings.add(new RowMapping(table, feed, columns, fields, number, blank));
    }
    if (feed.unpivot().isEmpty()) {
      FieldMapping fields = new FieldMapping(table, feed, columns, lookups, null);
      mappings.add(new RowMapping(table, feed, columns, fields, number, -1));
    }
    StructType schema = MappedRows.schema(table);
    int width = schema.size();
    MapPartitionsFunction<Row, Row> map = rows -> new MappedRows(rows, mappings, number, width);
    return new FeedMapping(
        feed, source.format(), columns.rows().mapPartitions(map, Encoders.row(schema)));
  }

  private static Source source(SparkSession spark, Table table, FeedSettings feed) {
    return switch (feed.format()) {
      case CSV, OPENCELLID -> DelimitedText.read(spark, table, feed);
      case GEOJSON -> GeoJson.read(spark, table, feed.path());
      case GEOTIFF ->
          throw Refusals.setting(
              table,
              ": %s is a GeoTIFF, but only inputs.terrain takes those".formatted(feed.path()));
      case GEOPARQUET, PARQUET -> ParquetFeed.read(spark, table, feed.path());
    };
  }
}
