package org.inclusionmaps.ingest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.LimitsSettings;
import org.inclusionmaps.config.UnpivotSettings;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;

/**
 * A feed and its rows as rows of its table, good and bad.
 *
 * @param format the format's name, for messages
 * @param rows the rows, with the columns of {@link MappedRows}
 * @param date the day that the feed stands for; null where nothing tells it
 * @param told what a reader of the report should know of the files
 */
record FeedMapping(
    FeedSettings feed,
    String format,
    Dataset<Row> rows,
    @Nullable LocalDate date,
    List<String> told) {

  FeedMapping {
    told = List.copyOf(told);
  }

  /** Maps a feed, the {@code number}th of its table. */
  static FeedMapping of(
      SparkSession spark, Table table, Delivery delivery, int number, LimitsSettings limits) {
    FeedSettings feed = delivery.feed();
    List<FileProof> files = FileScan.of(spark, table, delivery, limits);
    Map<String, String> partly = FileScan.partly(table, files);
    Source source = source(spark, table, delivery, files, limits);
    Unpivot.check(table, feed, source);
    FeedColumns columns = new FeedColumns(source);
    Lookups lookups = new Lookups(spark, table, limits);
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
    List<String> told = new ArrayList<>(delivery.told());
    told.addAll(drifted(table, columns, partly));
    FileScan.repeats(files)
        .forEach((path, first) -> told.add("%s is the same file as %s".formatted(path, first)));
    StructType schema = MappedRows.schema(table);
    int width = schema.size();
    DecodedBytes limit = DecodedBytes.of(table, columns, limits);
    MapPartitionsFunction<Row, Row> map =
        rows -> new MappedRows(rows, mappings, number, width, limit);
    return new FeedMapping(
        feed,
        source.format(),
        columns.rows().mapPartitions(map, Encoders.row(schema)),
        Freshness.date(delivery),
        told);
  }

  /**
   * Refuses files of which some lack a column that is taken; what they lack else is told. A column
   * that is not there would be silently absent in all rows of a file.
   */
  private static List<String> drifted(
      Table table, FeedColumns columns, Map<String, String> partly) {
    for (String column : new TreeSet<>(columns.asked())) {
      if (partly.containsKey(column)) {
        throw Refusals.broken(
            table,
            partly.get(column)
                + "; write the files again with the same columns, or name them as feeds of their own");
      }
    }
    return partly.values().stream().map(told -> told + "; it is not used").toList();
  }

  private static Source source(
      SparkSession spark,
      Table table,
      Delivery delivery,
      List<FileProof> files,
      LimitsSettings limits) {
    return switch (delivery.feed().format()) {
      case CSV, OPENCELLID -> DelimitedText.read(spark, table, delivery, files);
      case GEOJSON -> GeoJson.read(spark, table, delivery, files, limits);
      case GEOTIFF ->
          throw Refusals.setting(
              table,
              ": %s is a GeoTIFF, but only inputs.terrain takes those"
                  .formatted(delivery.feed().path()));
      case GEOPARQUET, PARQUET -> ParquetFeed.read(spark, table, delivery, files);
    };
  }
}
