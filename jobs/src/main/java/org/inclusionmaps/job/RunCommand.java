package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Note;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.operations.Failure;
import org.inclusionmaps.operations.Operations;
import org.inclusionmaps.operations.StageWatch;
import org.inclusionmaps.publish.Authority;
import org.inclusionmaps.publish.Release;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.security.Lease;
import org.inclusionmaps.stage.InclusionStages;
import org.inclusionmaps.stage.Intervals;
import org.inclusionmaps.stage.Notes;
import org.inclusionmaps.stage.Stage;
import org.inclusionmaps.store.Probe;
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
    SparkSession spark = Sessions.open("inclusion-maps");
    try {
      Attempts.record(
          "run",
          options.attempt(),
          settings.output().path(),
          spark.sparkContext().hadoopConfiguration(),
          attempts -> watched(spark, settings, attempts, spec.commandLine().getOut()));
    } finally {
      spark.stop();
    }
    return 0;
  }

  /** Runs, and tells operators how it went. */
  private @Nullable String watched(
      SparkSession spark, Settings settings, Attempts attempts, PrintWriter out) {
    try (Operations operations =
        Operations.begin(spark.sparkContext(), settings, attempts.label())) {
      try {
        String release = run(spark, settings, attempts, operations, out);
        operations.end(null);
        return release;
      } catch (RuntimeException | Error e) {
        operations.end(Failure.of(e));
        throw e;
      }
    }
  }

  private @Nullable String run(
      SparkSession spark,
      Settings settings,
      Attempts attempts,
      Operations operations,
      PrintWriter out) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    String code = CodeVersion.version();
    String build = CodeVersion.build();
    Map<String, Object> described = SettingsLoader.describe(settings);
    Map<String, Map<String, String>> inputs = InputHashes.byTable(Feeds.ofRuns(settings), spark);
    List<String> measurements = PrivacyStatement.read(settings, hadoop);
    String id = Run.id(inputs, described, code);
    attempts.ofRun(id);
    operations.names(id);
    RunFolder folder = new RunFolder(settings.output().path(), id, hadoop);
    RunReport report = new RunReport(id, code, build, described);
    int steps = Feeds.count(settings) + InclusionStages.list(settings).size() + 1;
    Progress progress = new Progress(options.progress(), steps, System.err);
    spark.sparkContext().addSparkListener(progress);
    Probe.check(settings.output().path(), hadoop);
    PublishAuthority.check(settings, hadoop);
    Lease lease = attempts.lease(settings.output().leaseSeconds());
    String release = null;
    try {
      folder.mark("");
      operations.owns(folder.root());
      Run run =
          new Run(spark, settings, folder, report, progress, options.again(), operations.stages());
      run.heldBy(lease::confirm);
      run.ingest();
      run.earlier(
          settings.radio().reuse()
              ? folder.lastOther(build, List.copyOf(Run.EARLIER.values()))
              : Optional.empty());
      run.stages(InclusionStages.list(settings), options.from(), options.to());
      out.println("run " + folder.root());
      if (options.to().isEmpty() && run.tables().containsKey(Tables.INDICATORS)) {
        Map<Note, Long> notes = Notes.of(run.tables());
        notes.put(Note.TERRAIN_HOLES, report.terrainHoles());
        Set<String> partial = report.partialOperators();
        notes.put(Note.OPERATORS_PARTIAL, (long) partial.size());
        Map<Note, String> named = new EnumMap<>(Note.class);
        named.putAll(Notes.named(run.tables()));
        if (!partial.isEmpty()) {
          named.put(Note.OPERATORS_PARTIAL, String.join(", ", partial));
        }
        report.notes(notes);
        Release.Published published =
            publish(
                spark,
                new ReleaseContext(
                    settings,
                    described,
                    id,
                    code,
                    new ReleaseContext.Sources(inputs, report.missing(), report.rows()),
                    new ReleaseContext.Caveats(
                        notes, named, Intervals.restOn(run.tables(), settings), measurements)),
                run,
                new PublishAuthority(lease, settings, hadoop),
                progress,
                operations,
                out);
        release = published.folder().getName();
        attempts.published(release);
        report.notShown(published.notShown());
        RunFigures.persons(run.tables(), settings, operations);
      }
      RunFigures.budget(settings, hadoop, operations);
      write(folder, report, operations, null);
      folder.mark(RunFolder.SUCCESS);
      if (release != null) {
        Collector.collect(settings, id, lease.takenMillis(), hadoop);
      }
      operations.leave(null);
    } catch (RuntimeException | Error e) {
      account(folder, report, operations, e);
      throw e;
    } finally {
      lease.close();
    }
    out.flush();
    return release;
  }

  private static void write(
      RunFolder folder, RunReport report, Operations operations, @Nullable Failure failure) {
    report.attempt(operations.account(failure), operations.stages().accounts());
    String json = report.json();
    folder.write(RunReport.NAME, json);
    operations.reported(json);
  }

  /**
   * Leaves the account of a run that failed in its folder, unless another run may have taken that
   * over. A fault in it does not hide why the run failed.
   */
  private static void account(
      RunFolder folder, RunReport report, Operations operations, Throwable why) {
    Failure failure = Failure.of(why);
    if (failure.code() == ErrorCode.RUN_IN_PROGRESS) {
      return;
    }
    try {
      write(folder, report, operations, failure);
      folder.mark(RunFolder.FAILED);
    } catch (RuntimeException | Error e) {
      why.addSuppressed(e);
    }
    operations.leave(failure);
  }

  private static Release.Published publish(
      SparkSession spark,
      ReleaseContext context,
      Run run,
      Authority authority,
      Progress progress,
      Operations operations,
      PrintWriter out) {
    Release.Published published;
    try (StageWatch.Step step = operations.stages().begin("release")) {
      progress.begin("release");
      published = Release.write(spark, context, run.tables(), authority);
      step.done();
    }
    operations.published(published.folder().getName());
    progress.end(published.folder().getName());
    out.println("release " + published.folder());
    published.lines().forEach(line -> out.println("  " + line));
    out.println("what the intervals rest on");
    context.caveats().intervals().forEach(line -> out.println("  " + line));
    return published;
  }
}
