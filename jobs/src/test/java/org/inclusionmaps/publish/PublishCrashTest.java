package org.inclusionmaps.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.store.Sha256;
import org.inclusionmaps.testing.FaultyFileSystem;
import org.inclusionmaps.testing.FaultyFileSystem.Fault;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that publishes dies before or after each operation that changes something. Then readers
 * see the old release or the new one, whole, and a rerun makes the new one with the same bytes.
 */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishCrashTest {
  private static final String OLD = "00000000000000aa";
  private static final String NEW = "00000000000000bb";

  /** After each of so many crashes before the last phase the slow test runs again. */
  private static final int EACH = 12;

  private Path output;
  private SparkSession spark;
  private Map<Table, Dataset<Row>> tables;

  /** The old release alone, as files by name; every try begins with it. */
  private final Map<String, byte[]> before = new TreeMap<>();

  /** What a publish without faults does, and the sha256 of the files of the new release. */
  private List<String> operations = List.of();

  private Map<String, String> whole = Map.of();

  @BeforeAll
  void publish(SparkSession session, @TempDir Path folder) throws IOException {
    spark = session;
    output = folder.resolve("out");
    FaultyFileSystem.register(spark.sparkContext().hadoopConfiguration());
    FaultyFileSystem.heal();
    tables = new LinkedHashMap<>();
    MadeUpRun.tables(spark, 1)
        .forEach(
            (table, rows) ->
                tables.put(
                    table, spark.createDataFrame(rows.collectAsList(), rows.schema()).coalesce(1)));
    write(OLD);
    try (Stream<Path> walk = Files.walk(output)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        before.put(output.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    FaultyFileSystem.heal();
    write(NEW);
    operations = FaultyFileSystem.operations();
    whole = hashes(NEW);
  }

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  private void write(String id) {
    Release.write(
        spark,
        MadeUpRun.context(
            output,
            id,
            "release.compare_with=none",
            "output.path='" + FaultyFileSystem.address(output) + "'"),
        tables);
  }

  private void restore() throws IOException {
    try (Stream<Path> walk = Files.walk(output)) {
      for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    for (Map.Entry<String, byte[]> file : before.entrySet()) {
      Path path = output.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  private Map<String, String> hashes(String release) throws IOException {
    Path folder = output.resolve("releases").resolve(release);
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        hashes.put(folder.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)));
      }
    }
    return hashes;
  }

  /** The release that readers are pointed to, which they find whole. */
  private String seen() throws IOException {
    String current = Files.readString(output.resolve("releases/CURRENT")).strip();
    assertThat(Releases.in(output.toString(), new Configuration()).verify(current).files())
        .isPositive();
    String catalog = Files.readString(output.resolve("releases/catalog.json"));
    assertThat(catalog).containsAnyOf(OLD, NEW);
    return current;
  }

  /** Dies, looks as a reader does, and, if told so, runs again. */
  private void crash(int at, Fault fault, Then then) throws IOException {
    String when = fault + " " + at + ": " + operations.get(at);
    restore();
    FaultyFileSystem.fail(at, fault);
    Throwable died = null;
    try {
      write(NEW);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      died = e;
    }
    assertThat(died).as(when).isNotNull();
    FaultyFileSystem.heal();
    assertThat(seen()).as(when).isIn(OLD, NEW);
    if (then == Then.RUN_AGAIN) {
      write(NEW);
      assertThat(seen()).as(when).isEqualTo(NEW);
      assertThat(hashes(NEW)).as(when).isEqualTo(whole);
    }
  }

  private enum Then {
    RUN_AGAIN,
    LOOK_ALONE
  }

  /** Where the last phase begins: the manifest, with which the release is whole. */
  private int lastPhase() {
    int manifest = operations.indexOf("create " + output + "/releases/" + NEW + "/manifest.json");
    assertThat(manifest).isPositive();
    return manifest;
  }

  @Test
  void aCrashInTheMiddleOrAtTheManifestLeavesTheOldReleaseAndARerunMakesTheNewOne()
      throws IOException {
    crash(lastPhase() / 2, Fault.DIES_AFTER, Then.RUN_AGAIN);
    crash(lastPhase(), Fault.DIES_AFTER, Then.LOOK_ALONE);
    crash(lastPhase() + 1, Fault.DIES_BEFORE, Then.RUN_AGAIN);
  }

  /**
   * What is on the disk after an operation is there before the next one too, so dying after each is
   * all there is to try until the manifest. Of the moves after it all are tried by {@link
   * PointerCrashTest} in the ordinary suite.
   */
  @Test
  @Tag("slow")
  void aCrashBeforeOrAfterEveryOperationLeavesAReleaseWhole() throws IOException {
    crash(0, Fault.DIES_BEFORE, Then.RUN_AGAIN);
    for (int at = 0; at < operations.size(); at++) {
      boolean last = at >= lastPhase();
      crash(at, Fault.DIES_AFTER, last || at % EACH == 0 ? Then.RUN_AGAIN : Then.LOOK_ALONE);
      if (last) {
        crash(at, Fault.DIES_BEFORE, Then.RUN_AGAIN);
      }
    }
    System.out.println("@@ crashes after each of " + operations.size() + " operations");
  }

  @Test
  void aFullDiskExitsWith6AndThePointerStays() throws IOException {
    int close = lastPhase() - 1;
    while (!operations.get(close).startsWith("close ")) {
      close--;
    }
    restore();
    FaultyFileSystem.fail(close, Fault.DISK_FULL);
    assertThatThrownBy(() -> write(NEW))
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCES_EXHAUSTED))
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("CURRENT is as it was");
    FaultyFileSystem.heal();
    assertThat(seen()).isEqualTo(OLD);
  }
}
