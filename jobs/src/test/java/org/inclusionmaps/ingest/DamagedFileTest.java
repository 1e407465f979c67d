package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.contract.Tables.SETTLEMENTS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A file among others that is damaged where only a reader of its rows finds it. */
@ExtendWith(SparkExtension.class)
class DamagedFileTest {
  @TempDir Path folder;

  private Path settlements(SparkSession spark, String name) {
    Path feed = folder.resolve(name);
    spark
        .range(0, 1800, 1, 3)
        .selectExpr(
            "concat('a', id % 30) as area",
            "concat('village ', id) as name",
            "-64.5 + (id * 7919 % 600) / 1000.0D as lon",
            "-21.5 + (id * 104729 % 600) / 1000.0D as lat",
            "1.0D + id % 5 as weight")
        .write()
        .option("compression", "uncompressed")
        .parquet(feed.toString());
    return feed;
  }

  /** Flips a bit in the last data of the second file, and gives that file. */
  private static Path flipped(Path feed) throws IOException {
    Path part;
    try (Stream<Path> files = Files.list(feed)) {
      part = files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList().get(1);
    }
    byte[] bytes = Files.readAllBytes(part);
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(part.toUri()),
                new org.apache.hadoop.conf.Configuration(false)))) {
      var chunk = reader.getRowGroups().get(0).getColumns().get(1);
      bytes[(int) (chunk.getStartingPos() + chunk.getTotalSize()) - 3] ^= 4;
    }
    Files.write(part, bytes);
    Files.deleteIfExists(part.resolveSibling("." + part.getFileName() + ".crc"));
    return part;
  }

  private static void refusedByName(SparkSession spark, Path part, Path... feeds) {
    List<FeedSettings> stated =
        Stream.of(feeds).map(feed -> FeedSettings.at(feed.toString())).toList();
    assertThatThrownBy(() -> Ingest.read(spark, SETTLEMENTS, stated).close())
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_BROKEN))
        .hasMessageContaining(part + " cannot be read as Parquet");
  }

  @Test
  void aPageWhoseChecksumDoesNotMatchIsOfAFileThatIsNamed(SparkSession spark) throws IOException {
    Path feed = settlements(spark, "settlements");
    Path part = flipped(feed);
    refusedByName(spark, part, feed);
    refusedByName(spark, part, part);
    refusedByName(spark, part, settlements(spark, "others"), feed);
  }

  @Test
  void aNameThatAddressesEscapeIsToldAsItIs(SparkSession spark) throws IOException {
    Path feed = settlements(spark, "días de #1 100%");
    refusedByName(spark, flipped(feed), feed);
  }
}
