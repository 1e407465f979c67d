package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run whose process is killed, as by a machine that goes down, and started again until it ends.
 * Source of truth: the release of a run that nothing disturbed.
 */
class KilledDriverTest {
  private static final int SHORTEST_MILLIS = 4_000;
  private static final int LONGEST_MILLIS = 30_000;

  @TempDir Path folder;

  @Test
  void threeKillsChangeNoByte() throws Exception {
    killed(3, 20260103);
  }

  @Test
  @Tag("slow")
  void twentyKillsChangeNoByte() throws Exception {
    killed(20, 20260120);
  }

  /** As a scheduler ends a job: SIGTERM. The run published before, and its page says so. */
  @Test
  void aSignalMarksTheRunAsFailedAndLeavesNoPageThatSaysSucceeded() throws Exception {
    TinyCountry country = TinyCountry.get();
    Path output = folder.resolve("out");
    FileUtils.copyDirectory(country.undisturbed().toFile(), output.toFile());
    Path run = output.resolve("runs").resolve(Jobs.release(output).getFileName());
    Path page = run.resolve("run-report.html");
    assertThat(page).content().contains("succeeded");
    Path log = folder.resolve("log");
    Process process = Jobs.start(2, 2, log, country.arguments(output, new String[] {"--force"}));
    while (Files.exists(page) && process.isAlive()) {
      Thread.sleep(20);
    }
    process.destroy();
    assertThat(process.waitFor()).as(Files.readString(log)).isEqualTo(143);
    assertThat(run.resolve("_FAILED")).exists();
    assertThat(run.resolve("_SUCCESS")).doesNotExist();
    if (Files.exists(page)) {
      assertThat(page).content().doesNotContain("succeeded");
    }
    Jobs.Outcome told = Jobs.runHere("status", "--output", output.toString());
    assertThat(told.status()).isEqualTo(130);
    assertThat(told.out()).contains("a signal ended the process; run it again");
    assertThat(Jobs.hashes(Jobs.release(output))).isEqualTo(country.release());
  }

  /** Kills at random times; a run that ends sooner is made again from its start. */
  private void killed(int kills, long seed) throws Exception {
    Random random = new Random(seed);
    System.out.println("seed " + seed);
    TinyCountry country = TinyCountry.get();
    Path output = folder.resolve("out");
    int killed = 0;
    while (killed < kills) {
      int millis = SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS);
      if (run(country, output, millis)) {
        killed++;
        System.out.println("killed after " + millis + " ms");
        assertThat(Jobs.runHere("status", "--output", output.toString()).status())
            .isEqualTo(toldOfKilled(output));
      }
      Path releases = output.resolve("releases");
      if (Files.exists(releases.resolve("CURRENT"))) {
        assertThat(Jobs.hashes(Jobs.release(output))).isEqualTo(country.release());
        FileUtils.deleteDirectory(output.toFile());
      }
    }
    assertThat(run(country, output, Integer.MAX_VALUE)).isFalse();
    assertThat(Jobs.hashes(Jobs.release(output))).isEqualTo(country.release());
  }

  /**
   * What status tells of a process that is gone: nothing yet, that it died, or that it was done.
   */
  private static int toldOfKilled(Path output) {
    return AttemptFiles.find(output.toString(), "", new Configuration())
        .map(last -> last.state() == Attempt.State.RUNNING ? 70 : 0)
        .orElse(3);
  }

  /** Whether it had to be killed. */
  private boolean run(TinyCountry country, Path output, int millis)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Process process = Jobs.start(2, 2, log, country.arguments(output));
    if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
      return true;
    }
    assertThat(process.exitValue()).as(Files.readString(log, StandardCharsets.UTF_8)).isZero();
    return false;
  }
}
