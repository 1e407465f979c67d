package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.sql.session.timeZone", "UTC",
          "spark.hadoop.parquet.page.verify-checksum.enabled", "true");

  private static final double GIB = 1L << 30;

  @TempDir Path folder;

  @BeforeEach
  void setAsSparkSubmitDoes() {
    SETTINGS.forEach(System::setProperty);
    System.setProperty("spark.local.dir", folder.resolve("local").toString());
  }

  @AfterEach
  void unset() {
    SETTINGS.keySet().forEach(System::clearProperty);
    System.clearProperty("spark.local.dir");
  }

  private String[] examine(Path feed, Path output) throws IOException {
    return examine("census", feed, output);
  }

  private String[] examine(String table, Path feed, Path output) throws IOException {
    Path settings = folder.resolve("country.yaml");
    Files.writeString(
        settings,
        "country: {id: SM, name: Samara}\nrelease: {reference_date: \"2026-01-01\"}\n"
            + "inputs: {%s: [{path: %s}]}\noutput: {path: %s}\n".formatted(table, feed, output));
    return new String[] {"doctor", "--json", "--config", settings.toString()};
  }

  private static Map<String, JsonNode> findings(Jobs.Outcome outcome) throws IOException {
    Map<String, JsonNode> findings = new TreeMap<>();
    new ObjectMapper()
        .readTree(outcome.out())
        .forEach(finding -> findings.put(finding.path("what").asText(), finding));
    return findings;
  }

  @Test
  void aFitMachineIsToldSoAndNothingIsLeftBehind() throws IOException {
    Path feed = Files.writeString(folder.resolve("census.csv"), "a\n");
    Path output = folder.resolve("new/out");
    Jobs.Outcome outcome = Jobs.runHere(examine(feed, output));
    assertThat(outcome.status()).as(outcome.out()).isZero();
    assertThat(findings(outcome))
        .containsKeys("Java", "library of H3", "library of SQLite", "library of zstd", "output")
        .allSatisfy((what, finding) -> assertThat(finding.path("code").isNull()).isTrue());
    assertThat(folder.resolve("new")).doesNotExist();
    assertThat(folder.resolve("local")).doesNotExist();
  }

  @Test
  void aMissingFeedIsTheFaultThatARunWouldEndWith() throws IOException {
    Jobs.Outcome outcome = Jobs.runHere(examine(folder.resolve("none.csv"), folder.resolve("out")));
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(findings(outcome).get("feed census").path("code").asText())
        .isEqualTo("INPUT_MISSING");
  }

  /** A folder of Parquet files, each longer than 5,000 bytes. */
  private Path parquet(String name, int files) throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message m { required int64 number; }");
    Path made = folder.resolve(name);
    for (int file = 0; file < files; file++) {
      var path = new org.apache.hadoop.fs.Path(made.resolve("part-" + file + ".parquet").toUri());
      try (var writer = ExampleParquetWriter.builder(path).withType(schema).build()) {
        for (long row = 0; row < 2000; row++) {
          writer.write(new SimpleGroupFactory(schema).newGroup().append("number", row * row));
        }
      }
    }
    return made;
  }

  @Test
  void ofManyParquetFilesSomeAreLookedAtAndItIsToldHowMany() throws IOException {
    Path feed = parquet("census", 1);
    Path first = feed.resolve("part-0.parquet");
    for (int i = 1; i < 201; i++) {
      Files.copy(first, feed.resolve("part-%03d.parquet".formatted(i)));
    }
    Jobs.Outcome outcome = Jobs.runHere(examine(feed, folder.resolve("out")));
    assertThat(findings(outcome).get("feed census").path("found").asText())
        .endsWith("of its 201 Parquet files the footers of 200 were looked at, and are whole");
  }

  private static Path cut(Path folder, int which) throws IOException {
    Path part = folder.resolve("part-" + which + ".parquet");
    byte[] whole = Files.readAllBytes(part);
    assertThat(whole).hasSizeGreaterThan(5000);
    Files.write(part, Arrays.copyOf(whole, 5000));
    Files.delete(part.resolveSibling("." + part.getFileName() + ".crc"));
    return part;
  }

  @Test
  void aParquetFileThatWasCutIsNamed() throws IOException {
    Path feed = parquet("census", 3);
    Jobs.Outcome whole = Jobs.runHere(examine(feed, folder.resolve("out")));
    assertThat(whole.status()).as(whole.out()).isZero();
    assertThat(findings(whole).get("feed census").path("found").asText())
        .isEqualTo(feed + " can be read; the footers of its 3 Parquet files are whole");
    Path part = cut(feed, 1);
    Jobs.Outcome outcome = Jobs.runHere(examine(feed, folder.resolve("out")));
    assertThat(outcome.status()).as(outcome.out()).isEqualTo(4);
    JsonNode finding = findings(outcome).get("feed census");
    assertThat(finding.path("code").asText()).isEqualTo("CONTRACT_BROKEN");
    assertThat(finding.path("found").asText())
        .contains(part.getFileName().toString())
        .contains("cannot be read as Parquet");
  }

  @Test
  void aCutFileThatALaterDeliveryReplacesIsNoFault() throws IOException {
    parquet("census/date=2025-12-01/received=2025-12-02T000000Z", 1);
    parquet("census/date=2025-12-01/received=2025-12-03T000000Z", 1);
    Path feed = folder.resolve("census");
    cut(feed.resolve("date=2025-12-01/received=2025-12-02T000000Z"), 0);
    Jobs.Outcome outcome = Jobs.runHere(examine(feed, folder.resolve("out")));
    assertThat(outcome.status()).as(outcome.out()).isZero();
    cut(feed.resolve("date=2025-12-01/received=2025-12-03T000000Z"), 0);
    assertThat(Jobs.runHere(examine(feed, folder.resolve("out"))).status()).isEqualTo(4);
  }

  @Test
  void aFolderOfTerrainIsNotTakenForParquet() throws IOException {
    Path feed = Files.createDirectories(folder.resolve("elevation"));
    Files.writeString(feed.resolve("tile.tif"), "a");
    Jobs.Outcome outcome = Jobs.runHere(examine("terrain", feed, folder.resolve("out")));
    assertThat(outcome.status()).as(outcome.out()).isZero();
    assertThat(findings(outcome)).containsKey("feed terrain");
  }

  @Test
  void anOutputThatCannotBeWrittenIsAFault() throws IOException {
    Path feed = Files.writeString(folder.resolve("census.csv"), "a\n");
    Jobs.Outcome outcome = Jobs.runHere(examine(feed, feed.resolve("below-a-file")));
    assertThat(outcome.status()).isEqualTo(6);
  }

  @Test
  void freeIsWhatThisUserMayUseAndNotWhatIsReserved() throws IOException {
    long before = Files.getFileStore(folder).getUsableSpace();
    Jobs.Outcome outcome =
        Jobs.runHere(
            examine(Files.writeString(folder.resolve("census.csv"), "a\n"), folder.resolve("out")));
    long after = Files.getFileStore(folder).getUsableSpace();
    assertThat(findings(outcome).get("output").path("found").asText())
        .satisfies(
            found -> {
              Matcher free = Pattern.compile("can be written, ([0-9.]+) GiB free").matcher(found);
              assertThat(free.find()).as(found).isTrue();
              assertThat(Double.parseDouble(free.group(1))) // others write meanwhile
                  .isBetween(
                      Math.min(before, after) / GIB - 0.5, Math.max(before, after) / GIB + 0.5);
            });
  }

  @Test
  void pagesWithoutChecksumsAreAFault() {
    System.clearProperty("spark.hadoop.parquet.page.verify-checksum.enabled");
    Jobs.Outcome outcome = Jobs.runHere("doctor");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).contains("SETTINGS_WRONG      checksums of Parquet pages");
  }
}
