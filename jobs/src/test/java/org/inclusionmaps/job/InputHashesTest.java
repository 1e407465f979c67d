package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What names a run: the bytes of its feeds, and nothing else that lies beside them. */
@ExtendWith(SparkExtension.class)
class InputHashesTest {
  @TempDir Path folder;

  private Map<String, String> hashes(SparkSession spark) {
    return hashes(spark, "census");
  }

  private Map<String, String> hashes(SparkSession spark, String path) {
    Settings settings =
        SettingsLoader.load(
            List.of(Path.of("../data-samples/inclusion.yaml")),
            Map.of(),
            List.of("inputs.census=[{path: " + folder + "/" + path + "}]"));
    return InputHashes.byTable(Map.of("census", settings.inputs().get("census")), spark)
        .get("census");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void marksOfWhoWroteAFeedNameNoRun(SparkSession spark) throws IOException {
    write("census/part=1/a.parquet", "a");
    Map<String, String> before = hashes(spark);
    write("census/_SUCCESS", "");
    write("census/part=1/.a.parquet.crc", "crc");
    write("census/_temporary/0/b.parquet", "b");

    assertThat(before).containsOnlyKeys("census/part=1/a.parquet");
    assertThat(hashes(spark)).isEqualTo(before);
  }

  @Test
  void marksThatAPatternMatchesNameNoRunEither(SparkSession spark) throws IOException {
    write("census/a.parquet", "a");
    write("census/_SUCCESS", "");
    write("census/_temporary/b.parquet", "b");
    assertThat(hashes(spark, "census/*")).containsOnlyKeys("a.parquet");
    assertThat(hashes(spark, "census/_temporary")).containsOnlyKeys("_temporary/b.parquet");
  }

  @Test
  void aFileOfTheFeedNamesTheRunByPathAndBytes(SparkSession spark) throws IOException {
    write("census/a.parquet", "a");
    Map<String, String> before = hashes(spark);
    write("census/b.parquet", "b");
    assertThat(hashes(spark)).containsKey("census/b.parquet").containsAllEntriesOf(before);
    write("census/a.parquet", "changed");
    assertThat(hashes(spark).get("census/a.parquet")).isNotEqualTo(before.get("census/a.parquet"));
  }
}
