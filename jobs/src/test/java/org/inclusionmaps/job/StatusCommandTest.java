package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.operations.Failure;
import org.inclusionmaps.security.Lease;
import org.inclusionmaps.security.ThisProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exit status of an attempt, told again to a scheduler. */
class StatusCommandTest {
  private static final String LABEL = "scheduled__2026-11-29T00:00:00+00:00";

  @TempDir Path output;

  private void attempt(String label, Attempts.Work work) {
    Attempts.record("run", label, output.toString(), new Configuration(), work);
  }

  private void write(Attempt attempt) {
    AttemptFiles.write(attempt, output.toString(), new Configuration());
  }

  private Jobs.Outcome status(String... more) {
    String[] arguments = new String[3 + more.length];
    arguments[0] = "status";
    arguments[1] = "--output";
    arguments[2] = output.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Jobs.runHere(arguments);
  }

  @Test
  void anAttemptThatIsDoneEndsWithZeroAndTellsItsRelease() {
    attempt(
        LABEL,
        attempts -> {
          attempts.ofRun("abc");
          return "abc-1";
        });
    Jobs.Outcome told = status("--attempt", LABEL);
    assertThat(told.status()).isZero();
    assertThat(told.out())
        .contains(LABEL + ": run done")
        .contains("run      abc")
        .contains("release  abc-1");
  }

