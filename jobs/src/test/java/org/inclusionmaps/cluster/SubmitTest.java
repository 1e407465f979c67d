package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.testing.ChildProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code scripts/submit} hands to spark-submit: here a program that says what it was given.
 */
class SubmitTest {
  private static final String LOGS = "configurationFile=\"" + SparkHome.PROJECT + "/conf/log4j2";
  private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Country.folder("submit to");
    Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.createDirectories(home.resolve("conf"));
    Files.writeString(
        submit,
        "#!/bin/sh\nprintf '[%s]' \"$@\"\ntest -z \"$SPARK_CONF_DIR\" || ls \"$SPARK_CONF_DIR\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void ourSettingsAreGivenWhereNobodyElseNamesThem() throws Exception {
    assertThat(submit(0, "--master", "yarn", "--", "run", "--config", "a b.yaml"))
        .contains("[--conf][spark.sql.session.timeZone=UTC]")
        .contains("[--conf][spark.hadoop.parquet.page.verify-checksum.enabled=true]")
        .contains("[--class][org.inclusionmaps.job.Main][local:/maps.jar][run][--config][a b.yaml]")
        .doesNotContain("spark.authenticate");
  }

  @Test
  void whatYourPropertiesFileNamesIsYours() throws Exception {
    Path file = home.resolve("my own.conf");
    Files.writeString(file, "  spark.sql.shuffle.partitions = 400\nspark.serializer:x\n");
    assertThat(submit(0, "--properties-file", file.toString(), "--", "run"))
        .contains("[--properties-file][" + file + "]")
        .contains("spark.sql.session.timeZone")
        .doesNotContain("spark.sql.shuffle.partitions")
        .doesNotContain("spark.serializer");
  }

  @Test
  void whatYourDefaultsNameIsYoursUnlessSparkDoesNotReadThem() throws Exception {
    Files.writeString(home.resolve("conf/spark-defaults.conf"), "spark.serializer x\n");
    Path file = Files.writeString(home.resolve("other.conf"), "spark.a b\n");
    assertThat(submit(0, "--master", "yarn", "--", "run")).doesNotContain("spark.serializer");
    assertThat(submit(0, "--properties-file=" + file, "--", "run")).contains("spark.serializer");
    assertThat(submit(0, "--load-spark-defaults", "--properties-file=" + file, "--", "run"))
        .doesNotContain("spark.serializer");
  }

  @Test
  void ourSettingsOfLogsGoWhereTheyAreRead() throws Exception {
    assertThat(submit(0, "--master", "spark://a:1", "--", "run")).contains(LOGS);
    assertThat(submit(0, "--master", "yarn", "--deploy-mode", "cluster", "--", "run"))
        .contains("spark.yarn.dist.files=" + SparkHome.PROJECT + "/conf/log4j2.properties")
        .doesNotContain(LOGS);
    assertThat(submit(0, "--master", "k8s://a", "--deploy-mode", "cluster", "--", "run"))
        .contains("log4j2.properties")
        .doesNotContain(LOGS);
  }

  @Test
  void logsForMachinesAreAskedForByTheEnvironment() throws Exception {
    String json = SparkHome.PROJECT.resolve("conf/log4j2-json.properties").toString();
    Map<String, String> environment = Map.of("INCLUSION_LOG", "json");
    assertThat(submit(0, environment, "--", "run")).contains("File=\"" + json + "\"");
    assertThat(submit(0, environment, "--master", "yarn", "--", "run"))
        .contains("spark.yarn.dist.files=" + json + "#log4j2.properties");
  }

  @Test
  void yourSettingsOfLogsStay() throws Exception {
    assertThat(submit(0, "--master", "yarn", "--files", "x/log4j2.properties", "--", "run"))
        .doesNotContain("spark.yarn.dist.files")
        .doesNotContain(LOGS);
    assertThat(submit(0, "--driver-java-options", "-Dlog4j2.configurationFile=my.xml", "--", "run"))
        .contains("[--driver-java-options][-Dlog4j2.configurationFile=my.xml]")
        .doesNotContain(LOGS);
  }

  @Test
  void aDriverInsideAStandaloneClusterGetsTheOptionsThatItsMasterForgets() throws Exception {
    assertThat(
            submit(
                0,
                "--master=spark://a:1",
                "--deploy-mode=cluster",
                "--driver-java-options",
                "--add-opens=mine=ALL-UNNAMED",
                "--",
                "run"))
        .contains("--add-opens=java.base/java.nio=ALL-UNNAMED")
        .contains("--add-opens=mine=ALL-UNNAMED]");
  }

  @Test
  void whatReadsPersonsRunsSecured() throws Exception {
    assertThat(submit(0, "--master", "yarn", "--", "measure"))
        .contains("[spark.authenticate=true]")
        .contains("[spark.io.encryption.enabled=true]");
  }

  @Test
  void aCommandWithoutTheDashesIsRefused() throws Exception {
    assertThat(submit(2, "--master", "yarn", "run")).contains("-- must stand before the command");
    assertThat(submit(2, "--master", "yarn")).contains("put -- between");
  }

  private String submit(int status, String... arguments) throws Exception {
    return submit(status, Map.of(), arguments);
  }

  private String submit(int status, Map<String, String> more, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(SparkHome.PROJECT.resolve("scripts/submit").toString());
    command.addAll(List.of(arguments));
    Map<String, String> environment = new HashMap<>(more);
    environment.put("SPARK_HOME", home.toString());
    environment.put("INCLUSION_JAR", "local:/maps.jar");
    try (ChildProcess submit = ChildProcess.start(home.resolve("log"), environment, command)) {
      assertThat(submit.ends(Duration.ofMinutes(1))).as(submit.said()).isEqualTo(status);
      return submit.said();
    }
  }
}
