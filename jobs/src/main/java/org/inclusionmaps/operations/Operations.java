package org.inclusionmaps.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.error.Resources;
import org.inclusionmaps.store.SmallFiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a run, as operators see it: its name in logs, its stages, and at its end the page,
 * the metrics, lineage and whoever the settings tell. A fault in any of these is a warning.
 */
public final class Operations implements AutoCloseable {
  /** What the page of a run is called in its folder. */
  public static final String PAGE = RunPage.NAME;

  private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkContext spark;
  private final Configuration hadoop;
  private final Settings settings;
  private final String label;
  private final Clock clock;
  private final Instant started;
  private final StageWatch stages;
  private final Post post;
  private String run = "";
  private String release = "";
  private @Nullable Path folder;
  private @Nullable Lineage lineage;
  private ObjectNode report = JSON.createObjectNode();
  private @Nullable Path page;
  private @Nullable String ending; // the last event of the lineage, as it was written

  private Operations(SparkContext spark, Settings settings, String label, Clock clock, Post post) {
    this.spark = spark;
    this.hadoop = spark.hadoopConfiguration();
    this.settings = settings;
    this.label = label;
    this.clock = clock;
    this.started = clock.instant();
    this.post = post;
    LogContext.attempt(label);
    RunGauges.clear();
    this.stages = new StageWatch(spark, clock);
  }

  /** Begins an attempt under a name that no other attempt at the same run has. */
  public static Operations begin(SparkContext spark, Settings settings, String label) {
    return new Operations(spark, settings, label, Clock.systemUTC(), new Post());
  }

  /** The stages of this attempt. */
  public StageWatch stages() {
    return stages;
  }

  /** The run is known. Its folder may still be another attempt's. */
  public void names(String id) {
    run = id;
    LogContext.run(spark, id);
  }

  /** The run's folder is this attempt's alone from now on. */
  public void owns(Path runFolder) {
    folder = runFolder;
    Lineage events = new Lineage(settings, run, label, runFolder);
    lineage = events;
    guarded("lineage", () -> send(kept(runFolder, events.start(clock.instant()))));
  }

  /** The release is out. */
  public void published(String id) {
    release = id;
    LogContext.release(id);
  }

  /** Persons of the release, and who of them lack affordable access. */
  public void persons(double all, double lacking) {
    RunGauges.set("persons", all);
    RunGauges.set("persons_lacking", lacking);
  }

  /** What the privacy ledger still allows, rho. */
  public void budgetLeft(double rho) {
    RunGauges.set("privacy_budget_left_rho", rho);
  }

  /** How the attempt went until now, for the run's report. */
  public Map<String, @Nullable Object> account(@Nullable Failure failure) {
    Map<String, @Nullable Object> account = new LinkedHashMap<>();
    account.put("attempt", label);
    account.put("outcome", failure == null ? "succeeded" : "failed");
    account.put("exit_status", failure == null ? 0 : failure.exitStatus());
    account.put("code", failure == null ? null : failure.code().name());
    account.put("message", failure == null ? null : failure.message());
    account.put("remedy", failure == null ? null : failure.remedy());
    account.put("release", release.isEmpty() ? null : release);
    account.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
    Instant now = clock.instant();
    account.put("ended", now.truncatedTo(ChronoUnit.SECONDS).toString());
    account.put("seconds", (now.toEpochMilli() - started.toEpochMilli()) / 1000.0);
    return account;
  }

  /** The run's report as it was written. */
  public void reported(String json) {
    guarded("the report", () -> report = (ObjectNode) JSON.readTree(json));
  }

  /**
   * Leaves the page and the end of the lineage in the run's folder: while it is this attempt's
   * alone, as another may write there afterwards.
   */
  public void leave(@Nullable Failure failure) {
    Path own = folder;
    if (own != null) {
      guarded("the page", () -> page = page(own, told(failure)));
      guarded("lineage", () -> ending = kept(own, ending(failure)));
    }
  }

  /** The attempt ends: metrics are written, and others are told. */
  public void end(@Nullable Failure failure) {
    guarded("the attempt", () -> tellAll(failure));
  }

  private void tellAll(@Nullable Failure failure) throws IOException {
    ObjectNode told = told(failure);
    Instant now = clock.instant();
    RunGauges.set("exit_status", failure == null ? 0 : failure.exitStatus());
    RunGauges.set("duration_seconds", (now.toEpochMilli() - started.toEpochMilli()) / 1000.0);
    FeedFigures.gauges(told);
    guarded("metrics", () -> metrics(told, now));
    if (lineage != null) {
      String written = ending;
      guarded("lineage", () -> send(written == null ? text(ending(failure)) : written));
    }
    String webhook = settings.operations().webhook();
    if (webhook != null) {
      post.send(
          "the end of the attempt",
          webhook,
          "INCLUSION_WEBHOOK_TOKEN",
          text(Outcome.of(told, page)));
    }
  }

  /** The report, with the end of this attempt in it even where no report tells of it. */
  private ObjectNode told(@Nullable Failure failure) {
    if (!report.has("run")) {
      report.put("run", run);
    }
    report.put("country", settings.country().id());
    int status = failure == null ? 0 : failure.exitStatus();
    if (report.path("attempt").path("exit_status").asInt(-1) != status) {
      report.set("attempt", JSON.valueToTree(account(failure)));
      report.set("stages", JSON.valueToTree(stages.accounts()));
    }
    return report;
  }

  private void metrics(JsonNode told, Instant now) throws IOException {
    Path file = new Path(settings.output().path(), TextMetrics.NAME);
    write(file, TextMetrics.of(told, settings.country().id(), now, read(file)));
  }

  private @Nullable JsonNode manifest() throws IOException {
    if (release.isEmpty()) {
      return null;
    }
    Path releases = new Path(settings.output().path(), "releases");
    return JSON.readTree(read(new Path(new Path(releases, release), "manifest.json")));
  }

  private ObjectNode ending(@Nullable Failure failure) throws IOException {
    return Objects.requireNonNull(lineage).end(clock.instant(), failure, told(failure), manifest());
  }

  /** Adds an event to the file beside the run. */
  private String kept(Path own, JsonNode event) throws IOException {
    Path file = new Path(own, "openlineage.ndjson");
    String line = text(event);
    write(file, read(file) + line + "\n");
    return line;
  }

  private Path page(Path own, JsonNode told) throws IOException {
    Path file = new Path(own, RunPage.NAME);
    write(file, RunPage.html(told));
    return file;
  }

  private static String text(JsonNode json) throws IOException {
    return JSON.writeValueAsString(json);
  }

  private void send(String event) {
    String address = settings.operations().openlineageUrl();
    if (address != null) {
      post.send("lineage", address, "INCLUSION_OPENLINEAGE_TOKEN", event);
    }
  }

  private String read(Path path) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    return SmallFiles.read(files, path)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElse("");
  }

  private void write(Path path, String text) throws IOException {
    SmallFiles.replace(path.getFileSystem(hadoop), path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Something that may fail by whatever is outside. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static void guarded(String what, Work work) {
    try {
      work.run();
    } catch (IOException | RuntimeException | Error e) { // Hadoop tells a full disk by an error
      if (e instanceof IOException || e instanceof InclusionException || Resources.exhausted(e)) {
        String why = e.toString().lines().findFirst().orElse("");
        LOG.warn("{} could not be told; the run is not touched by it: {}", what, why);
      } else {
        LOG.warn("{} could not be told; the run is not touched by it", what, e);
      }
    }
  }

  @Override
  public void close() {
    stages.close();
  }
}
