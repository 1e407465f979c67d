package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.error.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk that is full: a small file system in memory, which only root can mount. */
class DiskFullTest {
  @TempDir Path folder;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    if (run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) != 0) {
      Assumptions.abort("no right to mount a small disk: run as root");
    }
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  @Test
  void aFullDiskEndsWithSixPublishesNothingAndARerunFinishes() throws Exception {
    TinyCountry country = TinyCountry.get();
    long tables = bytes(country.undisturbed().resolve("runs"));
    long release = bytes(country.undisturbed().resolve("releases"));

    for (long size : List.of(tables / 3, tables, tables + release / 2)) {
      resize(size);
      Jobs.Outcome full = Jobs.run(country.arguments(disk.resolve("out")));
      assertThat(full.status())
          .as("a disk of %d bytes: %s", size, full.err())
          .isEqualTo(ErrorCode.RESOURCES_EXHAUSTED.exitStatus());
      assertThat(full.err())
          .contains("[RESOURCES_EXHAUSTED]")
          .containsIgnoringCase("no space left on device")
          .contains("Free disk")
          .contains(disk.resolve("out").toString())
          .doesNotContain("\tat ");
      assertThat(Jobs.run("status", "--output", disk.resolve("out").toString()).status())
          .isEqualTo(ErrorCode.RESOURCES_EXHAUSTED.exitStatus());
      assertThat(disk.resolve("out/releases/CURRENT")).doesNotExist();
    }

    resize(3 * (tables + release));
    Jobs.Outcome run = Jobs.run(country.arguments(disk.resolve("out")));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Jobs.hashes(Jobs.release(disk.resolve("out")))).isEqualTo(country.release());
  }

  @Test
  void howAnAttemptEndedIsRecordedThoughNoByteIsFree() throws Exception {
    Configuration hadoop = Sessions.hadoop();
    Attempt attempt = Attempt.begin("night", "run", Clock.systemUTC());
    AttemptFiles.write(attempt, disk.toString(), hadoop);
    fill();
    AttemptFiles.write(attempt.done("r", Clock.systemUTC()), disk.toString(), hadoop);
    assertThat(AttemptFiles.find(disk.toString(), "night", hadoop).orElseThrow().state())
        .isEqualTo(Attempt.State.DONE);
  }

  private void fill() throws IOException {
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
  }

  private void resize(long bytes) throws Exception {
    assertThat(run("mount", "-o", "remount,size=" + (bytes >> 10) + "k", disk.toString())).isZero();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      System.err.println(String.join(" ", command) + ": " + said);
    }
    return status;
  }

  /** Bytes of files, each in whole pages, as a file system in memory counts them. */
  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .mapToLong(file -> (file.toFile().length() + 4095) / 4096 * 4096)
          .sum();
    }
  }
}
