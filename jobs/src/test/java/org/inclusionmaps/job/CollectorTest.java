package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {
  @TempDir Path output;

  private Settings settings(String more) {
    return SettingsLoader.load(
        List.of(),
        Map.of(),
        List.of(
            "country.id=MU",
            "country.name=Made",
            "release.reference_date='2026-01-01'",
            "output.path=" + output,
            more));
  }

  private Path run(String name, int daysOld) throws IOException {
    Path run = output.resolve("runs").resolve(name);
    Files.createDirectories(run.resolve("census"));
    Files.writeString(run.resolve("census/part-0.parquet"), "rows");
    Path report = Files.writeString(run.resolve(RunReport.NAME), "{}");
    FileTime time = FileTime.from(Instant.now().minus(Duration.ofDays(daysOld)));
    Files.setLastModifiedTime(report, time);
    Files.setLastModifiedTime(run, time);
    return run;
  }

  @Test
  void theNewestRunsStayAndThisOneAndRowsOfPersonsGoWithATrace() throws Exception {
    Path own = run("0000000000000000", 100);
    Path newest = run("1111111111111111", 1);
    Path old = run("2222222222222222", 2);
    Files.createDirectories(old.resolve("quarantine/survey"));
    Files.writeString(old.resolve("quarantine/survey/part-0.parquet"), "a row");
    Path oldest = run("3333333333333333", 3);
    Path frame = run("frame-1111111111111111", 50);
    Path probe = Files.createDirectories(output.resolve("_probe-1"));
    Collector.collect(
        settings("output.keep_runs=2"),
        "0000000000000000",
        Instant.now().plusSeconds(60).toEpochMilli(),
        new Configuration());
    assertThat(List.of(own, newest, frame)).allMatch(Files::exists);
    assertThat(List.of(old, oldest, probe)).noneMatch(Files::exists);
    assertThat(output.resolve("access/00000001.json"))
        .content()
        .contains("planned", "\"command\":\"run\"", "runs/2222222222222222/quarantine/survey");
    assertThat(output.resolve("access/00000002.json")).content().contains("done");
  }

  @Test
  void whatIsYoungerThanTheLeaseStays() throws Exception {
    Path probe = Files.createDirectories(output.resolve("_probe-1"));
    Collector.collect(settings("output.keep_runs=1"), "0000000000000000", 0, new Configuration());
    assertThat(probe).exists();

    // A run that took the lease over, and the folder of somebody else.
    Path younger = run("4444444444444444", 0);
    Path others = run("before-the-upgrade", 300);
    long taken = Instant.now().minus(Duration.ofHours(1)).toEpochMilli();
    Collector.collect(
        settings("output.keep_runs=1"), "0000000000000000", taken, new Configuration());
    assertThat(List.of(younger, others)).allMatch(Files::exists);
  }

  @Test
  void aFaultIsNoFailureOfTheRun() throws Exception {
    Files.writeString(output.resolve("access"), "no folder, so no deletion can be noted");
    Path old = run("2222222222222222", 2);
    Files.createDirectories(old.resolve("survey"));
    long taken = Instant.now().toEpochMilli();
    Collector.collect(
        settings("output.keep_runs=1"), "0000000000000000", taken, new Configuration());
    assertThat(old).exists();
  }
}
