package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inclusionmaps.testing.ChildProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What Spark asks of Kubernetes when we submit with our settings. The server keeps what it is told
 * and starts nothing.
 */
class KubernetesTest {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static JsonNode pod;
  private static JsonNode settings;

  @BeforeAll
  static void submit() throws Exception {
    Path folder = Country.folder("kubernetes");
    SparkHome home = SparkHome.of(folder.resolve("spark"), withKubernetes(folder.resolve("jars")));
    try (ChildProcess server = server(folder)) {
      String address = server.says("ready (\\S+)", 1, LONGEST).group(1);
      Path files = SparkHome.PROJECT.resolve("conf/cluster");
      List<String> options = new ArrayList<>(List.of("--master", "k8s://" + address));
      options.addAll(List.of("--deploy-mode", "cluster", "--properties-file"));
      options.add(files.resolve("kubernetes.conf").toString());
      options.add("--conf");
      options.add(
          "spark.kubernetes.driver.podTemplateFile=" + files.resolve("kubernetes-driver.yaml"));
      options.addAll(List.of("--conf", "spark.kubernetes.submission.waitAppCompletion=false"));
      Map<String, String> environment =
          Map.of("KUBECONFIG", "/dev/null", "INCLUSION_JAR", "local:///opt/inclusion/maps.jar");
      List<String> command = List.of("run", "--config", "/etc/inclusion/country.yaml");
      try (ChildProcess client =
          home.submitAsIs(
              SparkHome.PROJECT.resolve("scripts/submit"),
              folder.resolve("client.log"),
              environment,
              options,
              command)) {
        assertThat(client.ends(LONGEST)).as(client.said()).isZero();
      }
      pod = only(address, "pods");
      settings = only(address, "configmaps").path("data");
    }
  }

  @Test
  void theDriverIsOurCommandFromTheJarInTheImage() {
    JsonNode driver = pod.at("/spec/containers/0");
    List<String> arguments = new ArrayList<>();
    driver.path("args").forEach(argument -> arguments.add(argument.asText()));
    assertThat(arguments)
        .endsWith(
            "--class",
            "org.inclusionmaps.job.Main",
            "local:///opt/inclusion/maps.jar",
            "run",
            "--config",
            "/etc/inclusion/country.yaml");
    assertThat(driver.path("image").asText())
        .isEqualTo("registry.example.org/inclusion-maps:0.1.0");
    assertThat(pod.at("/metadata/labels/spark-version").asText()).isEqualTo("4.1.3");
  }

  @Test
  void theDriverIsNotBegunAgainAndIsNotRoot() {
    assertThat(pod.at("/spec/restartPolicy").asText()).isEqualTo("Never");
    assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/spec/serviceAccountName").asText()).isEqualTo("inclusion");
  }

  @Test
  void theDriverHasAFifthMoreMemoryThanItsHeapAndFindsTheCountrysSettings() {
    JsonNode driver = pod.at("/spec/containers/0");
    assertThat(driver.at("/resources/limits/memory").asText()).isEqualTo("4915Mi"); // 1.2 x 4 GiB
    assertThat(driver.path("volumeMounts").findValuesAsText("mountPath"))
        .contains("/etc/inclusion");
    assertThat(driver.at("/envFrom/0/secretRef/name").asText()).isEqualTo("inclusion");
  }

  @Test
  void ourSettingsOfSparkAndOfLogsReachTheDriver() throws IOException {
    assertThat(settings.path("spark.properties").asText())
        .contains("spark.hadoop.parquet.page.verify-checksum.enabled=true")
        .contains("spark.dynamicAllocation.shuffleTracking.enabled=true")
        .contains("spark.sql.shuffle.partitions=200") // of kubernetes.conf, not of our defaults
        .doesNotContain("spark.driver.bindAddress");
    assertThat(settings.path("log4j2.properties").asText())
        .isEqualTo(Files.readString(SparkHome.PROJECT.resolve("conf/log4j2.properties")));
  }

  private static ChildProcess server(Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(SparkHome.JAVA.split(" ")));
    command.addAll(List.of("-Xmx128m", "-cp", Packaged.need("spark/jars") + "/*"));
    command.add(Path.of("src/test/cluster/kubernetes/KubernetesServer.java").toString());
    return ChildProcess.start(folder.resolve("server.log"), Map.of(), command);
  }

  /** A folder of links to Spark's jars and to those of its module for Kubernetes. */
  private static Path withKubernetes(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Path jars : List.of(Packaged.need("spark/jars"), Packaged.jars("kubernetes"))) {
      try (Stream<Path> all = Files.list(jars)) {
        for (Path jar : all.toList()) {
          Files.createSymbolicLink(folder.resolve(jar.getFileName()), jar);
        }
      }
    }
    return folder;
  }

  private static JsonNode only(String address, String kind)
      throws IOException, InterruptedException {
    URI all = URI.create(address + "/api/v1/namespaces/inclusion/" + kind);
    String body =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(all).build(), BodyHandlers.ofString())
            .body();
    JsonNode items = new ObjectMapper().readTree(body).path("items");
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
