package org.inclusionmaps.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.inclusionmaps.job.Jobs;
import org.inclusionmaps.testing.ChildProcess;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The promise of docs/flow.md: the same inputs give the same bytes, however the work is split. It
 * is held here for threads, partitions, adaptive execution and the order of rows, and in {@link
 * StandaloneTest}, {@link HdfsTest}, {@link S3Test} and {@link YarnTest} for clusters.
 */
class SameBytesTest {
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static Path folder;
  private static SparkHome home;

  @BeforeAll
  static void makeFolder() throws Exception {
    folder = Country.folder("same bytes");
    home = SparkHome.ours(folder.resolve("spark"));
  }

  /** The run has another name, as its inputs have other hashes; all else stays. */
  @Test
  void rowsInAnotherOrderAndInSeveralFilesGiveTheSameTablesTilesAndMaps() throws Exception {
    Path country = folder.resolve("shuffled");
    shuffle(Country.made(), country);
    Path output = folder.resolve("of shuffled");
    run(
        output,
        List.of("--master", "local[2]", "--conf", "spark.sql.shuffle.partitions=5"),
        Country.run(country.resolve("inclusion.yaml").toString(), output.toString()));
    Path release = Jobs.release(output);
    Path reference = Country.releaseFolder();
    assertThat(release.getFileName()).isNotEqualTo(reference.getFileName());
    assertThat(withoutName(release)).isEqualTo(withoutName(reference));
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}, {1} partitions, adaptive {2}")
  @CsvSource({
    "'local[1]', 64, true",
    "'local[2]', 1, true",
    "'local[2]', 7, false",
    "'local[2]', 64, true",
    "'local-cluster[2,1,1024]', 1, false",
    "'local-cluster[2,1,1024]', 7, true",
    "'local-cluster[2,1,1024]', 64, false"
  })
  void threadsExecutorsPartitionsAndAdaptiveExecutionChangeNoByte(
      String master, int partitions, boolean adaptive) throws Exception {
    Path output =
        folder.resolve(master.replaceAll("[^a-z0-9]+", "-") + " " + partitions + " " + adaptive);
    run(
        output,
        List.of(
            "--master",
            master,
            "--executor-memory",
            "768m",
            "--conf",
            "spark.sql.shuffle.partitions=" + partitions,
            "--conf",
            "spark.sql.adaptive.enabled=" + adaptive),
        Country.run(output.toString()));
    assertThat(Jobs.hashes(Jobs.release(output))).isEqualTo(Country.release());
  }

  private static void run(Path output, List<String> options, List<String> command)
      throws Exception {
    Path log = folder.resolve(output.getFileName() + ".log");
    try (ChildProcess job = home.submit(log, Map.of(), options, command)) {
      assertThat(job.ends(LONGEST)).as(job.said()).isZero();
    }
  }

  /** Writes the rows of every feed again: in an order of chance, and in three files. */
  private static void shuffle(Path from, Path to) throws IOException {
    SparkSession spark = SparkExtension.session();
    Files.createDirectories(to.resolve("inputs"));
    Files.copy(from.resolve("inclusion.yaml"), to.resolve("inclusion.yaml"));
    try (Stream<Path> feeds = Files.list(from.resolve("inputs"))) {
      for (Path feed : feeds.toList()) {
        Path copy = to.resolve("inputs").resolve(feed.getFileName());
        if (feed.endsWith("terrain")) {
          Files.createDirectories(copy);
          Files.copy(feed.resolve("terrain.tif"), copy.resolve("terrain.tif"));
        } else {
          spark
              .read()
              .parquet(feed.toString())
              .repartition(3, functions.rand(11))
              .sortWithinPartitions(functions.rand(7))
              .write()
              .parquet(copy.toString());
        }
      }
    }
  }

  /**
   * What a release is without its name: the sha256 of each file in which nothing stands for the
   * name. What states the sha256 of inputs or of files that state the name is left out.
   */
  private static SortedMap<String, Integer> withoutName(Path release) throws IOException {
    byte[] name = release.getFileName().toString().getBytes(StandardCharsets.US_ASCII);
    SortedMap<String, Integer> all = new TreeMap<>();
    for (String file : Jobs.hashes(release).keySet()) {
      if (!file.matches("manifest.json|stac/.*|datasheet.md")) {
        byte[] bytes = Files.readAllBytes(release.resolve(file));
        boolean tiles = file.endsWith(".pmtiles");
        all.put(file, Arrays.hashCode(tiles ? tilesOf(bytes) : without(name, bytes)));
      }
    }
    assertThat(all).containsKeys("indicators.csv", "inclusion.pmtiles", "report.html");
    return all;
  }

  /** The directories and tiles of PMTiles 3, without its compressed JSON, which has the name. */
  private static byte[] tilesOf(byte[] archive) {
    ByteBuffer header = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int section : new int[] {8, 40, 56}) { // root directory, leaf directories, tiles
      int offset = (int) header.getLong(section);
      all.write(archive, offset, (int) header.getLong(section + 8));
    }
    assertThat(all.size()).isGreaterThan(archive.length / 2);
    return all.toByteArray();
  }

  private static byte[] without(byte[] name, byte[] bytes) {
    for (int at = 0; at + name.length <= bytes.length; at++) {
      if (bytes[at] == name[0]
          && Arrays.equals(bytes, at, at + name.length, name, 0, name.length)) {
        Arrays.fill(bytes, at, at + name.length, (byte) '-');
      }
    }
    return bytes;
  }
}
