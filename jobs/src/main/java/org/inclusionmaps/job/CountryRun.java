package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Note;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.error.Resources;
import org.inclusionmaps.operations.Failure;
import org.inclusionmaps.operations.Operations;
import org.inclusionmaps.operations.StageAccount;
import org.inclusionmaps.operations.StageWatch;
import org.inclusionmaps.publish.Release;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.security.Lease;
import org.inclusionmaps.stage.InclusionStages;
import org.inclusionmaps.stage.Intervals;
import org.inclusionmaps.stage.Notes;
import org.inclusionmaps.store.Probe;
import org.jspecify.annotations.Nullable;

/**
 * One run of a country, from feeds to a release: it is named by what goes into it, holds the lease
 * of its output, and leaves an account of how it went.
 */
final class CountryRun {
  private final SparkSession spark;
  private final Settings settings;
  private final RunOptions options;
  private final Attempts attempts;
  private final Operations operations;
  private final PrintWriter out;
  private final Configuration hadoop;
  private final String build = CodeVersion.build();
  private final Map<String, Object> described;
  private final Map<String, Map<String, String>> inputs;
  private final List<String> measurements;
  private final String id;
  private final RunFolder folder;
  private final RunReport report;
  private final Progress progress;

  /** Tries the output, and hashes the feeds, which name the run. */
  CountryRun(
      SparkSession spark,
      Settings settings,
      RunOptions options,
      Attempts attempts,
      Operations operations,
      PrintWriter out) {
    this.spark = spark;
    this.settings = settings;
    this.options = options;
    this.attempts = attempts;
    this.operations = operations;
    this.out = out;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    Probe.check(settings.output().path(), hadoop); // feeds of a nation take long to hash
    this.described = SettingsLoader.describe(settings);
    this.inputs = InputHashes.byTable(Feeds.ofRuns(settings), spark);
    this.measurements = PrivacyStatement.read(settings, hadoop);
    this.id = Run.id(inputs, described, CodeVersion.version());
    this.folder = new RunFolder(settings.output().path(), id, hadoop);
    this.report = new RunReport(id, CodeVersion.version(), build, described);
    int steps = Feeds.count(settings) + InclusionStages.list(settings).size() + 1;
    this.progress = new Progress(options.progress(), steps, System.err);
  }

  /** Runs; returns the release that was published, or null. */
  @Nullable String run() {
    attempts.ofRun(id);
    operations.names(id);
    spark.sparkContext().addSparkListener(progress);
    PublishAuthority.check(settings, hadoop);
    Lease lease = attempts.lease(settings.output().leaseSeconds());
    try {
      String release = holding(lease);
      operations.leave(null);
      return release;
    } catch (Throwable e) { // Spark throws exceptions that Java would have declared
      Optional<InclusionException> lack = lack(e);
      account(lack.isPresent() ? lack.get() : e);
      if (lack.isPresent()) {
        throw lack.get();
      }
      throw e;
    } finally {
      lease.close();
    }
  }

  /** Where disk or memory ran out, if that is why it failed: what failed does not know. */
  private Optional<InclusionException> lack(Throwable why) {
    if (Failure.of(why).known()) {
      return Optional.empty();
    }
    String stage =
        operations.stages().accounts().stream()
            .filter(account -> account.outcome() == StageAccount.Outcome.FAILED)
            .map(account -> "in the stage " + account.stage())
            .findFirst()
            .orElse("between stages");
    String local =
        spark.sparkContext().getConf().get("spark.local.dir", System.getProperty("java.io.tmpdir"));
    return Resources.lack(why)
        .map(
            lack ->
                new InclusionException(
                    ErrorCode.RESOURCES_EXHAUSTED,
                    "disk or memory ran out %s: %s; a disk is that of output.path, %s, or of spark.local.dir, %s, on the driver or an executor"
                        .formatted(stage, lack, settings.output().path(), local),
                    why));
  }

  private @Nullable String holding(Lease lease) {
    folder.begin();
    attempts.whenInterrupted(() -> folder.mark(RunFolder.FAILED));
    operations.owns(folder.root());
    Run run = tables(lease);
    out.println("run " + folder.root());
    String release = null;
    if (options.to().isEmpty() && run.tables().containsKey(Tables.INDICATORS)) {
      release = release(run, lease);
      RunFigures.persons(run.tables(), settings, operations);
    }
    RunFigures.budget(settings, hadoop, operations);
    write(null);
    folder.mark(RunFolder.SUCCESS);
    if (release != null) {
      Collector.collect(settings, id, lease.takenMillis(), hadoop);
    }
    out.flush();
    return release;
  }

  private Run tables(Lease lease) {
    Run run =
        new Run(spark, settings, folder, report, progress, options.again(), operations.stages());
    run.heldBy(lease::confirm);
    run.ingest();
    run.earlier(
        settings.radio().reuse()
            ? folder.lastOther(build, List.copyOf(Run.EARLIER.values()))
            : Optional.empty());
    run.stages(InclusionStages.list(settings), options.from(), options.to());
    return run;
  }

  private String release(Run run, Lease lease) {
    ReleaseContext.Caveats caveats = caveats(run);
    report.notes(caveats.notes());
    LastAccounts.record(settings.output().path(), id, report.ingested(), hadoop);
    Release.Published published = publish(run, caveats, lease);
    String release = published.folder().getName();
    attempts.published(release);
    report.notShown(published.notShown());
    return release;
  }

  private ReleaseContext.Caveats caveats(Run run) {
    Map<Note, Long> notes = Notes.of(run.tables());
    notes.put(Note.TERRAIN_HOLES, report.terrainHoles());
    Set<String> partial = report.partialOperators();
    notes.put(Note.OPERATORS_PARTIAL, (long) partial.size());
    Map<Note, String> named = new EnumMap<>(Note.class);
    named.putAll(Notes.named(run.tables()));
    if (!partial.isEmpty()) {
      named.put(Note.OPERATORS_PARTIAL, String.join(", ", partial));
    }
    return new ReleaseContext.Caveats(
        notes, named, Intervals.restOn(run.tables(), settings), measurements);
  }

  private Release.Published publish(Run run, ReleaseContext.Caveats caveats, Lease lease) {
    ReleaseContext context =
        new ReleaseContext(
            settings,
            described,
            id,
            CodeVersion.version(),
            new ReleaseContext.Sources(inputs, report.missing(), report.rows()),
            caveats);
    Release.Published published;
    try (StageWatch.Step step = operations.stages().begin("release")) {
      progress.begin("release");
      published =
          Release.write(
              spark, context, run.tables(), new PublishAuthority(lease, settings, hadoop));
      step.done();
    }
    operations.published(published.folder().getName());
    progress.end(published.folder().getName());
    out.println("release " + published.folder());
    published.lines().forEach(line -> out.println("  " + line));
    out.println("what the intervals rest on");
    caveats.intervals().forEach(line -> out.println("  " + line));
    return published;
  }

  private void write(@Nullable Failure failure) {
    report.attempt(operations.account(failure), operations.stages().accounts());
    String json = report.json();
    folder.write(RunReport.NAME, json);
    operations.reported(json);
  }

  /**
   * Leaves the account of a run that failed in its folder, unless another run may have taken that
   * over. A fault in it does not hide why the run failed.
   */
  private void account(Throwable why) {
    Failure failure = Failure.of(why);
    if (failure.code() == ErrorCode.RUN_IN_PROGRESS) {
      return;
    }
    try {
      write(failure);
      folder.mark(RunFolder.FAILED);
    } catch (RuntimeException | Error e) {
      why.addSuppressed(e);
    }
    operations.leave(failure);
  }
}
