package org.inclusionmaps.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.job.FinishedTables.Finished;
import org.inclusionmaps.operations.StageWatch;
import org.inclusionmaps.publish.writing.ReleaseContext;
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
    finished.heldBy(refuse);
  }

  /** Brings the feeds under their contracts. */
  void ingest() {
    tables.putAll(
        new Intake(spark, settings, folder, finished, again, report, progress, watch).bring());
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
    tables.put(stage.writes(), finished.read(stage.writes()));
    report.has(earlier);
    watch.reused(stage.name(), earlier.written());
    progress.end(earlier.words());
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
      long rows = finished.write(stage.writes(), stage.work().apply(in, settings));
      tables.put(stage.writes(), finished.read(stage.writes()));
      Finished made = finished.record(stage.writes(), rows, null);
      report.has(made);
      step.done(made.written());
      progress.end(String.format(Locale.ROOT, "%,d rows", rows));
    }
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
