package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.inclusionmaps.testing.FaultyFileSystem;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights of a scheduled run, each with a fault: it ends well or fails cleanly, readers always have
 * a whole release, and the next start recovers. Source of truth: the figures of a run that nothing
 * disturbed; every night has another seed of draws, which changes the run's name and no estimate.
 */
class NightsTest {
  private static final long SEED = 20260201;
  private static final int NIGHTS = 30;

  /** Nights before the heap is at its level: code is compiled and loaded in them. */
  private static final int WARM_UP = 10;

  /** Spark's and Java's pools let a thread go that had nothing to do for 60 s. */
  private static final int IDLE_SECONDS = 65;

  private static final double HEAP_MAY_GROW = 1.10;

  @TempDir Path folder;
  private Path output;
  private Path feeds;
  private TinyCountry country;
  private int night;

  /** What goes wrong. */
  private enum Fault {
    NOTHING,
    FEED_FLIPPED,
    FEED_TRUNCATED,
    FEED_MISSING,
    DISK_FULL,
    WRITE_FAILS,
    KILLED,
    TABLE_DAMAGED
  }

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  @Test
  void aFewNightsRecover() throws Exception {
    nights(List.of(Fault.FEED_TRUNCATED, Fault.DISK_FULL, Fault.KILLED), new Random(SEED));
  }

  @Test
  @Tag("slow")
  void thirtyNightsRecoverAndTheHeapStaysFlat() throws Exception {
    Random random = new Random(SEED);
    List<Fault> faults = new ArrayList<>(Arrays.asList(Fault.values()));
    while (faults.size() < NIGHTS) {
      faults.add(Fault.values()[random.nextInt(Fault.values().length)]);
    }
    nights(faults.subList(0, WARM_UP), random);
    long early = heapAtRest();
    nights(faults.subList(WARM_UP, NIGHTS), random);
    long late = heapAtRest();
    System.out.printf("heap after %d nights %,d, after %d %,d%n", WARM_UP, early, NIGHTS, late);
    assertThat((double) late).isLessThan(early * HEAP_MAY_GROW);
  }

  private void nights(List<Fault> faults, Random random) throws Exception {
    System.out.println("seed " + SEED + ": " + faults);
    country = TinyCountry.get();
    feeds = folder.resolve("country");
    output = folder.resolve("out");
    for (Fault fault : faults) {
      night++;
      country.copyTo(feeds);
      String before = current();
      int status = withFault(fault, random);
      System.out.printf("night %d: %s: status %d%n", night, fault, status);
      check(fault, status, before);
      FaultyFileSystem.heal();
      country.copyTo(feeds);
      if (status != 0) {
        assertThat(run()).as("night %d, started again after %s", night, fault).isZero();
        assertThat(current()).isNotEqualTo(before);
        assertThat(figures()).isEqualTo(undisturbed());
      }
    }
  }

  private void check(Fault fault, int status, String before) throws IOException {
    switch (fault) {
      case NOTHING, TABLE_DAMAGED -> assertThat(status).isZero();
      case FEED_FLIPPED -> assertThat(status).isIn(0, 4); // some bits tell nothing that is read
      case FEED_TRUNCATED -> assertThat(status).isEqualTo(4);
      case FEED_MISSING -> assertThat(status).isEqualTo(3);
      case DISK_FULL -> assertThat(status).isIn(0, 6); // after the last write nothing is full
      case WRITE_FAILS, KILLED -> {}
    }
    if (status == 0) {
      assertThat(current()).isNotEqualTo(before);
    } else if (fault != Fault.KILLED && fault != Fault.WRITE_FAILS) {
      assertThat(current()).isEqualTo(before);
    }
    if (!current().isEmpty()) {
      assertThat(figures()).as("what readers find after " + fault).isEqualTo(undisturbed());
    }
  }

  private int withFault(Fault fault, Random random) throws Exception {
    switch (fault) {
      case NOTHING -> {}
      case FEED_FLIPPED -> {
        Path feed = feed(random);
        byte[] bytes = Files.readAllBytes(feed);
        bytes[bytes.length / 3] ^= (byte) (1 << random.nextInt(8));
        Files.write(feed, bytes);
      }
      case FEED_TRUNCATED -> {
        Path feed = feed(random);
        Files.write(feed, Arrays.copyOf(Files.readAllBytes(feed), 100 + random.nextInt(400)));
      }
      case FEED_MISSING -> FileUtils.deleteDirectory(feeds.resolve("inputs/census").toFile());
      case DISK_FULL ->
          FaultyFileSystem.fail(random.nextInt(800), FaultyFileSystem.Fault.DISK_FULL);
      case WRITE_FAILS -> FaultyFileSystem.fail(random.nextInt(800), FaultyFileSystem.Fault.FAILS);
      case KILLED -> {
        return killed(4_000 + random.nextInt(20_000));
      }
      case TABLE_DAMAGED -> {
        assertThat(run("--to", "coverage")).isZero();
        damage("places");
      }
    }
    return run();
  }

  private int run(String... more) {
    FaultyFileSystem.register(SparkExtension.session().sparkContext().hadoopConfiguration());
    Jobs.Outcome run = Jobs.runHere(arguments(FaultyFileSystem.address(output), more));
    if (run.status() != 0) {
      System.out.println(run.err());
    }
    return run.status();
  }

  /** The status of a process that is killed, if it does not end before. */
  private int killed(int millis) throws IOException, InterruptedException {
    Process process = Jobs.start(2, 2, folder.resolve("log"), arguments(output.toString()));
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      return process.exitValue();
    }
    return process.destroyForcibly().waitFor();
  }

  private String[] arguments(String to, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(more));
    all.addAll(List.of("--set", "uncertainty.seed=" + night));
    return TinyCountry.arguments(feeds, to, all.toArray(String[]::new));
  }

  private Path feed(Random random) throws IOException {
    String table =
        List.of("radio_cells", "settlements", "census", "tariffs").get(random.nextInt(4));
    return part(feeds.resolve("inputs").resolve(table));
  }

  private void damage(String table) throws IOException {
    try (Stream<Path> runs = Files.list(output.resolve("runs"))) {
      for (Path run : runs.toList()) {
        Path part = part(run.resolve(table));
        byte[] bytes = Files.readAllBytes(part);
        bytes[bytes.length / 2] ^= 1;
        Files.write(part, bytes);
      }
    }
  }

  private static Path part(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  private String current() throws IOException {
    Path pointer = output.resolve("releases/CURRENT");
    return Files.exists(pointer) ? Files.readString(pointer).strip() : "";
  }

  private SortedMap<String, String> undisturbed() {
    return figures(country.release());
  }

  private SortedMap<String, String> figures() throws IOException {
    return figures(Jobs.hashes(Jobs.release(output)));
  }

  /** The files that hold figures and not the release's name, as rasters do. */
  private static SortedMap<String, String> figures(SortedMap<String, String> all) {
    SortedMap<String, String> figures = new TreeMap<>(all);
    figures.keySet().removeIf(name -> !name.matches(".*\\.parquet|indicators\\.csv"));
    assertThat(figures).hasSizeGreaterThan(5);
    return figures;
  }

  /**
   * Bytes of the heap in use, the least of a few looks, when no thread of a pool is left: each
   * holds the session that it was started in.
   */
  private static long heapAtRest() throws InterruptedException {
    Thread.sleep(IDLE_SECONDS * 1000L);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(1000); // what waits for the collector does its work
      long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
      least = Math.min(least, used);
    }
    return least;
  }
}