  @Test
  void anAttemptThatFailedEndsWithItsOwnStatus() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    attempt(
                        LABEL,
                        attempts -> {
                          throw new InclusionException(ErrorCode.CONTRACT_BROKEN, "cells: broken");
                        })))
        .isInstanceOf(InclusionException.class);
    Jobs.Outcome told = status("--attempt", LABEL);
    assertThat(told.status()).isEqualTo(4);
    assertThat(told.out()).contains("failed").contains("[CONTRACT_BROKEN] cells: broken");
  }

  @Test
  void aReleaseThatIsOutIsToldThoughSomethingFailedAfterIt() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    attempt(
                        LABEL,
                        attempts -> {
                          attempts.published("abc-1");
                          throw new InclusionException(ErrorCode.RESOURCES_EXHAUSTED, "disk full");
                        })))
        .isInstanceOf(InclusionException.class);
    Jobs.Outcome told = status("--attempt", LABEL);
    assertThat(told.status()).isEqualTo(6);
    assertThat(told.out()).contains("release  abc-1").contains("disk full");
  }

  @Test
  void theLastNightsSuccessIsNotTakenForThisNights() {
    attempt("yesterday", attempts -> "old");
    Jobs.Outcome told = status("--attempt", "today");
    assertThat(told.status()).isEqualTo(3);
    assertThat(told.err())
        .contains("no attempt today is recorded")
        .contains("log of the submission");
  }

  @Test
  void anAttemptThatRunsIsSeven() {
    write(Attempt.begin(LABEL, "run", Clock.systemUTC()));
    assertThat(status("--attempt", LABEL).status()).isEqualTo(7);
  }

  /** As {@code --attempt} of a process that is killed before it holds the lease. */
  @Test
  void anAttemptWhoseProcessIsGoneHasFailed() throws Exception {
    running(LABEL, goneProcess());
    Jobs.Outcome told = status("--attempt", LABEL);
    assertThat(told.status()).isEqualTo(70);
    assertThat(told.out()).contains("run failed").contains("its process is gone without a word");
    assertThat(status("--attempt", LABEL, "--json").out())
        .contains("\"state\" : \"FAILED\"")
        .contains("\"exit_status\" : 70");
  }

  @Test
  void anAttemptHasFailedOnceAnotherTookItsLease() throws Exception {
    assumeTrue(!ThisProcess.name().isEmpty(), "needs the /proc of Linux");
    Attempt dead = Attempt.begin(LABEL, "run", Clock.systemUTC()).ofRun("abc");
    write(dead);
    try (Lease lease = Lease.take(output.toString(), dead.holder(), 120, new Configuration())) {
      lease.confirm();
      assertThat(status("--attempt", LABEL).status()).isEqualTo(7);
      forgetHolders();
      takeTheLease("next");
    }
    Jobs.Outcome told = status("--attempt", LABEL);
    assertThat(told.status()).isEqualTo(70);
    assertThat(told.out()).contains("run failed").contains("run      abc");
    assertThat(status("--attempt", "next").status()).isZero();
  }

  @Test
  void aSecondStartUnderTheLabelOfOneThatDiedIsNotTakenForIt() throws Exception {
    Attempt dead = Attempt.begin(LABEL, "run", Clock.systemUTC()).ofRun("abc");
    try (Lease lease = Lease.take(output.toString(), dead.holder(), 120, new Configuration())) {
      lease.confirm();
      running(LABEL, "another machine 4711 1"); // the second start
      forgetHolders();
      takeTheLease("next");
    }
    assertThat(status("--attempt", LABEL).status()).isEqualTo(7);
  }

  private void takeTheLease(String label) {
    attempt(
        label,
        attempts -> {
          attempts.lease(120).close();
          return null;
        });
  }

  private void running(String label, String process) throws Exception {
    write(Attempt.begin(label, "run", Clock.systemUTC()).ofRun("abc"));
    Path file;
    try (Stream<Path> files = Files.list(output.resolve("attempts"))) {
      file = files.findFirst().orElseThrow();
    }
    Files.writeString(file, Files.readString(file).replace(ThisProcess.name(), process));
  }

  private static String goneProcess() throws Exception {
    assumeTrue(!ThisProcess.name().isEmpty(), "needs the /proc of Linux");
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    String[] words = ThisProcess.name().split(" ");
    words[words.length - 2] = Long.toString(gone.pid());
    return String.join(" ", words);
  }

  /** As if the holders in this process were in another that died. */
  private static void forgetHolders() {
    System.getProperties().remove("org.inclusionmaps.security.Claim");
  }

  @ParameterizedTest
  @MethodSource("alike")
  void labelsThatLookAlikeAreTwo(String one, String other) {
    attempt(one, attempts -> "one");
    attempt(other, attempts -> "other");
    assertThat(status("--attempt", one).out()).contains("release  one");
    assertThat(status("--attempt", other).out()).contains("release  other");
  }

  static Stream<Arguments> alike() {
    return Stream.of(
        Arguments.of("a:b", "a_b"),
        Arguments.of("a:b", "a/b"),
        Arguments.of("x".repeat(300), "x".repeat(301)),
        Arguments.of("é".repeat(100), "è".repeat(100)));
  }

  @Test
  void withoutALabelItIsTheOneThatStartedLast() {
    attempt("b", attempts -> "first");
    Clock later = Clock.offset(Clock.systemUTC(), java.time.Duration.ofHours(1));
    write(Attempt.begin("a", "run", later).done("second", later));
    assertThat(status().out()).contains("release  second");
    assertThat(status("--json").out()).contains("\"label\" : \"a\"").contains("\"schema_version\"");
  }

  @Test
  void aStartThatWasRefusedForAnothersLeaseHidesNoRun() {
    attempt("a", attempts -> "first");
    Clock later = Clock.offset(Clock.systemUTC(), java.time.Duration.ofHours(1));
    InclusionException held = new InclusionException(ErrorCode.RUN_IN_PROGRESS, "another runs");
    write(Attempt.begin("b", "run", later).failed(Failure.of(held), later));
    assertThat(status().out()).contains("release  first");
    assertThat(status("--attempt", "b").status()).isEqualTo(7);
  }

  @Test
  void nothingStartedIsThree() {
    Jobs.Outcome told = status();
    assertThat(told.status()).isEqualTo(3);
    assertThat(told.err()).contains("no attempt is recorded in " + output);
  }

  @Test
  void aFaultInRecordingDoesNotChangeWhatTheWorkDid() throws Exception {
    Files.writeString(output.resolve("attempts"), "a file in the folder's place");
    attempt(LABEL, attempts -> "release");
    assertThat(output.resolve("attempts")).isRegularFile();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "null",
        "[1]",
        "{\"label\": \"x\", \"state\": \"LOST\"}",
        "{\"label\": \"bad\", \"command\": \"run\", \"state\": \"DONE\", \"started\": \"zzz\"}"
      })
  void aDamagedRecordOfOneAttemptHidesNoOther(String text) throws Exception {
    attempt("good", attempts -> "release");
    Files.writeString(output.resolve("attempts/bad.json"), text);
    assertThat(status().out()).contains("good: run done");
    assertThat(status("--attempt", "bad").status()).isEqualTo(3);
  }

  @Test
  void aRecordOfANewerVersionThatTellsMoreIsRead() throws Exception {
    attempt("newer", attempts -> "release");
    Path file = output.resolve("attempts/newer.json");
    Files.writeString(file, Files.readString(file).replaceFirst("[{]", "{\"more\": 1,"));
    assertThat(status("--attempt", "newer").status()).isZero();
  }

  @Test
  void whatSparkSubmitWasToldOfFileSystemsIsKnownWithoutSpark() {
    System.setProperty("spark.hadoop.fs.s3a.endpoint", "http://store.example.org");
    try {
      assertThat(Sessions.hadoop().get("fs.s3a.endpoint")).isEqualTo("http://store.example.org");
    } finally {
      System.clearProperty("spark.hadoop.fs.s3a.endpoint");
    }
  }
}
