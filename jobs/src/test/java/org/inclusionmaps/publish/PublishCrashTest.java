package org.inclusionmaps.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
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

  /** Operations of the ordinary suite before the last phase, of all of them. */
  private static final int SAMPLE = 3;

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
                    table,
                    spark.createDataFrame(rows.collectAsList(), rows.schema()).coalesce(1)));
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

  private void crash(int at, Fault fault) throws IOException {
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
    write(NEW);
    assertThat(seen()).as(when).isEqualTo(NEW);
    assertThat(hashes(NEW)).as(when).isEqualTo(whole);
    assertThat(Files.readString(output.resolve("releases/catalog.json"))).as(when).contains(NEW);
    assertThat(new History(new ReleaseFiles(path("releases"), new Configuration())).releases())
        .as(when)
        .containsExactly(OLD, NEW);
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(output.resolve(name).toString());
  }

  /** Where the last phase begins: the manifest, with which the release is whole. */
  private int lastPhase() {
    int manifest = operations.indexOf("create " + output + "/releases/" + NEW + "/manifest.json");
    assertThat(manifest).isPositive();
    return manifest;
  }

  private void crashEverywhere(Set<Integer> points) throws IOException {
    for (int at : points) {
      crash(at, Fault.DIES_BEFORE);
      crash(at, Fault.DIES_AFTER);
    }
  }

  @Test
  void aCrashAnywhereInTheLastPhaseLeavesTheOldOrTheNewReleaseWhole() throws IOException {
    Set<Integer> points = new TreeSet<>();
    for (int i = lastPhase(); i < operations.size(); i++) {
      points.add(i);
    }
    assertThat(operations.subList(lastPhase(), operations.size()))
        .anyMatch(o -> o.startsWith("replace ") && o.endsWith("/releases/CURRENT"))
        .anyMatch(o -> o.startsWith("rename ") && o.endsWith("/history/00000002.json"))
        .anyMatch(o -> o.startsWith("replace ") && o.endsWith("/releases/catalog.json"));
    crashEverywhere(points);
  }

  @Test
  void aCrashInASampleOfAllOtherOperationsLeavesTheOldReleaseWhole() throws IOException {
    Set<Integer> points = new TreeSet<>();
    for (int i = 0; i < SAMPLE; i++) {
      points.add(lastPhase() * i / SAMPLE);
    }
    crashEverywhere(points);
  }

  @Test
  @Tag("slow")
  void aCrashBeforeOrAfterEveryOperationLeavesAReleaseWhole() throws IOException {
    Set<Integer> points = new TreeSet<>();
    for (int i = 0; i < operations.size(); i++) {
      points.add(i);
    }
    crashEverywhere(points);
  }

  @Test
  void aFullDiskAnywhereExitsWith6AndThePointerStays() throws IOException {
    List<Integer> closes = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      if (operations.get(i).startsWith("close ")) {
        closes.add(i);
      }
    }
    for (int at : List.of(closes.get(0), closes.get(closes.size() / 2), lastPhase() + 1)) {
      restore();
      FaultyFileSystem.fail(at, Fault.DISK_FULL);
      assertThatThrownBy(() -> write(NEW))
          .as(operations.get(at))
          .satisfies(
              e ->
                  assertThat(
                          e instanceof InclusionException known
                              ? known.code() == ErrorCode.RESOURCES_EXHAUSTED
                              : org.inclusionmaps.error.Resources.exhausted(e))
                      .as(e.toString())
                      .isTrue());
      FaultyFileSystem.heal();
      assertThat(seen()).isEqualTo(OLD);
    }
    write(NEW);
    assertThat(hashes(NEW)).isEqualTo(whole);
  }

  @Test
  void aReleaseThatReadersArePointedToIsNotWrittenAnewIfItIsDamaged() throws IOException {
    restore();
    Path file = output.resolve("releases").resolve(OLD).resolve("indicators.csv");
    Files.writeString(file, "damaged");
    assertThatThrownBy(() -> write(OLD))
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.RELEASE_REFUSED))
        .hasMessageContaining("which CURRENT names, was damaged since it was published")
        .hasMessageContaining("indicators.csv has 7 bytes and not ");
    assertThat(file).hasContent("damaged");
    write(NEW);
    write(OLD);
    assertThat(seen()).isEqualTo(OLD);
  }

  @Test
  void theTablesHaveWhatAReleaseReads() {
    assertThat(tables).containsKeys(Tables.INCLUSION, Tables.AREAS, Tables.INDICATORS);
    System.out.println("@@ operations " + operations.size() + ", last phase " + (operations.size() - lastPhase()));
  }
}
