package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.inclusionmaps.job.Jobs;
import org.inclusionmaps.testing.ChildProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Executors that are killed or stopped while they work. Source of truth: the release by one thread,
 * which nothing disturbed.
 */
class KilledExecutorsTest {
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static final int SHORTEST_MILLIS = 3_000;
  private static final int LONGEST_MILLIS = 12_000;

  private static Path folder;
  private static SparkHome home;

  @BeforeAll
  static void makeFolder() throws Exception {
    folder = Country.folder("killed executors");
    home = SparkHome.ours(folder.resolve("spark"));
  }

  @Test
  void threeKilledExecutorsChangeNoByte() throws Exception {
    killed("three", 3, 20260304);
  }

  @Test
  @Tag("slow")
  void twentyKilledExecutorsChangeNoByte() throws Exception {
    killed("twenty", 20, 20260305);
  }

  /** A stopped executor is neither dead nor alive: what it does is done again beside it. */
  @Test
  @Tag("slow")
  void anExecutorThatStandsStillBesideSpeculationChangesNoByte() throws Exception {
    Random random = new Random(20260306);
    Path output = folder.resolve("of one that stands still");
    try (ChildProcess job =
        start(
            output,
            "--conf",
            "spark.speculation=true",
            "--conf",
            "spark.speculation.interval=200ms",
            "--conf",
            "spark.speculation.multiplier=1.2",
            "--conf",
            "spark.speculation.quantile=0.1",
            "--conf",
            "spark.executor.heartbeatInterval=2s",
            "--conf",
            "spark.network.timeout=30s",
            "--conf",
            "spark.network.timeoutInterval=10s")) {
      ProcessHandle stopped = executor(job, random);
      Thread.sleep(random.nextInt(LONGEST_MILLIS));
      signal("STOP", stopped);
      Thread.sleep(45_000); // longer than it takes Spark to give it up
      signal("CONT", stopped);
      assertThat(job.ends(LONGEST)).as(job.said()).isZero();
    }
    assertThat(Jobs.hashes(Jobs.release(output))).isEqualTo(Country.release());
  }

  /** Kills at random times; a run that ends before they are all done is followed by another. */
  private static void killed(String name, int kills, long seed) throws Exception {
    Random random = new Random(seed);
    System.out.println("seed " + seed);
    int killed = 0;
    for (int run = 0; killed < kills; run++) {
      Path output = folder.resolve(name + " " + run);
      try (ChildProcess job = start(output)) {
        while (killed < kills && job.isAlive()) {
          Thread.sleep(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
          List<ProcessHandle> executors = executors();
          if (!executors.isEmpty() && job.isAlive()) {
            signal("KILL", executors.get(random.nextInt(executors.size())));
            killed++;
          }
        }
        assertThat(job.ends(LONGEST)).as(job.said()).isZero();
      }
      assertThat(Jobs.hashes(Jobs.release(output))).isEqualTo(Country.release());
    }
  }

  /** A run by two executors that bears more deaths of them than a cluster sees in a night. */
  private static ChildProcess start(Path output, String... more) throws Exception {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--master",
                "local-cluster[2,1,1024]",
                "--executor-memory",
                "768m",
                "--conf",
                "spark.sql.shuffle.partitions=4",
                "--conf",
                "spark.task.maxFailures=50",
                "--conf",
                "spark.stage.maxConsecutiveAttempts=50",
                "--conf",
                "spark.deploy.maxExecutorRetries=-1"));
    options.addAll(List.of(more));
    return home.submit(
        folder.resolve(output.getFileName() + ".log"),
        Map.of(),
        options,
        Country.run(output.toString()));
  }

  private static ProcessHandle executor(ChildProcess job, Random random) throws Exception {
    while (job.isAlive()) {
      List<ProcessHandle> executors = executors();
      if (executors.size() == 2) {
        return executors.get(random.nextInt(2));
      }
      Thread.sleep(200);
    }
    throw new AssertionError("the run ended before it had two executors: " + job.said());
  }

  /** The executors of this test's Spark. */
  private static List<ProcessHandle> executors() {
    return ProcessHandle.allProcesses().filter(KilledExecutorsTest::isExecutor).toList();
  }

  private static boolean isExecutor(ProcessHandle process) {
    try {
      String command =
          Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "cmdline"),
              StandardCharsets.ISO_8859_1);
      return command.contains("CoarseGrainedExecutorBackend")
          && command.contains(home.folder().toString());
    } catch (IOException e) {
      return false; // it has ended since it was listed
    }
  }

  private static void signal(String signal, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
        .inheritIO()
        .start()
        .waitFor();
  }
}
