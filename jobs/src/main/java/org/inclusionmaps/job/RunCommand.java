package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Note;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.Failure;
import org.inclusionmaps.operations.Attempt;
import org.inclusionmaps.operations.MetricsPlugin;
import org.inclusionmaps.operations.StageWatch;
import org.inclusionmaps.publish.Release;
import org.inclusionmaps.publish.ReleaseContext;
import org.inclusionmaps.security.Lease;
import org.inclusionmaps.stage.InclusionStages;
import org.inclusionmaps.stage.Intervals;
import org.inclusionmaps.stage.Notes;
import org.inclusionmaps.stage.Stage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The main job: feeds to a release. */
@Command(
    name = "run",
    description = "Computes who lacks affordable access, and writes a release with maps.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  RunCommand() {}

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Feeds.check(settings);
    List<Stage> stages = Selection.of(InclusionStages.list(settings), options.from(), options.to());
    PlanCommand.print(settings, stages, new PrintWriter(spec.commandLine().getErr(), true));
    SparkSession spark = session();
    try (Attempt attempt =
        Attempt.begin(spark.sparkContext(), settings, Attempt.labelOf(Instant.now()))) {
      try {
        run(spark, settings, attempt, spec.commandLine().getOut());
        attempt.end(null);
      } catch (RuntimeException | Error e) {
        attempt.end(Failure.of(e));
        throw e;
      }
    } finally {
      spark.stop();
    }
    return 0;
  }

  private static SparkSession session() {
    Map.Entry<String, String> plugins = MetricsPlugin.setting(new SparkConf());
    return SparkSession.builder()
        .appName("inclusion-maps")
        .config(plugins.getKey(), plugins.getValue())
        .getOrCreate();
  }

  private void run(SparkSession spark, Settings settings, Attempt attempt, PrintWriter out) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    String code = CodeVersion.version();
    String build = CodeVersion.build();
    Map<String, Object> described = SettingsLoader.describe(settings);
    Map<String, Map<String, String>> inputs =
        RunFolder.hashesByTable(Feeds.ofRuns(settings), hadoop);
    List<String> measurements = PrivacyStatement.read(settings, hadoop);
    String id = Run.id(inputs, described, code);
    attempt.names(id);
    RunFolder folder = new RunFolder(settings.output().path(), id, hadoop);
    RunReport report = new RunReport(id, code, build, described);
    int steps = Feeds.count(settings) + InclusionStages.list(settings).size() + 1;
    Progress progress = new Progress(options.progress(), steps, System.err);
    spark.sparkContext().addSparkListener(progress);
    Lease lease = Lease.take(settings.output().path(), "run " + id, hadoop);
    try {
      attempt.owns(folder.root());
      Run run = new Run(spark, settings, folder, report, progress, attempt.stages());
      if (options.from().isEmpty()) {
        run.ingest();
      } else {
        folder.read(RunReport.NAME).ifPresent(report::continueFrom);
        run.keptInputs();
      }
      run.earlier(
          settings.radio().reuse()
              ? folder.lastOther(build, List.copyOf(Run.EARLIER.values()))
              : Optional.empty());
      run.stages(InclusionStages.list(settings), options.from(), options.to());
      out.println("run " + folder.root());
      if (options.to().isEmpty() && run.tables().containsKey(Tables.INDICATORS)) {
        Map<Note, Long> notes = Notes.of(run.tables());
        notes.put(Note.TERRAIN_HOLES, report.terrainHoles());
        report.notes(notes);
        report.notShown(
            publish(
                    spark,
                    new ReleaseContext(
                        settings,
                        described,
                        id,
                        code,
                        inputs,
                        report.missing(),
                        report.rows(),
                        notes,
                        Notes.named(run.tables()),
                        Intervals.restOn(run.tables(), settings),
                        measurements),
                    run,
                    progress,
                    attempt,
                    out)
                .notShown());
        RunFigures.persons(run.tables(), settings, attempt);
      }
      RunFigures.budget(settings, hadoop, attempt);
      account(folder, report, attempt, null);
    } catch (RuntimeException | Error e) {
      accountOfFailure(folder, report, attempt, e);
      throw e;
    } finally {
      lease.close();
    }
    out.flush();
  }

  private static void account(
      RunFolder folder, RunReport report, Attempt attempt, @Nullable Failure failure) {
    report.attempt(attempt.account(failure), attempt.stages().accounts());
    String json = report.json();
    folder.write(RunReport.NAME, json);
    attempt.reported(json);
  }

  /** Keeps the account of a run that failed; a fault in that does not hide why it failed. */
  private static void accountOfFailure(
      RunFolder folder, RunReport report, Attempt attempt, Throwable why) {
    try {
      account(folder, report, attempt, Failure.of(why));
    } catch (RuntimeException | Error e) {
      why.addSuppressed(e);
    }
  }

  private static Release.Published publish(
      SparkSession spark,
      ReleaseContext context,
      Run run,
      Progress progress,
      Attempt attempt,
      PrintWriter out) {
    Release.Published published;
    try (StageWatch.Step step = attempt.stages().begin("release")) {
      progress.begin("release");
      published = Release.write(spark, context, run.tables());
      step.done();
    }
    attempt.published(published.folder().getName());
    progress.end(published.folder().getName());
    out.println("release " + published.folder());
    published.lines().forEach(line -> out.println("  " + line));
    out.println("what the intervals rest on");
    context.intervals().forEach(line -> out.println("  " + line));
    return published;
  }
}
