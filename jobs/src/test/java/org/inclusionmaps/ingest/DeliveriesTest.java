package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.contract.Tables.RADIO_CELLS;
import static org.inclusionmaps.contract.Tables.SETTLEMENTS;
import static org.inclusionmaps.ingest.Feeds.feed;
import static org.inclusionmaps.ingest.Feeds.file;
import static org.inclusionmaps.ingest.Feeds.texts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.store.Sha256;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found of the files of a feed before their rows are read. */
@ExtendWith(SparkExtension.class)
class DeliveriesTest {
  private static final String HEADER = "lon,lat,weight\n";

  @TempDir Path folder;

  private static void refused(SparkSession spark, Path path, String yaml, String... words) {
    assertThatThrownBy(() -> Ingest.read(spark, SETTLEMENTS, List.of(feed(path, yaml))))
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_BROKEN))
        .hasMessageContainingAll(words);
  }

  private static Path parquet(SparkSession spark, Path path, String select) {
    spark.sql(select).coalesce(1).write().mode("append").parquet(path.toString());
    return path;
  }

  @Test
  void aFileWithTheStatedHashIsTaken(SparkSession spark) {
    String text = HEADER + "1,2,3\n";
    Path path = file(folder, "s.csv", text);

    var read =
        Ingest.read(
            spark,
            SETTLEMENTS,
            List.of(feed(path, "delivery: {sha256: {s.csv: '%s'}}".formatted(Sha256.of(text)))));

    assertThat(read.ok()).isEqualTo(1);
  }

  @Test
  void aListThatSha256sumWritesIsReadAndIsNoData(SparkSession spark) {
    Path path = folder.resolve("cells");
    String one = HEADER + "1,2,3\n";
    String two = HEADER + "2,2,3\n";
    file(path, "1.csv", one);
    file(path, "b/2.csv", two);
    file(path, "SHA256SUMS", Sha256.of(one) + "  1.csv\n" + Sha256.of(two) + " *./b/2.csv\n");
    String yaml = "format: csv\ndelivery: {sha256_file: SHA256SUMS}";

    assertThat(texts(Ingest.read(spark, SETTLEMENTS, List.of(feed(path, yaml))).rows(), "lon"))
        .containsExactly("1.0", "2.0");

    file(path, "1.csv", HEADER + "1,2,4\n");
    refused(
        spark,
        path,
        yaml,
        "settlements: file:" + path + "/1.csv has the SHA-256 ",
        ", but "
            + Sha256.of(one)
            + " is stated; it was changed or cut on its way: deliver it again");

    file(path, "1.csv", one);
    file(path, "3.csv", one);
    refused(spark, path, yaml, "3.csv has no stated SHA-256, but other files of the feed have");
  }

  @Test
  void aStatedFileThatDidNotComeIsMissed(SparkSession spark) {
    String text = HEADER + "1,2,3\n";
    Path path = folder.resolve("cells");
    file(path, "1.csv", text);
    String hash = Sha256.of(text);

    refused(
        spark,
        path,
        "format: csv\ndelivery: {sha256: {1.csv: '%s', 2.csv: '%s'}}".formatted(hash, hash),
        "a SHA-256 is stated for 2.csv, but " + path + " has no such file; deliver it");
  }

  @Test
  void theSameFileUnderTwoNamesCountsOnce(SparkSession spark) {
    Path path = folder.resolve("twice");
    String text = HEADER + "1,2,3\n1,2,3\n1,91,3\n";
    file(path, "a.csv", text);
    file(path, "b.csv", text);
    file(path, "c.csv", HEADER + "1,2,5\n");

    var read =
        Ingest.read(spark, SETTLEMENTS, List.of(feed(path, "format: csv\nmax_rejected_pct: 100")));

    assertThat(texts(read.rows(), "weight")).containsExactly("3.0", "3.0", "5.0");
    assertThat(read.duplicate()).isEqualTo(2);
    assertThat(read.quarantineCount()).isEqualTo(2);
    assertThat(read.read()).isEqualTo(7);
    assertThat(read.feeds().get(0).told())
        .containsExactly("file:%s/b.csv is the same file as file:%s/a.csv".formatted(path, path));
  }

  @Test
  void theSameParquetUnderTwoNamesCountsOnce(SparkSession spark) throws IOException {
    Path path = parquet(spark, folder.resolve("twice"), "select 1D lon, 2D lat, 3D weight");
    try (var files = Files.list(path)) {
      Path one =
          files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.copy(one, path.resolve("with a space.parquet"));
    }

    var read = Ingest.read(spark, SETTLEMENTS, List.of(feed(path)));

    assertThat(read.ok()).isEqualTo(1);
    assertThat(read.duplicate()).isEqualTo(1);
  }

  @Test
  void aColumnThatOneFileLacksIsNotSilentlyAbsent(SparkSession spark) {
    Path path = folder.resolve("drift");
    parquet(
        spark,
        path,
        "select 'a' cell, '1' operator, '4G' technology, 1D lon, 2D lat, 900D frequency_mhz");
    parquet(spark, path, "select 'b' cell, '1' operator, '4G' technology, 1D lon, 2D lat, 7 more");

    assertThatThrownBy(() -> Ingest.read(spark, RADIO_CELLS, List.of(feed(path))))
        .hasMessageStartingWith("[CONTRACT_BROKEN] radio_cells: part-")
        .hasMessageContainingAll(
            ".parquet has the column frequency_mhz, and part-",
            ".parquet has not; write the files again with the same columns, or name them as feeds of their own");
  }

  @Test
  void aColumnThatNobodyTakesMayBeNew(SparkSession spark) {
    Path path = folder.resolve("drift");
    parquet(spark, path, "select 1D lon, 2D lat, 3D weight");
    parquet(spark, path, "select 2D lon, 2D lat, 3D weight, 7 more");

    var read = Ingest.read(spark, SETTLEMENTS, List.of(feed(path)));

    assertThat(read.ok()).isEqualTo(2);
    assertThat(read.feeds().get(0).told())
        .singleElement()
        .asString()
        .matches("part-.*parquet has the column more, and part-.*parquet has not; it is not used");
  }

  @Test
  void aColumnOfTwoTypesIsRefused(SparkSession spark) {
    Path path = folder.resolve("drift");
    parquet(spark, path, "select 1D lon, 2D lat, 3D weight");
    parquet(spark, path, "select 1D lon, 2D lat, 3 weight");

    refused(
        spark,
        path,
        "",
        "the column weight is ",
        " in part-",
        " but ",
        "; write the files again alike");
  }

  @Test
  void textFilesOfOtherColumnsAreRefused(SparkSession spark) {
    Path path = folder.resolve("drift");
    file(path, "1.csv", HEADER + "1,2,3\n");
    file(path, "2.csv", "lon,lat,people\n1,2,3\n");

    refused(spark, path, "format: csv", "settlements: ", "cannot be read as ");
  }

  @Test
  void aRenamedColumnIsMissed(SparkSession spark) {
    refused(
        spark,
        file(folder, "s.csv", "lon,breite,weight\n1,2,3\n"),
        "",
        "has no column lat (latitude, degrees WGS84); its columns are lon, breite, weight;"
            + " say in inputs.settlements.columns.lat where it is");
  }

  @Test
  void anEmptyFileAmongOthersIsRefused(SparkSession spark) {
    Path path = folder.resolve("some");
    file(path, "1.csv", HEADER + "1,2,3\n");
    file(path, "2.csv", "");

    refused(spark, path, "format: csv", path + "/2.csv is empty; deliver the feed again");
  }

  @Test
  void aFileOfNoRowsIsRefused(SparkSession spark) {
    refused(
        spark, file(folder, "s.csv", HEADER), "", "s.csv holds no rows; deliver the feed again");
    Path path = parquet(spark, folder.resolve("p"), "select 1D lon, 2D lat, 3D weight where false");
    refused(spark, path, "", "holds no rows; deliver the feed again");
  }

  @Test
  void parquetThatIsNamedCsvIsToldSo(SparkSession spark) throws IOException {
    Path path = parquet(spark, folder.resolve("p"), "select 1D lon, 2D lat, 3D weight");
    Path renamed = folder.resolve("s.csv");
    try (var files = Files.list(path)) {
      Files.copy(
          files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow(),
          renamed);
    }
    refused(
        spark,
        renamed,
        "",
        renamed
            + " is Parquet, no text in UTF-8; write the file again, or correct its name or format");
  }

  @Test
  void aTextAmongParquetIsRefused(SparkSession spark) {
    Path path = parquet(spark, folder.resolve("p"), "select 1D lon, 2D lat, 3D weight");
    file(path, "readme.txt", "The feed of January, as it was delivered to the office.");

    refused(spark, path, "", "readme.txt cannot be read as Parquet: ", "is not a Parquet file");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 12, 100, 400})
  void aTruncatedParquetIsRefused(int lost, SparkSession spark) throws IOException {
    Path path = parquet(spark, folder.resolve("p"), "select 1D lon, 2D lat, 3D weight");
    Path cut = folder.resolve("cut.parquet");
    try (var files = Files.list(path)) {
      Path one =
          files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(one);
      Files.write(cut, Arrays.copyOf(bytes, bytes.length - lost));
    }
    refused(spark, cut, "", "cut.parquet cannot be read as Parquet: ");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void rowsOfAnyFilesAreOkQuarantinedOrDuplicate(long seed, SparkSession spark) {
    var random = new Random(seed);
    Path path = folder.resolve("dirty");
    var texts = new java.util.ArrayList<String>();
    long lines = 0;
    for (int f = 0; f < 5; f++) {
      boolean again = !texts.isEmpty() && random.nextInt(3) == 0;
      var text = new StringBuilder(HEADER);
      for (int i = 0; i < 30 && !again; i++) {
        text.append(random.nextInt(3)).append(',').append(random.nextInt(5) * 30);
        text.append(random.nextInt(9) == 0 ? "" : ",1").append('\n');
      }
      texts.add(again ? texts.get(random.nextInt(texts.size())) : text.toString());
      file(path, f + ".csv", texts.get(f));
      lines += 30;
    }

    var read =
        Ingest.read(spark, SETTLEMENTS, List.of(feed(path, "format: csv\nmax_rejected_pct: 100")));

    assertThat(read.read()).isEqualTo(lines);
    assertThat(read.ok() + read.quarantineCount() + read.duplicate()).isEqualTo(lines);
    assertThat(read.rows().count()).isEqualTo(read.ok());
    assertThat(read.quarantined().count()).isEqualTo(read.quarantineCount());
  }
}
