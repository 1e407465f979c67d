package org.inclusionmaps.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Marked identifiers of 50 persons go into `measure`, on Spark secured as conf/spark-private.conf
 * has it but with all that could tell them turned on: event log, user interface, log level info.
 * They are looked for in all that comes out, and in the temporary files while it runs.
 */
class CanaryTest {
  /** A mark in numbers, as text. */
  private static final String AMOUNT = "7531.0246";

  private static final List<String> MARKS = List.of("CANARY", AMOUNT);

  @TempDir static Path folder;
  private static PersonCountry country;
  private static List<String> header = List.of();
  private static List<List<String>> rows = List.of();

  @BeforeAll
  static void plant() {
    country = new PersonCountry(folder);
    SparkSession spark = SparkExtension.session();
    var feed = spark.read().parquet(country.feed().toString()).orderBy("sim").limit(3000);
    header = List.of(feed.columns());
    rows = new ArrayList<>();
    int number = 0;
    for (Row row : feed.collectAsList()) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        values.add(row.isNullAt(i) ? "" : row.get(i).toString());
      }
      if (number < 50) {
        String mark = "CANARY%02d".formatted(number);
        values.set(header.indexOf("sim"), mark + "-sim");
        values.set(header.indexOf("person"), mark + "-person");
        values.set(header.indexOf("data_mb_30"), AMOUNT + number);
      }
      if (number % 10 == 9 && number < 50) {
        values.set(header.indexOf("operator"), "CANARY%02d-operator".formatted(number));
      }
      rows.add(values);
      number++;
    }
  }

  /** Writes the feed with the value of a column replaced in the marked rows; null: without it. */
  private static Path feed(String name, String column, String value) throws IOException {
    StringBuilder text = new StringBuilder();
    int at = header.indexOf(column);
    List<String> names = new ArrayList<>(header);
    if (at >= 0 && value == null) {
      names.remove(at);
    }
    text.append(String.join(",", names)).append('\n');
    for (int i = 0; i < rows.size(); i++) {
      List<String> row = new ArrayList<>(rows.get(i));
      if (at >= 0 && value == null) {
        row.remove(at);
      } else if (at >= 0 && i < 50) {
        row.set(at, value.replace("NN", "%02d".formatted(i)));
      }
      text.append(String.join(",", row)).append('\n');
    }
    Path file = folder.resolve(name + ".csv");
    Files.writeString(file, text);
    return file;
  }

  private static String path(Path feed, String more) {
    return "inputs.subscriptions=[{path: " + feed + more + "}]";
  }

  /** Measures with everything turned on, and looks for marks in all that is left. */
  private static void measure(String name, int status, String... sets) throws Exception {
    Path all = Files.createDirectories(folder.resolve("run-" + name));
    Path output = Files.createDirectories(all.resolve("out"));
    Path local = Files.createDirectories(folder.resolve("local-" + name));
    Path kept = Files.createDirectories(all.resolve("temporary"));
    SparkSession.Builder builder =
        SparkSession.builder().master("local[2]").appName("tests").config("spark.ui.port", "0");
    for (String line : Files.readAllLines(Path.of("../conf/spark-private.conf"))) {
      if (line.startsWith("spark.")) {
        String[] parts = line.split("\\s+", 2);
        builder.config(parts[0], parts[1].strip());
      }
    }
    SparkExtension.session().stop();
    SparkSession spark =
        builder
            .config("spark.ui.enabled", "true")
            .config("spark.acls.enable", "true")
            .config("spark.eventLog.enabled", "true")
            .config("spark.eventLog.compress", "false")
            .config(
                "spark.eventLog.dir",
                Files.createDirectories(all.resolve("events")).toUri().toString())
            .config("spark.local.dir", local.toString())
            .config("spark.sql.shuffle.partitions", "3")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    String web =
        spark.sparkContext().uiWebUrl().get()
            + "/api/v1/applications/"
            + spark.sparkContext().applicationId();
    Thread keeper = CanaryScan.keep(local, kept);
    Thread poller = poll(web, all);
    FileAppender log = log(all.resolve("log.txt"));
    List<String> arguments =
        new ArrayList<>(List.of("privacy.local_trial=false", "output.path=" + output));
    arguments.addAll(List.of(sets));
    Jobs.Outcome outcome;
    try {
      outcome = Jobs.runHere(country.arguments("measure", arguments.toArray(String[]::new)));
    } finally {
      keeper.interrupt();
      poller.interrupt();
      keeper.join();
      poller.join();
      ((LoggerContext) LogManager.getContext(false)).getRootLogger().removeAppender(log);
      log.stop();
    }
    Files.writeString(all.resolve("said.txt"), outcome.out() + outcome.err());
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(status);
    if (status != ErrorCode.PRIVACY_BUDGET_SPENT.exitStatus()) { // which is told before any job
      assertThat(all.resolve("log.txt")).content().contains("DAGScheduler");
      assertThat(kept).isNotEmptyDirectory();
      assertThat(all.resolve("rest-jobs")).content().contains("collectAsList");
    }
    assertThat(CanaryScan.of(MARKS, all)).isEmpty();
  }

  private static FileAppender log(Path file) {
    FileAppender appender =
        FileAppender.newBuilder()
            .setName("canary")
            .withFileName(file.toString())
            .setLayout(PatternLayout.newBuilder().withPattern("%c %m%n%ex").build())
            .build();
    appender.start();
    Configurator.setRootLevel(org.apache.logging.log4j.Level.INFO);
    ((LoggerContext) LogManager.getContext(false)).getRootLogger().addAppender(appender);
    return appender;
  }

  /** Asks the REST interface again and again what it tells, which is all since the start. */
  private static Thread poll(String web, Path to) {
    Thread thread =
        new Thread(
            () -> {
              HttpClient client = HttpClient.newHttpClient();
              List<String> pages =
                  List.of("sql?length=1000", "jobs", "stages", "environment", "storage/rdd");
              try {
                while (!Thread.currentThread().isInterrupted()) {
                  for (String page : pages) {
                    Thread.sleep(500);
                    HttpRequest ask = HttpRequest.newBuilder(URI.create(web + "/" + page)).build();
                    String told = client.send(ask, HttpResponse.BodyHandlers.ofString()).body();
                    Files.writeString(to.resolve("rest-" + page.replaceAll("\\W", "-")), told);
                  }
                }
              } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt(); // the session ended
              }
            },
            "poller");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void theScanFindsMarksInTextsPackedTextsAndParquet() throws IOException {
    Path place = Files.createDirectories(folder.resolve("control"));
    Files.writeString(place.resolve("text"), "x CANARY07-sim y");
    Files.writeString(place.resolve("wide"), "x CANARY08-sim y", StandardCharsets.UTF_16LE);
    try (var out = new GZIPOutputStream(Files.newOutputStream(place.resolve("packed")))) {
      out.write("a CANARY09".getBytes(StandardCharsets.UTF_8));
    }
    SparkExtension.session()
        .range(1)
        .select(lit("CANARY10").as("a"), col("id"))
        .coalesce(1)
        .write()
        .option("compression", "zstd")
        .parquet(place.resolve("table").toString());
    assertThat(CanaryScan.of(MARKS, place)).hasSize(4);
  }

  @Test
  void aGoodRunTellsNoIdentifier() throws Exception {
    measure("good", 0, path(feed("good", "", ""), ""));
  }

  @Test
  void aValueThatCannotBeReadIsNotTold() throws Exception {
    Path feed = feed("unparsable", "birth_year", "CANARYNN-year");
    measure("unparsable", 4, path(feed, ""));
  }

  @Test
  @Tag("slow")
  void rowsInQuarantineAreNotTold() throws Exception {
    Path feed = feed("quarantine", "birth_year", "CANARYNN-year");
    measure("quarantine", 0, path(feed, ", max_rejected_pct: 100"));
  }

  @Test
  @Tag("slow")
  void brokenContractsMissingColumnsAndSpentBudgetsTellNoIdentifier() throws Exception {
    measure("range", 4, path(feed("range", "active_days_90", "753102469"), ""));
    measure("twice", 4, path(feed("twice", "sim", "CANARY-twice"), ""));
    measure("unknown", 4, path(feed("unknown", "sex", "CANARYNN-sex"), ""));
    measure("missing", 4, path(feed("missing", "active_days_90", null), ""));
    measure("ragged", 4, path(feed("ragged", "sex", "CANARYNN,CANARYNN"), ""));
    measure("spent", 5, path(feed("spent", "", ""), ""), "privacy.lifetime_rho=0.001");
  }
}
