package org.inclusionmaps.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.testing.FaultyFileSystem;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a whole run leaves behind, and tells others, when a feed breaks its contract. */
class FailedRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ErrorCode CODE = ErrorCode.CONTRACT_BROKEN;

  /** What the census must not hold, and others must not be told. */
  private static final String VALUE = "a-value-of-the-feed";

  @TempDir static Path folder;

  private static final List<JsonNode> HOOKED = new CopyOnWriteArrayList<>();
  private static final List<JsonNode> LINEAGE = new CopyOnWriteArrayList<>();
  private static HttpServer server;
  private static Path output;
  private static Jobs.Outcome ended;
  private static List<String> changes;
  private static Path run;
  private static JsonNode report;

  @BeforeAll
  static void runOnceOnABadCensus() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listen("/hook", HOOKED);
    listen("/lineage", LINEAGE);
    server.start();
    Path country = folder.resolve("country");
    TinyCountry.get().copyTo(country);
    spoil(country.resolve("inputs/census"));
    output = folder.resolve("out");
    ended =
        run(
            country,
            output,
            "--attempt",
            "bad-night",
            "--set",
            "operations.webhook=" + address("/hook"),
            "--set",
            "operations.openlineage_url=" + address("/lineage"));
    changes = FaultyFileSystem.operations();
    try (Stream<Path> runs = Files.list(output.resolve("runs"))) {
      run = runs.findFirst().orElseThrow();
    }
    report = JSON.readTree(run.resolve("run-report.json").toFile());
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static void listen(String path, List<JsonNode> into) {
    listen(path, into, () -> {});
  }

  /** Something to do with files. */
  private interface Work {
    void run() throws IOException;
  }

  /** Does something before it answers. */
  private static void listen(String path, List<JsonNode> into, Work work) {
    server.createContext(
        path,
        exchange -> {
          into.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          work.run();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
  }

  private static void spoil(Path census) throws IOException {
    Path spoilt = folder.resolve("spoilt");
    SparkExtension.session()
        .read()
        .parquet(census.toString())
        .withColumn("sex", when(col("sex").equalTo("female"), lit(VALUE)).otherwise(col("sex")))
        .write()
        .parquet(spoilt.toString());
    FileUtils.deleteDirectory(census.toFile());
    FileUtils.moveDirectory(spoilt.toFile(), census.toFile());
  }

  /** The output is on a file system that tells in which order it was written to. */
  private static Jobs.Outcome run(Path country, Path output, String... more) {
    FaultyFileSystem.register(SparkExtension.session().sparkContext().hadoopConfiguration());
    FaultyFileSystem.heal();
    return Jobs.runHere(TinyCountry.arguments(country, FaultyFileSystem.address(output), more));
  }

  @Test
  void itEndsWithTheStatusOfTheFailureAndPublishesNothing() {
    assertThat(ended.status()).as(ended.err()).isEqualTo(CODE.exitStatus());
    assertThat(ended.err()).contains("[" + CODE + "]", "census");
    assertThat(run.resolve("_FAILED")).exists();
    assertThat(run.resolve("_SUCCESS")).doesNotExist();
    assertThat(output.resolve("releases/CURRENT")).doesNotExist();
  }

  @Test
  void theReportHasTheFailureWithItsRemedyAndTheStageThatFailed() {
    JsonNode attempt = report.path("attempt");
    assertThat(attempt.path("attempt").asText()).isEqualTo("bad-night");
    assertThat(attempt.path("outcome").asText()).isEqualTo("failed");
    assertThat(attempt.path("exit_status").asInt()).isEqualTo(CODE.exitStatus());
    assertThat(attempt.path("code").asText()).isEqualTo(CODE.name());
    assertThat(attempt.path("message").asText()).contains("census", VALUE);
    assertThat(attempt.path("remedy").asText()).isEqualTo(CODE.remedy());
    assertThat(outcome("ingest census")).isEqualTo("failed");
    assertThat(outcome("ingest areas")).isEqualTo("done");
  }

  private static String outcome(String stage) {
    for (JsonNode told : report.path("stages")) {
      if (told.path("stage").asText().equals(stage)) {
        return told.path("outcome").asText();
      }
    }
    throw new AssertionError("the report does not tell of " + stage);
  }

  @Test
  void thePageBeginsWithTheFailureAndWhatToDo() throws IOException {
    String page = Files.readString(run.resolve("run-report.html"));
    assertThat(page.substring(page.indexOf("<h1>")))
        .startsWith("<h1>Run of XA: failed</h1>")
        .containsSubsequence("<p>[" + CODE + "]", VALUE, "<p>" + CODE.remedy() + "</p>", "<dl>")
        .contains("<dt>Exit status</dt><dd>" + CODE.exitStatus() + "</dd>")
        .contains("<th scope=\"row\">ingest census</th><td class=\"text warn\">failed</td>");
  }

  @Test
  void lineageEndsWithAFailureThatTellsNoValueAndIsSentAsItIsWritten() throws IOException {
    List<JsonNode> written = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("openlineage.ndjson"))) {
      assertThat(line).doesNotContain(VALUE);
      written.add(JSON.readTree(line));
    }
    assertThat(written.stream().map(event -> event.path("eventType").asText()))
        .containsExactly("START", "FAIL");
    assertThat(written.get(1).at("/run/runId")).isEqualTo(written.get(0).at("/run/runId"));
    assertThat(written.get(1).at("/run/facets/errorMessage/message").asText())
        .isEqualTo(CODE + ": " + CODE.remedy());
    assertThat(LINEAGE).isEqualTo(written);
  }

  @Test
  void theWebhookIsToldOnceWhatFailedAndWhatToDoButNoValue() {
    assertThat(HOOKED).hasSize(1);
    JsonNode told = HOOKED.get(0);
    assertThat(told.path("outcome").asText()).isEqualTo("failed");
    assertThat(told.path("exit_status").asInt()).isEqualTo(CODE.exitStatus());
    assertThat(told.path("code").asText()).isEqualTo(CODE.name());
    assertThat(told.path("remedy").asText()).isEqualTo(CODE.remedy());
    assertThat(told.path("run").asText()).isEqualTo(run.getFileName().toString());
    assertThat(told.path("release").isNull()).isTrue();
    assertThat(told.path("report").asText()).endsWith(run.resolve("run-report.html").toString());
    assertThat(told.toString()).doesNotContain(VALUE);
  }

  @Test
  void metricsHaveTheStatusAndNoSuccess() throws IOException {
    Map<String, Double> samples =
        OpenMetrics.parse(Files.readString(output.resolve("metrics.prom")));
    assertThat(samples)
        .containsEntry("inclusion_exit_status{country=\"XA\"}", (double) CODE.exitStatus())
        .containsEntry("inclusion_last_success_timestamp_seconds{country=\"XA\"}", Double.NaN)
        .containsKey("inclusion_stage_duration_seconds{country=\"XA\",stage=\"ingest census\"}");
    assertThat(samples.get("inclusion_duration_seconds{country=\"XA\"}")).isPositive();
  }

  @Test
  void statusEndsWithTheSameStatus() {
    Jobs.Outcome status =
        Jobs.run("status", "--output", output.toString(), "--attempt", "bad-night");
    assertThat(status.status()).isEqualTo(CODE.exitStatus());
  }

  @Test
  void theRunsFolderIsNotWrittenToOnceAnotherRunMayHaveIt() {
    writtenOnlyWhileItIsHeld(changes, output);
  }

  @Test
  void norIsThatOfARunThatEndsWell() throws IOException {
    Path country = folder.resolve("good");
    TinyCountry.get().copyTo(country);
    Path good = folder.resolve("good-out");
    Jobs.Outcome well = run(country, good, "--to", "settled_points");
    assertThat(well.status()).as(well.err()).isZero();
    writtenOnlyWhileItIsHeld(FaultyFileSystem.operations(), good);
  }

  @Test
  void aRunWhoseOutputAnotherTookOverLeavesTheFolderAloneAndTellsThatItFailed() throws IOException {
    Path country = folder.resolve("taken");
    TinyCountry.get().copyTo(country);
    Path taken = folder.resolve("taken-out");
    List<JsonNode> events = new CopyOnWriteArrayList<>();
    List<JsonNode> hooked = new CopyOnWriteArrayList<>();
    Path next = taken.resolve("lease/00000002.json");
    listen("/taken", events, () -> Files.writeString(next, "{}"));
    listen("/taken-hook", hooked);
    Jobs.Outcome lost =
        run(
            country,
            taken,
            "--set",
            "operations.openlineage_url=" + address("/taken"),
            "--set",
            "operations.webhook=" + address("/taken-hook"));
    assertThat(lost.status()).as(lost.err()).isEqualTo(ErrorCode.RUN_IN_PROGRESS.exitStatus());
    try (Stream<Path> left = Files.walk(taken.resolve("runs"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .contains("openlineage.ndjson")
          .doesNotContain("run-report.json", "run-report.html", "_FAILED", "_SUCCESS");
    }
    assertThat(events.stream().map(event -> event.path("eventType").asText()))
        .containsExactly("START", "FAIL");
    assertThat(hooked).hasSize(1);
    assertThat(hooked.get(0).path("exit_status").asInt())
        .isEqualTo(ErrorCode.RUN_IN_PROGRESS.exitStatus());
    assertThat(hooked.get(0).path("report").isNull()).isTrue();
  }

  private static void writtenOnlyWhileItIsHeld(List<String> changes, Path output) {
    int givenBack = last(changes, output, "lease/.*[.]done");
    assertThat(last(changes, output, "runs/.*/run-report[.]json")).isBetween(0, givenBack);
    assertThat(last(changes, output, "runs/.*/run-report[.]html")).isBetween(0, givenBack);
    assertThat(last(changes, output, "runs/.*/openlineage[.]ndjson")).isBetween(0, givenBack);
    assertThat(last(changes, output, "runs/.*")).isBetween(0, givenBack);
    assertThat(last(changes, output, "metrics[.]prom")).isGreaterThan(givenBack);
  }

  /** When a file was changed last; -1: never. */
  private static int last(List<String> changes, Path output, String file) {
    int last = -1;
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i).matches("\\w+ " + output + "/" + file)) {
        last = i;
      }
    }
    return last;
  }
}
