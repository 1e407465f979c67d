package org.inclusionmaps.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.operations.Failure;
import org.inclusionmaps.store.SmallFiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One start of a command that writes to an output folder, and how it ended: a small file in its
 * folder {@code attempts}. Where a cluster keeps the exit status to itself, this tells it.
 *
 * @param label its name: given by who started it, or made from the time
 * @param command what was started, as {@code run}
 * @param state whether it runs, is done or failed
 * @param started when, UTC
 * @param ended when, UTC; null while it runs
 * @param exitStatus of the process; null while it runs
 * @param message why it failed; null where it did not
 * @param run name of the run; null if it ended before that was known
 * @param release name of the release that it published, if it did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Attempt(
    @JsonProperty("schema_version") String schemaVersion,
    String label,
    String command,
    State state,
    String started,
    @Nullable String ended,
    @JsonProperty("exit_status") @Nullable Integer exitStatus,
    @Nullable String code,
    @Nullable String message,
    @Nullable String run,
    @Nullable String release) {
  /** How far it is. */
  enum State {
    RUNNING,
    DONE,
    FAILED
  }

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
  private static final String FOLDER = "attempts";
  private static final int KEPT = 400;
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES); // of a newer version
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** One that starts now. */
  static Attempt begin(String label, String command, Clock clock) {
    Instant now = clock.instant();
    return new Attempt(
        SchemaVersion.CURRENT,
        label.isEmpty() ? NAME.format(now) + "-" + ProcessHandle.current().pid() : label,
        command,
        State.RUNNING,
        now.truncatedTo(ChronoUnit.SECONDS).toString(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** The same when its run has a name. */
  Attempt ofRun(String id) {
    return new Attempt(
        schemaVersion,
        label,
        command,
        state,
        started,
        ended,
        exitStatus,
        code,
        message,
        id,
        release);
  }

  /** The same when its release is out. */
  Attempt ofRelease(String id) {
    return new Attempt(
        schemaVersion, label, command, state, started, ended, exitStatus, code, message, run, id);
  }

  /** The same, ended well. */
  Attempt done(@Nullable String published, Clock clock) {
    return new Attempt(
        schemaVersion,
        label,
        command,
        State.DONE,
        started,
        now(clock),
        0,
        null,
        null,
        run,
        published);
  }

  /** The same, failed. */
  Attempt failed(Failure why, Clock clock) {
    return new Attempt(
        schemaVersion,
        label,
        command,
        State.FAILED,
        started,
        now(clock),
        why.exitStatus(),
        why.code().name(),
        why.message(),
        run,
        release);
  }

  /** What it tells of itself where it holds the lease of the output. */
  String holder() {
    return "%s%s, attempt %s".formatted(command, run == null ? "" : " " + run, label);
  }

  private static String now(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The attempt as text. */
  String json() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes it to an output folder, in place of an earlier state of it. */
  void write(String output, Configuration hadoop) {
    Path path = path(output, label);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      SmallFiles.replace(files, path, json().getBytes(StandardCharsets.UTF_8));
      if (state != State.RUNNING) {
        forgetOld(files, path.getParent());
      }
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED, path + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void forgetOld(FileSystem files, Path folder) throws IOException {
    List<FileStatus> all = list(files, folder);
    all.sort(Comparator.comparingLong(FileStatus::getModificationTime));
    for (FileStatus old : all.subList(0, Math.max(0, all.size() - KEPT))) {
      files.delete(old.getPath(), /* recursive= */ false);
    }
  }

  /** The attempt of a label; the one that started last, if the label is empty. */
  static Optional<Attempt> find(String output, String label, Configuration hadoop) {
    Path folder = new Path(output, FOLDER);
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      if (!label.isEmpty()) {
        return read(files, path(output, label)).filter(found -> found.label().equals(label));
      }
      Attempt last = null;
      for (FileStatus status : list(files, folder)) {
        Attempt attempt = read(files, status.getPath()).orElse(null);
        if (attempt != null && (last == null || attempt.started().compareTo(last.started()) > 0)) {
          last = attempt;
        }
      }
      return Optional.ofNullable(last);
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING, folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** An attempt by its file; nothing if it is gone, or tells no attempt. */
  private static Optional<Attempt> read(FileSystem files, Path path) throws IOException {
    Optional<byte[]> bytes = SmallFiles.read(files, path);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.readValue(bytes.get(), Attempt.class))
          .filter(
              attempt ->
                  Stream.of(attempt.label, attempt.command, attempt.state, attempt.started)
                      .allMatch(Objects::nonNull));
    } catch (JsonProcessingException e) {
      LOG.warn("{} tells no attempt, and is passed over: {}", path, e.getOriginalMessage());
      return Optional.empty();
    }
  }

  private static List<FileStatus> list(FileSystem files, Path folder) throws IOException {
    List<FileStatus> all = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(folder)) {
        if (status.getPath().getName().endsWith(".json")) {
          all.add(status);
        }
      }
    } catch (FileNotFoundException e) {
      return all;
    }
    return all;
  }

  /** Schedulers' labels have letters that Hadoop's paths must not have, as colons. */
  private static Path path(String output, String label) {
    return new Path(new Path(output, FOLDER), label.replaceAll("[^A-Za-z0-9_.=+-]", "_") + ".json");
  }
}
