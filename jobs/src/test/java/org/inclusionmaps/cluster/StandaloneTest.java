package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inclusionmaps.job.Jobs;
import org.inclusionmaps.testing.ChildProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our jar on a standalone cluster whose master, workers and executors are processes. */
class StandaloneTest {
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static Path folder;
  private static SparkHome home;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    folder = Country.folder("standalone");
    home = SparkHome.ours(folder.resolve("spark home"));
    cluster = StandaloneCluster.start(home, folder);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void twoExecutorsWriteTheReleaseOfOneThread() throws Exception {
    Path output = folder.resolve("by two executors");
    long before = executors();
    Path project = Files.createSymbolicLink(folder.resolve("a project"), SparkHome.PROJECT);
    try (ChildProcess client =
        home.submit(
            project.resolve("scripts/submit"),
            folder.resolve("client.log"),
            Map.of(),
            options("7", "--conf", "spark.sql.adaptive.enabled=true"),
            Country.run(output.toString()))) {
      assertThat(client.ends(LONGEST)).as(client.said()).isZero();
    }
    assertThat(executors() - before).isEqualTo(2);
    assertThat(Jobs.hashes(Jobs.release(output))).isEqualTo(Country.release());
  }

  @Test
  @Tag("slow")
  void aDriverInsideTheClusterWritesTheReleaseOfOneThread() throws Exception {
    Path output = folder.resolve("by a driver inside");
    List<String> command = new ArrayList<>(Country.run(output.toString()));
    command.addAll(List.of("--attempt", "tonight"));
    String driver = submitDriver("cluster.log", command);
    assertThat(cluster.driverState(driver)).isEqualTo("FINISHED");
    assertThat(statusOf("tonight", output)).isZero();
    assertThat(statusOf("another night", output)).isEqualTo(3);
    assertThat(Jobs.hashes(Jobs.release(output))).isEqualTo(Country.release());
  }

  @Test
  void theStatusOfAClientIsThatOfTheCommand() throws Exception {
    try (ChildProcess client =
        home.submit(folder.resolve("wrong.log"), Map.of(), options("7"), wrong())) {
      assertThat(client.ends(LONGEST)).as(client.said()).isEqualTo(2);
      assertThat(client.said()).contains("places.resolution");
    }
  }

  @Test
  void theMasterTellsThatADriverInsideTheClusterIsDone() throws Exception {
    String settings = Country.made().resolve("inclusion.yaml").toString();
    String driver = submitDriver("plan-cluster.log", List.of("plan", "--config", settings));
    assertThat(cluster.driverState(driver)).isEqualTo("FINISHED");
  }

  /** Whatever happens to its driver, spark-submit says 0: a scheduler has to ask somebody else. */
  @Test
  void aDriverInsideTheClusterFailsWhileSparkSubmitSaysThatAllIsWell() throws Exception {
    assertThat(cluster.driverState(submitDriver("wrong-cluster.log", wrong()))).isEqualTo("FAILED");
  }

  /** What {@code inclusion status} ends with, for schedulers that learn nothing of spark-submit. */
  private static int statusOf(String attempt, Path output) throws Exception {
    try (ChildProcess status =
        home.submit(
            folder.resolve("status of " + attempt + ".log"),
            Map.of(),
            List.of("--master", "local[1]"),
            List.of("status", "--output", output.toString(), "--attempt", attempt))) {
      return status.ends(LONGEST);
    }
  }

  private static List<String> wrong() throws Exception {
    return Country.runWith(
        "places.resolution=99",
        Country.made().resolve("inclusion.yaml").toString(),
        folder.resolve("wrong").toString());
  }

  /** Waits until the driver has ended, for which spark-submit must say 0; the driver's name. */
  private static String submitDriver(String log, List<String> command) throws Exception {
    try (ChildProcess client =
        home.submit(
            folder.resolve(log),
            Map.of(),
            options(
                "64",
                "--deploy-mode",
                "cluster",
                "--conf",
                "spark.standalone.submit.waitAppCompletion=true",
                "--conf",
                "spark.sql.adaptive.enabled=false"),
            command)) {
      assertThat(client.ends(LONGEST)).as(client.said()).isZero();
      return client.says("State of driver (driver-[0-9-]+) is \\w+, exiting", 1, LONGEST).group(1);
    }
  }

  private static List<String> options(String partitions, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--master",
                cluster.master(),
                "--executor-memory",
                "768m",
                "--executor-cores",
                "1",
                "--total-executor-cores",
                "2",
                "--conf",
                "spark.sql.shuffle.partitions=" + partitions));
    options.addAll(List.of(more));
    return options;
  }

  /** How many executors of clients' applications have worked so far. */
  private static long executors() throws IOException {
    try (Stream<Path> logs = Files.walk(folder)) {
      return logs.filter(path -> path.endsWith("stderr"))
          .filter(path -> path.getParent().getParent().getFileName().toString().startsWith("app-"))
          .count();
    }
  }
}
