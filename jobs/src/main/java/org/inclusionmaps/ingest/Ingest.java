package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds from outside to the rows of a contract table. */
public final class Ingest {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  private Ingest() {}

  /**
   * Reads all feeds of a table, once: the rows are held on memory and disk until the result is
   * closed, since texts cost more to parse than to keep.
   *
   * @param feeds one or more; the rows of all of them are the table
   * @param context limits, the reference date, and what the last run had
   * @return the rows that meet the contract, and the account of the others
   * @throws InclusionException {@link ErrorCode#INPUT_MISSING} without a file, {@link
   *     ErrorCode#CONTRACT_BROKEN} if a feed cannot be read or more of its rows are bad than its
   *     settings allow, {@link ErrorCode#SETTINGS_WRONG} if the settings do not fit the table
   */
  public static Ingested read(
      SparkSession spark, Table table, List<FeedSettings> feeds, IngestContext context) {
    List<Delivery> deliveries = new ArrayList<>();
    for (FeedSettings feed : feeds) {
      Delivery delivery = FeedVersions.chosen(spark, table, feed, context);
      Freshness.check(table, delivery, context);
      deliveries.add(delivery);
    }
    return read(spark, table, deliveries, context, Check.ALL);
  }

  /** Reads feeds under the default limits, for any date, after no other run. */
  public static Ingested read(SparkSession spark, Table table, List<FeedSettings> feeds) {
    return read(spark, table, feeds, IngestContext.plain());
  }

  /** How far a feed is judged. */
  enum Check {
    /** By its rows alone. */
    ROWS,
    /** And by what is expected of it. */
    ALL
  }

  /** Reads the files that were chosen. */
  static Ingested read(
      SparkSession spark,
      Table table,
      List<Delivery> deliveries,
      IngestContext context,
      Check check) {
    List<FeedMapping> mappings = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      mappings.add(FeedMapping.of(spark, table, delivery, mappings.size(), context.limits()));
    }
    Dataset<Row> all =
        mappings.stream()
            .map(FeedMapping::rows)
            .reduce(Dataset::union)
            .orElseThrow(() -> Refusals.setting(table, " names no feed; add one with its path"));
    Dataset<Row> held =
        (table.key().isEmpty() ? all : Keys.judged(table, all))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<FeedCount> counts = counts(table, mappings, held, context, check);
      return new Ingested(kept(table, held), refused(table, held), counts, held::unpersist);
    } catch (Throwable e) { // Spark throws exceptions that Java would have declared
      held.unpersist();
      throw e;
    }
  }

  private static List<FeedCount> counts(
      Table table, List<FeedMapping> feeds, Dataset<Row> held, IngestContext context, Check check) {
    Map<Counts.Group, Counts.Count> counts = Counts.collect(table, feeds, held);
    List<FeedTally> tallies = new ArrayList<>();
    for (FeedMapping feed : feeds) {
      tallies.add(FeedTally.of(table, feed.feed(), tallies.size(), counts));
    }
    tallies.forEach(tally -> tally.check(table));
    tallies.forEach(tally -> tally.checkKeys(table));
    List<Expectations.Judged> judged =
        check == Check.ALL
            ? Expectations.judged(table, tallies, held, context)
            : tallies.stream().map(tally -> Expectations.Judged.NOTHING).toList();
    List<FeedCount> accounts = new ArrayList<>();
    for (int i = 0; i < feeds.size(); i++) {
      FeedMapping feed = feeds.get(i);
      accounts.add(tallies.get(i).account(feed.date(), judged.get(i), feed.told()));
    }
    for (FeedCount account : accounts) {
      account.told().forEach(told -> LOG.warn("{}: {}", table.name(), told));
    }
    return accounts;
  }

  private static Dataset<Row> kept(Table table, Dataset<Row> held) {
    return held.where(col("_kind").equalTo(MappedRows.OK))
        .select(table.columns().stream().map(functions::col).toArray(Column[]::new));
  }

  /** The rows refused, each as often as the feeds hold it. */
  private static Dataset<Row> refused(Table table, Dataset<Row> held) {
    return held.where(col("_kind").isin(MappedRows.REJECTED, MappedRows.AT_ODDS))
        .withColumn(
            "_rows", explode(array_repeat(lit(1), col("_rows").cast(DataTypes.IntegerType))))
        .select(
            lit(table.name()).as("table"),
            col(Source.FILE).as("file"),
            col(Source.ROW).as("row"),
            col("_reason").as("reason"),
            col("_column").as("column"),
            col("_value").as("value"));
  }
}
