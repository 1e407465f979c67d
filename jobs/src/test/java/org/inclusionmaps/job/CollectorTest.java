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
    Path own = run("own", 100);
    Path newest = run("newest", 1);
    Path old = run("old", 2);
    Files.createDirectories(old.resolve("quarantine/survey"));
    Files.writeString(old.resolve("quarantine/survey/part-0.parquet"), "a row");
    Path oldest = run("oldest", 3);
    Path frame = run("frame-1", 50);
    Path probe = Files.createDirectories(output.resolve("_probe-1"));
    Collector.collect(
        settings("output.keep_runs=2"),
        "own",
        Instant.now().plusSeconds(60).toEpochMilli(),
        new Configuration());
    assertThat(List.of(own, newest, frame)).allMatch(Files::exists);
    assertThat(List.of(old, oldest, probe)).noneMatch(Files::exists);
    assertThat(output.resolve("access/00000001.json"))
        .content()
        .contains("planned", "\"command\":\"run\"", "runs/old/quarantine/survey");
    assertThat(output.resolve("access/00000002.json")).content().contains("done");
  }

  @Test
  void whatIsYoungerThanTheLeaseStays() throws Exception {
    Path probe = Files.createDirectories(output.resolve("_probe-1"));
    Collector.collect(settings("output.keep_runs=1"), "own", 0, new Configuration());
    assertThat(probe).exists();
  }

  @Test
  void aFaultIsNoFailureOfTheRun() throws Exception {
    Files.writeString(output.resolve("access"), "no folder, so no deletion can be noted");
    Path old = run("old", 2);
    Files.createDirectories(old.resolve("survey"));
    Collector.collect(settings("output.keep_runs=1"), "own", 0, new Configuration());
    assertThat(old).exists();
  }
}
