package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exit status of an attempt, told again to a scheduler. */
class StatusCommandTest {
  private static final String LABEL = "scheduled__2026-11-29T00:00:00+00:00";

  @TempDir Path output;

  private void attempt(String label, Attempts.Work work) {
    Attempts.record("run", label, output.toString(), new Configuration(), work);
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
    Attempt.begin(LABEL, "run", Clock.systemUTC()).write(output.toString(), new Configuration());
    assertThat(status("--attempt", LABEL).status()).isEqualTo(7);
  }

  @Test
  void withoutALabelItIsTheOneThatStartedLast() {
    attempt("b", attempts -> "first");
    Clock later = Clock.offset(Clock.systemUTC(), java.time.Duration.ofHours(1));
    Attempt.begin("a", "run", later)
        .done("second", later)
        .write(output.toString(), new Configuration());
    assertThat(status().out()).contains("release  second");
    assertThat(status("--json").out()).contains("\"label\" : \"a\"").contains("\"schema_version\"");
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
  @ValueSource(strings = {"", "{", "{}", "null", "[1]", "{\"label\": \"x\", \"state\": \"LOST\"}"})
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
