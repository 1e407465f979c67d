package org.inclusionmaps.job;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Links;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.ingest.Ingest;
import org.inclusionmaps.ingest.IngestContext;
import org.inclusionmaps.ingest.Ingested;
import org.inclusionmaps.ingest.IngestedTerrain;
import org.inclusionmaps.ingest.TerrainFeed;
import org.inclusionmaps.job.FinishedTables.Finished;
import org.inclusionmaps.operations.StageAccount.Written;
import org.inclusionmaps.operations.StageWatch;
import org.inclusionmaps.stage.InputChecks;

/**
 * Brings the feeds of a run under their contracts: the next is planned while Spark reads one. Rows
 * that are refused are set aside, and what an earlier try of the same run finished is not read.
 */
final class Intake {
  /** The only stage that may read subscriptions is the measurement. */
  private static final List<Table> NEVER_READ = List.of(Tables.SUBSCRIPTIONS);

  private static final int FEEDS_AT_A_TIME = 2;

  private final SparkSession spark;
  private final Settings settings;
  private final RunFolder folder;
  private final FinishedTables finished;
  private final Run.Again again;
  private final RunReport report;
  private final Progress progress;
  private final StageWatch watch;
  private final Map<Table, Dataset<Row>> tables = new LinkedHashMap<>();

  Intake(
      SparkSession spark,
      Settings settings,
      RunFolder folder,
      FinishedTables finished,
      Run.Again again,
      RunReport report,
      Progress progress,
      StageWatch watch) {
    this.spark = spark;
    this.settings = settings;
    this.folder = folder;
    this.finished = finished;
    this.again = again;
    this.report = report;
    this.progress = progress;
    this.watch = watch;
  }

  /** Reads all feeds and checks them against each other. A table without a feed is empty. */
  Map<Table, Dataset<Row>> bring() {
    IngestContext context =
        LastAccounts.context(settings, spark.sparkContext().hadoopConfiguration());
    ExecutorService readers = Executors.newFixedThreadPool(FEEDS_AT_A_TIME, Intake::daemon);
    Map<Table, Future<Kept>> reading = new LinkedHashMap<>();
    for (Table table : Tables.INPUTS) {
      List<FeedSettings> feeds = Feeds.of(settings, table);
      if (feeds.isEmpty()) {
        missing(table);
      } else if (!NEVER_READ.contains(table)) {
        reading.put(table, readers.submit(() -> brought(table, feeds, context)));
      }
    }
    try {
      reading.forEach(
          (table, future) ->
              StageWatch.about("ingest " + table.name(), () -> ingested(table, future)));
    } finally {
      finish(readers, reading.values());
    }
    Links.check(
        tables,
        settings.country().id(),
        settings.affordability().currency(),
        settings.affordability().exchangeRates().keySet());
    InputChecks.check(tables, settings);
    return tables;
  }

  private void ingested(Table table, Future<Kept> reading) {
    progress.begin("ingest " + table.name());
    Kept kept = result(reading);
    tables.put(table, finished.read(table));
    report.ingested(table, kept.account());
    progress.end(kept.words());
  }

  /** After a refusal no feed is begun, and one that is being read is waited for. */
  private static void finish(ExecutorService readers, Collection<Future<Kept>> reading) {
    reading.forEach(future -> future.cancel(/* mayInterruptIfRunning= */ false));
    readers.shutdown();
    try {
      readers.awaitTermination(1, TimeUnit.HOURS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "ingest");
    thread.setDaemon(true);
    return thread;
  }

  private static Kept result(Future<Kept> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading the feeds", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** A table that was read and written, what became of its feeds' rows, and that in words. */
  private record Kept(Written written, Object account, String words) {}

  /** Sensitive places are always read: they are no part of the run's name. */
  private Kept brought(Table table, List<FeedSettings> feeds, IngestContext context) {
    Optional<Finished> earlier =
        again == Run.Again.ALL || table.equals(Tables.SENSITIVE_PLACES)
            ? Optional.empty()
            : finished.find(table);
    if (earlier.isPresent() && earlier.get().account() != null) {
      Written written = earlier.get().written();
      watch.reused("ingest " + table.name(), written);
      return new Kept(written, earlier.get().account(), earlier.get().words());
    }
    try (StageWatch.Step step = watch.begin("ingest " + table.name())) {
      Kept kept = keep(table, feeds, context);
      step.done(kept.written());
      return kept;
    }
  }

  private Kept keep(Table table, List<FeedSettings> feeds, IngestContext context) {
    if (table.equals(Tables.TERRAIN)) {
      try (IngestedTerrain terrain = TerrainFeed.read(spark, feeds, settings.terrain())) {
        long rows = finished.write(table, terrain.rows());
        Finished made = finished.record(table, rows, terrain.count());
        return new Kept(made.written(), terrain.count(), TerrainFeed.words(terrain.count()));
      }
    }
    try (Ingested ingested = Ingest.read(spark, table, feeds, context)) {
      long rows = finished.write(table, ingested.rows());
      if (ingested.quarantineCount() > 0) {
        ingested
            .quarantined()
            .write()
            .mode(SaveMode.Overwrite)
            .parquet(folder.quarantine(table).toString());
      }
      Finished made = finished.record(table, rows, ingested.feeds());
      return new Kept(made.written(), ingested.feeds(), words(ingested));
    }
  }

  private static String words(Ingested ingested) {
    return String.format(
        Locale.ROOT,
        "%,d rows in: %,d ok, %,d quarantined, %,d duplicate",
        ingested.read(),
        ingested.ok(),
        ingested.quarantineCount(),
        ingested.duplicate());
  }

  /**
   * An absent feed is an empty table. Some say more where there is more to say: that is no lack.
   */
  private void missing(Table table) {
    if (!table.equals(Tables.SENSITIVE_PLACES) && !table.equals(Tables.REGIONAL_MARKET)) {
      report.missing(table);
    }
    tables.put(table, spark.createDataFrame(List.of(), table.schema()));
  }
}
