package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a rerun does again, and what not. Source of truth: the bytes of a run that was never broken
 * off.
 */
class ResumeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void aRerunSkipsWhatIsFinishedAndMakesAnewWhatIsDamagedMissingOrAskedFor() throws Exception {
    SortedMap<String, String> whole = TinyCountry.get().release();

    // One that ended after coverage, as one that was killed there.
    run("broken", "--to", "coverage");
    Path tables = runFolder("broken");
    Path damaged = part(tables.resolve("places"));
    flip(damaged);
    Files.delete(tables.resolve("finished/settled_points.json"));
    Files.writeString(tables.resolve("finished/areas.json"), "{}");
    Files.writeString(tables.resolve("finished/census.json"), "null");
    Files.writeString(tables.resolve("finished/tariffs.json"), "half a rec");
    change(
        tables.resolve("finished/incomes.json"),
        "\"account\":.*?,\"files\"",
        "\"account\":5,\"files\"");
    change(tables.resolve("finished/population.json"), "\"rows\":", "\"rows\":-");
    assertThat(run("broken")).isEqualTo(whole);
    assertThat(finishedBefore("broken", "places")).isFalse();
    assertThat(finishedBefore("broken", "population")).isFalse();
    assertThat(report("broken").at("/inputs/incomes/0/ok").asLong()).isPositive();
    assertThat(finishedBefore("broken", "settled_points")).isFalse();
    assertThat(finishedBefore("broken", "coverage")).isTrue();
    assertThat(finishedBefore("broken", "inclusion")).isFalse();

    // Done: nothing is done again, and the account of the feeds is kept.
    JsonNode account = report("broken").path("inputs");
    assertThat(run("broken")).isEqualTo(whole);
    assertThat(again("broken")).doesNotContain(false);
    assertThat(report("broken").path("inputs")).isEqualTo(account);

    run("broken", "--from", "inclusion", "--to", "inclusion");
    assertThat(finishedBefore("broken", "affordability")).isTrue();
    assertThat(finishedBefore("broken", "inclusion")).isFalse();
    run("broken", "--force", "--to", "population");
    assertThat(again("broken")).doesNotContain(true);
  }

  /** Hashes of the release that is there after it. */
  private SortedMap<String, String> run(String name, String... more) throws Exception {
    Jobs.Outcome run = Jobs.run(TinyCountry.get().arguments(folder.resolve(name), more));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(runFolder(name).resolve("_SUCCESS")).exists();
    return Files.exists(folder.resolve(name).resolve("releases/CURRENT"))
        ? Jobs.hashes(Jobs.release(folder.resolve(name)))
        : new java.util.TreeMap<>();
  }

  private Path runFolder(String name) throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve(name).resolve("runs"))) {
      return runs.findFirst().orElseThrow();
    }
  }

  private JsonNode report(String name) throws IOException {
    return JSON.readTree(runFolder(name).resolve("run-report.json").toFile());
  }

  private List<Boolean> again(String name) throws IOException {
    List<Boolean> before = new ArrayList<>();
    for (JsonNode stage : report(name).path("stages")) {
      if (stage.has("table")) {
        before.add(told(stage));
      }
    }
    assertThat(before).isNotEmpty();
    return before;
  }

  private boolean finishedBefore(String name, String table) throws IOException {
    for (JsonNode stage : report(name).path("stages")) {
      if (stage.path("table").asText().equals(table)) {
        return told(stage);
      }
    }
    throw new AssertionError("no stage wrote " + table);
  }

  private static boolean told(JsonNode stage) {
    assertThat(stage.path("outcome").asText()).isIn("done", "reused");
    return stage.path("outcome").asText().equals("reused");
  }

  private static Path part(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  private static void change(Path record, String from, String to) throws IOException {
    String text = Files.readString(record);
    String changed = text.replaceFirst(from, to);
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(record, changed);
  }

  /** One bit in the middle; Hadoop's own checksum file beside it is gone too. */
  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }
}
