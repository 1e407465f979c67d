package org.inclusionmaps.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.operations.Failure;
import org.inclusionmaps.security.ThisProcess;
import org.jspecify.annotations.Nullable;

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
 * @param process which process it is, {@link ThisProcess#name()}
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
    @Nullable String release,
    @Nullable String process) {
  /** How far it is. */
  enum State {
    RUNNING,
    DONE,
    FAILED
  }

  private static final String HOLDER = ", attempt ";
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
        now.truncatedTo(ChronoUnit.MILLIS).toString(),
        null,
        null,
        null,
        null,
        null,
        null,
        ThisProcess.name());
  }

  /** The same when its run has a name. */
  Attempt ofRun(String id) {
    return named(id, release);
  }

  /** The same when its release is out. */
  Attempt ofRelease(String id) {
    return named(run, id);
  }

  /** The same, ended well. */
  Attempt done(@Nullable String published, Clock clock) {
    return named(run, published).ended(State.DONE, now(clock), 0, null, null);
  }

  /** The same, failed. */
  Attempt failed(Failure why, Clock clock) {
    return ended(State.FAILED, now(clock), why.exitStatus(), why.code().name(), why.message());
  }

  /** The same, if it ran until its process ended without a word; nobody knows when that was. */
  Attempt died() {
    return ended(
        State.FAILED,
        null,
        ErrorCode.INTERNAL.exitStatus(),
        ErrorCode.INTERNAL.name(),
        "its process is gone without a word: killed, or its machine went down; run it again");
  }

  private Attempt named(@Nullable String ofRun, @Nullable String published) {
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
        ofRun,
        published,
        process);
  }

  private Attempt ended(
      State how,
      @Nullable String when,
      int status,
      @Nullable String failure,
      @Nullable String why) {
    return new Attempt(
        schemaVersion,
        label,
        command,
        how,
        started,
        when,
        status,
        failure,
        why,
        run,
        release,
        process);
  }

  /** Whether it ended because another held the lease. */
  boolean isRefused() {
    return ErrorCode.RUN_IN_PROGRESS.name().equals(code);
  }

  /** Whether its process is known to have ended. */
  boolean isGone() {
    return process != null && ThisProcess.isGone(process);
  }

  /** When it started; 1970 if that is no time. */
  Instant begun() {
    try {
      return Instant.parse(started);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /** What it tells of itself where it holds the lease of the output. */
  String holder() {
    return "%s%s%s%s".formatted(command, run == null ? "" : " " + run, HOLDER, label);
  }

  /** The label of the attempt that tells so of itself; nothing if it is none. */
  static Optional<String> labelOf(String holder) {
    int at = holder.indexOf(HOLDER);
    return at < 0 ? Optional.empty() : Optional.of(holder.substring(at + HOLDER.length()));
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

  /**
   * An attempt by its JSON; nothing if that tells none.
   *
   * @throws JsonProcessingException if it is no JSON
   */
  static Optional<Attempt> of(byte[] json) throws IOException {
    return Optional.ofNullable(JSON.readValue(json, Attempt.class))
        .filter(
            attempt ->
                Stream.of(attempt.label, attempt.command, attempt.state, attempt.started)
                        .allMatch(Objects::nonNull)
                    && attempt.begun().isAfter(Instant.EPOCH));
  }
}
