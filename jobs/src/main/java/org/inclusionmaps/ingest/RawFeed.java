package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.inclusionmaps.config.FeedFormat;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.LimitsSettings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;

/** Feeds of subscriptions as their files hold them, under no contract yet. */
public final class RawFeed {
  private RawFeed() {}

  /**
   * The rows of a feed of delimited text or Parquet, with the file's own columns.
   *
   * @throws org.inclusionmaps.error.InclusionException if there is no file, it cannot be read, or a
   *     line does not have the columns of the header: how many, and never what they hold
   */
  public static Dataset<Row> read(SparkSession spark, FeedSettings feed) {
    Table table = Tables.SUBSCRIPTIONS;
    if (feed.format() != FeedFormat.CSV && feed.format() != FeedFormat.PARQUET) {
      throw Refusals.setting(table, ": rows of persons are read from Parquet or delimited text");
    }
    LimitsSettings limits = SettingsLoader.defaultLimits();
    Delivery delivery = FeedFiles.delivery(FeedFiles.configuration(spark), table, feed, limits);
    List<FileProof> files = FileScan.of(spark, table, delivery, limits);
    Map<String, String> partly = FileScan.partly(table, files);
    if (!partly.isEmpty()) {
      throw Refusals.broken(
          table,
          String.join("; ", partly.values()) + "; write the files again with the same columns");
    }
    Source source =
        feed.format() == FeedFormat.CSV
            ? DelimitedText.read(spark, table, delivery, files)
            : ParquetFeed.read(spark, table, delivery, files);
    // With a column of the file: Spark refuses to ask for broken lines alone.
    Dataset<Row> bad =
        source
            .rows()
            .agg(
                functions.count(functions.when(col(Source.FAULT).isNotNull(), 1)),
                functions.count(col(source.columns().get(0))));
    long lines = Passes.collect(table, feed.path(), source.format(), bad).get(0).getLong(0);
    if (lines > 0) {
      throw Refusals.broken(
          table,
          "%s lines of %s do not have the columns of its header; deliver the feed again"
              .formatted(Refusals.thousands(lines), feed.path()));
    }
    return source
        .rows()
        .select(source.columns().stream().map(functions::col).toArray(Column[]::new));
  }
}
