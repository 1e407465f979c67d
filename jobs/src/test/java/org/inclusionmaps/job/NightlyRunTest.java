package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run in a process of its own, as a scheduler starts it, and all that it tells operators.
 */
class NightlyRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "a-secret-of-the-webhook";

  @TempDir static Path folder;

  private static final List<JsonNode> HOOKED = new CopyOnWriteArrayList<>();
  private static final List<String> TOKENS = new CopyOnWriteArrayList<>();
  private static final List<JsonNode> LINEAGE = new CopyOnWriteArrayList<>();
  private static HttpServer server;
  private static Path run;
  private static JsonNode report;
  private static List<String> said = List.of();

  @BeforeAll
  static void runOnceAsASchedulerDoes() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listen("/hook", HOOKED);
    listen("/lineage", LINEAGE);
    server.start();
    Path country = folder.resolve("country");
    assertThat(Jobs.run("sample", "--scale", "0.05", "--out", country.toString()).status())
        .isZero();
    String here = "http://operator:pass-word@127.0.0.1:" + server.getAddress().getPort();
    int status =
        start(
            "run",
            "--config",
            country.resolve("inclusion.yaml").toString(),
            "--set",
            "output.path=" + folder.resolve("out"),
            "--set",
            "uncertainty.replicates=1",
            "--set",
            "operations.webhook=" + here + "/hook?key=in-the-address",
            "--set",
            "operations.openlineage_url=" + here + "/lineage");
    said = Files.readAllLines(folder.resolve("stderr"));
    assertThat(status).as(String.join("\n", said)).isZero();
    try (Stream<Path> runs = Files.list(folder.resolve("out/runs"))) {
      run = runs.findFirst().orElseThrow();
    }
    report = JSON.readTree(run.resolve("run-report.json").toFile());
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static void listen(String path, List<JsonNode> into) {
    server.createContext(
        path,
        exchange -> {
          into.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          TOKENS.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
  }

  private static int start(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-opens") || option.startsWith("-X"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Dlog4j2.configurationFile=../conf/log4j2-json.properties");
    Map<String, String> spark =
        Map.of(
            "spark.master", "local[2]",
            "spark.ui.enabled", "false",
            "spark.driver.host", "127.0.0.1",
            "spark.sql.session.timeZone", "UTC",
            "spark.sql.shuffle.partitions", "2",
            "spark.metrics.namespace", "inclusion",
            "spark.metrics.conf.driver.sink.csv.class", "org.apache.spark.metrics.sink.CsvSink",
            "spark.metrics.conf.driver.sink.csv.directory", folder.resolve("csv").toString());
    spark.forEach((key, value) -> command.add("-D" + key + "=" + value));
    Files.createDirectories(folder.resolve("csv"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("INCLUSION_LOG", "json");
    process.environment().put("INCLUSION_WEBHOOK_TOKEN", TOKEN);
    process.redirectError(folder.resolve("stderr").toFile());
    process.redirectOutput(folder.resolve("stdout").toFile());
    return process.start().waitFor();
  }

  @Test
  void everyLineOfStandardErrorIsJsonWithRunAttemptReleaseAndStage() throws IOException {
    List<String> stages = new ArrayList<>();
    boolean named = false;
    for (String line : said) {
      JsonNode json = JSON.readTree(line);
      assertThat(json.path("ts").asText()).as(line).matches("2\\d{3}-\\d\\d-\\d\\dT.*Z");
      assertThat(json.has("attempt") && json.has("release") && json.has("msg")).as(line).isTrue();
      named |= !json.path("run").asText().isEmpty();
      if (named) {
        assertThat(json.path("run").asText()).as(line).isEqualTo(report.path("run").asText());
        assertThat(json.path("attempt").asText())
            .isEqualTo(report.path("attempt").path("attempt").asText());
      }
      stages.add(json.path("stage").asText());
    }
    assertThat(named).isTrue();
    assertThat(stages).contains("none", "population", "inclusion").doesNotContain("");
  }

  @Test
  void aLineTellsItsStageAndRunOnce() {
    boolean within = false;
    for (String line : said) {
      JsonNode json = read(line);
      assertThat(json.path("context").properties())
          .as(line)
          .noneMatch(pair -> pair.getKey().matches("(.*[.])?(run|stage)"));
      within |= json.path("stage").asText().equals("population");
    }
    assertThat(within).isTrue();
  }

  @Test
  void aGoodNightDoesNotWarnOfTheTextOfAPlan() {
    assertThat(said).noneMatch(line -> read(line).path("logger").asText().contains("StringUtils"));
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(line, e);
    }
  }

  @Test
  void noSecretIsInLogsOrReports() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(TOKEN, "pass-word", "in-the-address");
      }
    }
  }

  @Test
  void theReportSumsTheTasksOfEachStage() {
    Map<String, JsonNode> stages = new TreeMap<>();
    report.path("stages").forEach(stage -> stages.put(stage.path("stage").asText(), stage));
    assertThat(stages).containsKeys("ingest census", "ingest radio_cells", "signal", "release");
    report
        .path("stages")
        .forEach(
            stage -> {
              assertThat(stage.path("outcome").asText()).isEqualTo("done");
              assertThat(stage.path("tasks").asLong()).as(stage.toString()).isPositive();
              assertThat(stage.path("failed_tasks").asLong()).isZero();
            });
    JsonNode census = stages.get("ingest census");
    assertThat(census.path("rows").asLong())
        .isEqualTo(report.path("inputs").path("census").get(0).path("ok").asLong());
    assertThat(census.path("output_records").asLong()).isEqualTo(census.path("rows").asLong());
    assertThat(stages.get("signal").path("rows").asLong())
        .isEqualTo(report.path("rows").path("signal").asLong());
    assertThat(stages.get("signal").path("output_bytes").asLong())
        .isGreaterThanOrEqualTo(bytes(run.resolve("signal")));
  }

  @Test
  void theReportTellsEachStageOnceWithItsTable() {
    List<String> tables = new ArrayList<>();
    for (JsonNode stage : report.path("stages")) {
      if (stage.has("table")) {
        String table = stage.path("table").asText();
        tables.add(table);
        assertThat(stage.path("bytes").asLong()).isEqualTo(bytes(run.resolve(table)));
        assertThat(stage.path("files").asLong()).as(table).isPositive();
      }
    }
    List<String> written = new ArrayList<>();
    report.path("rows").fieldNames().forEachRemaining(written::add);
    report.path("inputs").fieldNames().forEachRemaining(written::add);
    assertThat(tables).containsExactlyInAnyOrderElementsOf(written);
  }

  private static long bytes(Path table) {
    try (Stream<Path> files = Files.list(table)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static double csv(String gauge) throws IOException {
    String end = ".driver.plugin.org.inclusionmaps.operations.MetricsPlugin." + gauge + ".csv";
    List<String> lines = Files.readAllLines(folder.resolve("csv/inclusion" + end));
    return Double.parseDouble(lines.get(lines.size() - 1).split(",", -1)[1]);
  }

  @Test
  void sparksOwnMetricsHaveTheNumbersOfTheReport() throws IOException {
    long rows = 0;
    long bytes = 0;
    for (JsonNode stage : report.path("stages")) {
      rows += stage.path("rows").asLong();
      bytes += stage.path("output_bytes").asLong();
    }
    assertThat(csv("stages_done")).isEqualTo(report.path("stages").size());
    assertThat(csv("rows_written")).isEqualTo((double) rows);
    assertThat(csv("written_bytes")).isEqualTo((double) bytes);
    assertThat(csv("exit_status")).isZero();
    assertThat(csv("rows_quarantined")).isZero();
    assertThat(csv("persons")).isEqualTo(indicator("persons"));
    assertThat(csv("persons_lacking")).isEqualTo(indicator("lacking_persons")).isPositive();
  }

  /** The figure of the whole country, everybody, as the release has it. */
  private static double indicator(String name) throws IOException {
    List<String> found =
        Files.readAllLines(Jobs.release(folder.resolve("out")).resolve("indicators.csv"));
    List<String> header = List.of(found.get(0).replace("\"", "").split(",", -1));
    return found.stream()
        .map(line -> line.replace("\"", "").split(",", -1))
        .filter(row -> row[header.indexOf("indicator")].equals(name))
        .filter(row -> row[header.indexOf("level")].equals("0"))
        .filter(row -> row[header.indexOf("sex")].equals("all"))
        .filter(row -> row[header.indexOf("age_band")].equals("all"))
        .filter(row -> row[header.indexOf("disability")].equals("all"))
        .mapToDouble(row -> Double.parseDouble(row[header.indexOf("value")]))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theTextForCollectorsIsOpenMetricsWithTheNumbersOfTheReport() throws IOException {
    Map<String, Double> samples =
        OpenMetrics.parse(Files.readString(folder.resolve("out/metrics.prom")));
    assertThat(samples)
        .containsEntry("inclusion_exit_status{country=\"XA\"}", 0.0)
        .containsEntry("inclusion_rows_written{country=\"XA\"}", csv("rows_written"))
        .containsEntry(
            "inclusion_feed_rows{country=\"XA\",outcome=\"ok\",table=\"census\"}",
            report.path("inputs").path("census").get(0).path("ok").asDouble());
    assertThat(samples.get("inclusion_last_success_timestamp_seconds{country=\"XA\"}"))
        .isEqualTo(samples.get("inclusion_end_timestamp_seconds{country=\"XA\"}"));
  }

  @Test
  void theWebhookIsToldTheEndWithItsSecret() {
    assertThat(HOOKED).hasSize(1);
    JsonNode told = HOOKED.get(0);
    assertThat(told.path("outcome").asText()).isEqualTo("succeeded");
    assertThat(told.path("exit_status").asInt(-1)).isZero();
    assertThat(told.path("run").asText()).isEqualTo(report.path("run").asText());
    assertThat(told.path("release").asText())
        .isEqualTo(report.path("attempt").path("release").asText());
    assertThat(TOKENS).contains("/hook Bearer " + TOKEN);
  }

  @Test
  void lineageIsSentAsItIsWritten() throws IOException {
    List<JsonNode> written = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("openlineage.ndjson"))) {
      written.add(JSON.readTree(line));
    }
    assertThat(written).isEqualTo(LINEAGE);
    assertThat(written.stream().map(event -> event.path("eventType").asText()))
        .containsExactly("START", "COMPLETE");
    List<String> outputs = new ArrayList<>();
    written.get(1).path("outputs").forEach(output -> outputs.add(output.path("name").asText()));
    String release = Jobs.release(folder.resolve("out")).toString();
    assertThat(outputs)
        .contains(
            run.resolve("signal").toString(),
            release + "/inclusion.pmtiles",
            release + "/rasters/lacking_pct.tif");
    LineageReader.readsStrictly(run.resolve("openlineage.ndjson"));
  }

  @Test
  void thePageTellsWhatTheReportTells() throws IOException {
    String page = Files.readString(run.resolve("run-report.html"));
    assertThat(page)
        .contains("Run of XA: succeeded", report.path("run").asText(), ">population</th>")
        .doesNotContain("<script", "<link", "src=", "href=\"http");
    report
        .path("rows")
        .properties()
        .forEach(
            table ->
                assertThat(page)
                    .contains(
                        String.format(Locale.ROOT, "<td>%,d</td>", table.getValue().asLong())));
  }
}
