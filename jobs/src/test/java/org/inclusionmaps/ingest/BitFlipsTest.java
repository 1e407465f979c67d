package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inclusionmaps.contract.Tables.SETTLEMENTS;
import static org.inclusionmaps.ingest.Feeds.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.store.Sha256;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Single bits of a Parquet feed flipped, anywhere in the file. A page's bytes carry a checksum; its
 * header and the footer do not, so that only a stated hash finds each flip there.
 */
@ExtendWith(SparkExtension.class)
class BitFlipsTest {
  private static final Logger LOG = LoggerFactory.getLogger(BitFlipsTest.class);
  private static final List<String> CODECS = List.of("uncompressed", "snappy", "gzip", "zstd");

  @TempDir Path folder;

  /** Where a flip hits, and what came of it. */
  private enum Fate {
    PAGE_REFUSED,
    PAGE_EQUAL,
    PAGE_SILENT,
    ELSEWHERE_REFUSED,
    ELSEWHERE_EQUAL,
    ELSEWHERE_SILENT
  }

  @Test
  void fewFlipsAreSilentInNoPageAndWithAHashNowhere(SparkSession spark) throws IOException {
    flips(spark, 20);
  }

  @Test
  @Tag("slow")
  void aThousandFlipsAreSilentInNoPageAndWithAHashNowhere(SparkSession spark) throws IOException {
    flips(spark, 250);
  }

  /** Flips bits of one file a codec. The seed is in the log and in the message of a failure. */
  private void flips(SparkSession spark, int each) throws IOException {
    long seed = Long.getLong("flips.seed", System.nanoTime());
    LOG.info("seed of the flips: {} (-Dflips.seed)", seed);
    Random random = new Random(seed);
    Map<Fate, Integer> fates = new TreeMap<>();
    // Sessions of others may have switched the checksums off.
    spark.conf().set("parquet.page.verify-checksum.enabled", "false");
    try {
      for (String codec : CODECS) {
        Path written = write(spark, codec);
        byte[] whole = Files.readAllBytes(written);
        boolean[] page = pageData(written, whole.length);
        List<String> rows = rows(spark, feed(written));
        String stated = "delivery: {sha256: {flipped.parquet: %s}}".formatted(Sha256.of(whole));
        Path flipped = folder.resolve(codec + "/flipped.parquet");
        Files.createDirectories(flipped.getParent());
        for (int i = 0; i < each; i++) {
          int at = random.nextInt(whole.length);
          byte[] bytes = whole.clone();
          bytes[at] ^= (byte) (1 << random.nextInt(8));
          Files.write(flipped, bytes);
          List<String> read = rows(spark, feed(flipped));
          fates.merge(fate(page[at], read, rows), 1, Integer::sum);
          assertThat(rows(spark, feed(flipped, stated)))
              .as("flip at %d of %s, seed %d, with a stated hash", at, codec, seed)
              .containsExactly("refused");
        }
        LOG.info("flips up to {}: {}", codec, fates);
      }
    } finally {
      spark.conf().unset("parquet.page.verify-checksum.enabled");
    }
    LOG.info("flips: {}", fates);
    assertThat(fates.keySet()).as("seed %d: %s", seed, fates).doesNotContain(Fate.PAGE_SILENT);
    assertThat(fates.getOrDefault(Fate.PAGE_REFUSED, 0)).isGreaterThan(each);
  }

  private static Fate fate(boolean page, List<String> read, List<String> rows) {
    if (read.equals(List.of("refused"))) {
      return page ? Fate.PAGE_REFUSED : Fate.ELSEWHERE_REFUSED;
    }
    if (read.equals(rows)) {
      return page ? Fate.PAGE_EQUAL : Fate.ELSEWHERE_EQUAL;
    }
    return page ? Fate.PAGE_SILENT : Fate.ELSEWHERE_SILENT;
  }

  private Path write(SparkSession spark, String codec) throws IOException {
    Path out = folder.resolve("written-" + codec);
    Dataset<Row> points =
        spark
            .range(600)
            .selectExpr(
                "concat('a', id % 30) as area",
                "concat('village ', id) as name",
                "-64.5 + (id * 7919 % 600) / 1000.0D as lon",
                "-21.5 + (id * 104729 % 600) / 1000.0D as lat",
                "1.0D + id % 5 as weight");
    points.coalesce(1).write().option("compression", codec).parquet(out.toString());
    try (Stream<Path> files = Files.list(out)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  /** Which bytes are data of pages, by the places that the footer tells, without page headers. */
  private static boolean[] pageData(Path file, int length) throws IOException {
    boolean[] data = new boolean[length];
    var input =
        HadoopInputFile.fromPath(
            new org.apache.hadoop.fs.Path(file.toUri()), new Configuration(false));
    try (ParquetFileReader reader = ParquetFileReader.open(input);
        var in = input.newStream()) {
      for (var group : reader.getRowGroups()) {
        for (ColumnChunkMetaData chunk : group.getColumns()) {
          long at = chunk.getStartingPos();
          while (at < chunk.getStartingPos() + chunk.getTotalSize()) {
            in.seek(at);
            var header = org.apache.parquet.format.Util.readPageHeader(in);
            long from = in.getPos();
            assertThat(header.isSetCrc()).as("a page that we write has a checksum").isTrue();
            for (long i = from; i < from + header.getCompressed_page_size(); i++) {
              data[(int) i] = true;
            }
            at = from + header.getCompressed_page_size();
          }
        }
      }
    }
    return data;
  }

  /** The rows of a feed; one text that says so where it is refused. */
  private static List<String> rows(SparkSession spark, FeedSettings feed) {
    try (Ingested read = Ingest.read(spark, SETTLEMENTS, List.of(feed))) {
      List<String> rows = new ArrayList<>();
      read.rows().collectAsList().forEach(row -> rows.add(row.toString()));
      rows.sort(null);
      return rows;
    } catch (InclusionException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_BROKEN);
      return List.of("refused");
    }
  }
}
