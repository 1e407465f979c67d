package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.inclusionmaps.testing.ChildProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Our jar, as it is built, on YARN with Spark 4.2.0: no module for YARN of the Spark that we build
 * on is on Maven Central. Another Spark writes other Parquet, so those files are not compared.
 */
@Tag("slow")
class YarnTest {
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static Path folder;
  private static HadoopCluster hadoop;
  private static SparkHome home;

  @BeforeAll
  static void start() throws Exception {
    Path jars = Packaged.jars("yarn");
    folder = Country.folder("yarn");
    hadoop = HadoopCluster.start(folder);
    home = SparkHome.of(folder.resolve("spark"), jars);
  }

  @AfterAll
  static void stop() throws Exception {
    if (hadoop != null) {
      hadoop.close();
    }
  }

  @Test
  void aClientWritesTheSameReleaseWithExecutorsOnYarn() throws Exception {
    Path settings = settings();
    assertThat(status("client", List.of(), Country.run(settings.toString(), out("client"))))
        .isZero();
    assertThat(comparable(hadoop.release("/client"))).isEqualTo(comparable(Country.release()));
  }

  @Test
  void aDriverOnYarnWritesTheSameReleaseAndLogsAsOurSettingsSay() throws Exception {
    List<String> options = List.of("--deploy-mode", "cluster", "--files", settings().toString());
    assertThat(status("cluster", options, Country.run("country.yaml", out("cluster")))).isZero();
    assertThat(comparable(hadoop.release("/cluster"))).isEqualTo(comparable(Country.release()));
    for (Path log : hadoop.containerLogs("stderr")) {
      assertThat(Files.readString(log)).as(log.toString()).doesNotContain(" INFO SparkContext");
    }
  }

  /** YARN knows only that a driver failed; how, its own log and our exit status there tell. */
  @Test
  void aDriverOnYarnThatIsRefusedItsSettingsMakesTheClientFailWithoutASecondAttempt()
      throws Exception {
    List<String> options = List.of("--deploy-mode", "cluster", "--files", settings().toString());
    List<String> command = Country.runWith("places.resolution=99", "country.yaml", out("wrong"));
    assertThat(status("wrong", options, command)).isEqualTo(1);
    List<String> told = new ArrayList<>();
    for (Path log : hadoop.containerLogs("stderr")) {
      if (Files.readString(log).contains("places.resolution")) {
        told.add(log.toString());
      }
    }
    assertThat(told).hasSize(1);
  }

  private static Path settings() throws Exception {
    return Country.settingsFor(hadoop.address("/country/inputs"), folder.resolve("country.yaml"));
  }

  private static String out(String name) {
    return hadoop.address("/" + name);
  }

  private static int status(String name, List<String> more, List<String> command) throws Exception {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--master", "yarn", "--properties-file"));
    options.add(SparkHome.PROJECT.resolve("conf/cluster/yarn.conf").toString());
    options.addAll(List.of("--num-executors", "2", "--executor-cores", "1"));
    options.addAll(List.of("--executor-memory", "768m"));
    options.addAll(List.of("--conf", "spark.dynamicAllocation.enabled=false"));
    options.addAll(List.of("--conf", "spark.sql.shuffle.partitions=7"));
    options.addAll(List.of("--conf", "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1"));
    options.addAll(List.of("--conf", "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1"));
    options.addAll(List.of("--conf", "spark.yarn.jars=local:" + home.folder() + "/jars/*"));
    options.addAll(more);
    Map<String, String> environment =
        Map.of(
            "HADOOP_CONF_DIR", hadoop.settings().toString(),
            "YARN_CONF_DIR", hadoop.settings().toString());
    try (ChildProcess client =
        home.submit(folder.resolve(name + ".log"), environment, options, command)) {
      return client.ends(LONGEST);
    }
  }

  /** All but GeoParquet, and what states the sha256 of such files. */
  private static SortedMap<String, String> comparable(SortedMap<String, String> release) {
    SortedMap<String, String> rest = new TreeMap<>(release);
    rest.keySet().removeIf(name -> name.endsWith(".parquet"));
    rest.keySet().removeIf(name -> name.matches("manifest.json|stac/(areas|inclusion)-.*"));
    assertThat(rest).containsKeys("indicators.csv", "inclusion.pmtiles");
    return rest;
  }
}
