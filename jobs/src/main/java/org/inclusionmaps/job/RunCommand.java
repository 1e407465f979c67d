package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Note;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.Authority;
import org.inclusionmaps.publish.Release;
import org.inclusionmaps.publish.ReleaseContext;
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
    SparkSession spark = SparkSession.builder().appName("inclusion-maps").getOrCreate();
    try {
      Attempts.record(
          "run",
          options.attempt(),
          settings.output().path(),
          spark.sparkContext().hadoopConfiguration(),
          attempts -> run(spark, settings, attempts, spec.commandLine().getOut()));
    } finally {
      spark.stop();
    }
    return 0;
  }

  private @Nullable String run(
      SparkSession spark, Settings settings, Attempts attempts, PrintWriter out) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    String code = CodeVersion.version();
    String build = CodeVersion.build();
    Map<String, Object> described = SettingsLoader.describe(settings);
    Map<String, Map<String, String>> inputs = InputHashes.byTable(Feeds.ofRuns(settings), spark);
    List<String> measurements = PrivacyStatement.read(settings, hadoop);
    String id = Run.id(inputs, described, code);
    attempts.ofRun(id);
    RunFolder folder = new RunFolder(settings.output().path(), id, hadoop);
    RunReport report = new RunReport(id, code, build, described);
    int steps = Feeds.count(settings) + InclusionStages.list(settings).size() + 1;
    Progress progress = new Progress(options.progress(), steps, System.err);
    spark.sparkContext().addSparkListener(progress);
    Probe.check(settings.output().path(), hadoop);
    PublishAuthority.check(settings, hadoop);
    Lease lease =
        Lease.take(settings.output().path(), "run " + id, settings.output().leaseSeconds(), hadoop);
    String release = null;
    try {
      folder.mark("");
      Run run = new Run(spark, settings, folder, report, progress, options.again());
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
        report.notes(notes);
        Release.Published published =
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
                new PublishAuthority(lease, settings, hadoop),
                progress,
                out);
        report.notShown(published.notShown());
        release = published.folder().getName();
      }
      folder.write(RunReport.NAME, report.json());
      folder.mark(RunFolder.SUCCESS);
      if (release != null) {
        Collector.collect(settings, id, lease.takenMillis(), hadoop);
      }
    } catch (RuntimeException | Error e) {
      account(folder, report, e);
      throw e;
    } finally {
      lease.close();
    }
    out.flush();
    return release;
  }

  /** Keeps the account of a run that failed; a fault in that does not hide why it failed. */
  private static void account(RunFolder folder, RunReport report, Throwable why) {
    try {
      folder.write(RunReport.NAME, report.json());
      folder.mark(RunFolder.FAILED);
    } catch (RuntimeException | Error e) {
      why.addSuppressed(e);
    }
  }

  private static Release.Published publish(
      SparkSession spark,
      ReleaseContext context,
      Run run,
      Authority authority,
      Progress progress,
      PrintWriter out) {
    progress.begin("release");
    Release.Published published = Release.write(spark, context, run.tables(), authority);
    progress.end(published.folder().getName());
    out.println("release " + published.folder());
    published.lines().forEach(line -> out.println("  " + line));
    out.println("what the intervals rest on");
    context.intervals().forEach(line -> out.println("  " + line));
    return published;
  }
}
