package org.inclusionmaps.job;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.ingest.Ingest;
import org.inclusionmaps.ingest.IngestContext;
import org.inclusionmaps.ingest.Ingested;
import org.inclusionmaps.ingest.IngestedTerrain;
import org.inclusionmaps.ingest.TerrainFeed;
import org.inclusionmaps.job.FinishedTables.Finished;
import org.inclusionmaps.operations.StageAccount.Written;
import org.inclusionmaps.operations.StageWatch;
import org.inclusionmaps.publish.ReleaseContext;
import org.inclusionmaps.stage.InputChecks;
import org.inclusionmaps.stage.Stage;

/**
 * Runs stages, each in the same way: reads its tables, writes its own, reads it back, checks it,
 * records it. What an earlier try of the same run finished is not done again.
 */
final class Run {
  /** Which tables are made. */
  enum Again {
    /** Those that no earlier try of the run finished. */
    UNFINISHED,
    /** All of them. */
    ALL
  }

  /** The only stage that may read subscriptions is the measurement. */
  private static final List<Table> NEVER_READ = List.of(Tables.SUBSCRIPTIONS);

  private static final int FEEDS_AT_A_TIME = 2;

  /** Tables of the last run, and what they were to it. */
  static final Map<Table, Table> EARLIER =
      Map.of(
          Tables.EARLIER_SIGNAL_UNITS, Tables.SIGNAL_UNITS, Tables.EARLIER_SIGNAL, Tables.SIGNAL);

  private final SparkSession spark;
  private final Settings settings;
  private final RunFolder folder;
  private final RunReport report;
  private final Progress progress;
  private final Again again;
  private final FinishedTables finished;
  private final StageWatch watch;
  private final Map<Table, Dataset<Row>> tables = new LinkedHashMap<>();
  private Runnable confirm = () -> {};

  Run(
      SparkSession spark,
      Settings settings,
      RunFolder folder,
      RunReport report,
      Progress progress,
      Again again,
      StageWatch watch) {
    this.spark = spark;
    this.settings = settings;
    this.folder = folder;
    this.report = report;
    this.progress = progress;
    this.again = again;
    this.watch = watch;
    this.finished = new FinishedTables(spark, folder, report.build());
  }

  /**
   * Before each table is written, asks whether the output is still this run's.
   *
   * @param refuse throws if it is not
   */
  void heldBy(Runnable refuse) {
    this.confirm = refuse;
  }

  /** Brings the feeds under their contracts: the next is planned while Spark reads one. */
  void ingest() {
    ExecutorService readers = Executors.newFixedThreadPool(FEEDS_AT_A_TIME, Run::daemon);
    Map<Table, Future<Kept>> reading = new LinkedHashMap<>();
    for (Table table : Tables.INPUTS) {
      List<FeedSettings> feeds = Feeds.of(settings, table);
      if (feeds.isEmpty()) {
        missing(table);
      } else if (!NEVER_READ.contains(table)) {
        reading.put(table, readers.submit(() -> brought(table, feeds)));
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
  }

  private void ingested(Table table, Future<Kept> reading) {
    progress.begin("ingest " + table.name());
    Kept kept = result(reading);
    tables.put(table, kept(table));
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
  private Kept brought(Table table, List<FeedSettings> feeds) {
    Optional<Finished> earlier =
        again == Again.ALL || table.equals(Tables.SENSITIVE_PLACES)
            ? Optional.empty()
            : finished.find(table);
    if (earlier.isPresent() && earlier.get().account() != null) {
      Written written = earlier.get().written();
      watch.reused("ingest " + table.name(), written);
      return new Kept(written, earlier.get().account(), words(earlier.get()));
    }
    try (StageWatch.Step step = watch.begin("ingest " + table.name())) {
      Kept kept = keep(table, feeds);
      step.done(kept.written());
      return kept;
    }
  }

  private Kept keep(Table table, List<FeedSettings> feeds) {
    if (table.equals(Tables.TERRAIN)) {
      try (IngestedTerrain terrain = TerrainFeed.read(spark, feeds, settings.terrain())) {
        long rows = write(table, terrain.rows());
        Finished made = finished.record(table, rows, terrain.count());
        return new Kept(made.written(), terrain.count(), TerrainFeed.words(terrain.count()));
      }
    }
    try (Ingested ingested = Ingest.read(spark, table, feeds, context())) {
      long rows = write(table, ingested.rows());
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

  private IngestContext context() {
    return LastAccounts.context(
        settings, folder.root(), spark.sparkContext().hadoopConfiguration());
  }

  private static String words(Finished finished) {
    return String.format(Locale.ROOT, "%,d rows, finished before", finished.rows());
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

  /** Takes tables of another run, on which the stages to run rest. */
  void take(Map<Table, Dataset<Row>> others) {
    tables.putAll(others);
  }

  /** Takes what stages may use again from the last other run of the same code, if there is one. */
  void earlier(Optional<RunFolder> last) {
    EARLIER.forEach(
        (table, of) ->
            tables.put(
                table,
                last.map(run -> spark.read().schema(of.schema()).parquet(run.table(of).toString()))
                    .orElseGet(() -> spark.createDataFrame(List.of(), table.schema()))));
  }

  /**
   * Runs stages up to one, if it has a name. Those from a stage on, if that has a name, are made
   * anew even if an earlier try finished them.
   */
  void stages(List<Stage> list, String from, String to) {
    boolean anew = again == Again.ALL;
    for (Stage stage : list) {
      anew |= stage.name().equals(from);
      Optional<Finished> earlier = anew ? Optional.empty() : finished.find(stage.writes());
      if (earlier.isPresent()) {
        take(stage, earlier.get());
      } else {
        run(stage);
      }
      if (stage.name().equals(to)) {
        return;
      }
    }
  }

  private void take(Stage stage, Finished earlier) {
    progress.begin(stage.name());
    tables.put(stage.writes(), kept(stage.writes()));
    report.has(earlier);
    watch.reused(stage.name(), earlier.written());
    progress.end(words(earlier));
  }

  Map<Table, Dataset<Row>> tables() {
    return tables;
  }

  private void run(Stage stage) {
    Map<Table, Dataset<Row>> in = new LinkedHashMap<>();
    for (Table table : stage.reads()) {
      in.put(table, tables.get(table));
    }
    try (StageWatch.Step step = watch.begin(stage.name())) {
      progress.begin(stage.name());
      long rows = write(stage.writes(), stage.work().apply(in, settings));
      tables.put(stage.writes(), kept(stage.writes()));
      Finished made = finished.record(stage.writes(), rows, null);
      report.has(made);
      step.done(made.written());
      progress.end(String.format(Locale.ROOT, "%,d rows", rows));
    }
  }

  private long write(Table table, Dataset<Row> rows) {
    TableCheck.checkColumns(rows, table);
    confirm.run();
    finished.forget(table);
    String path = folder.table(table).toString();
    rows.select(SchemaVersion.columns(table))
        .write()
        .mode(SaveMode.Overwrite)
        .option("compression", "zstd")
        .parquet(path);
    return TableCheck.check(spark.read().schema(table.schema()).parquet(path), table);
  }

  private Dataset<Row> kept(Table table) {
    return spark.read().schema(table.schema()).parquet(folder.table(table).toString());
  }

  /** What the run rests on: settings, input hashes and code, as one name. */
  static String id(
      Map<String, Map<String, String>> inputs, Map<String, Object> description, String code) {
    return RunFolder.id(
        new TreeMap<>(inputs).toString(),
        new TreeMap<>(ReleaseContext.portable(description)).toString(),
        code);
  }
}
