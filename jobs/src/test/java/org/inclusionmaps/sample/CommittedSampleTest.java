package org.inclusionmaps.sample;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The country that is kept in {@code data-samples}; its README states the seed and the scale. */
@ExtendWith(SparkExtension.class)
class CommittedSampleTest {
  private static final Path SAMPLE = Path.of("../data-samples");
  private static final SampleSettings SETTINGS = new SampleSettings(1, 1);
  private static final long MOST_BYTES = 8_000_000;

  private static Dataset<Row> read(SparkSession spark, String part, Table table) {
    return spark.read().parquet(SAMPLE.resolve(part).resolve(table.name()).toString());
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).map(root::relativize).sorted().toList();
    }
  }

  @Test
  void everyTableMeetsItsContract(SparkSession spark) {
    for (Table table : SampleTest.TABLES) {
      assertThat(TableCheck.check(SampleTest.whole(read(spark, "inputs", table), table), table))
          .as(table.name())
          .isPositive();
    }
    for (Table table : Truth.TABLES) {
      assertThat(TableCheck.check(read(spark, "truth", table), table))
          .as(table.name())
          .isPositive();
    }
  }

  @Test
  void theCensusSumsToTheTruthsPersons(SparkSession spark) {
    for (Dataset<Row> persons :
        List.of(
            read(spark, "inputs", Tables.CENSUS),
            read(spark, "truth", Truth.PLACES),
            read(spark, "truth", Truth.HOMES))) {
      assertThat(
              persons
                  .agg(sum(col("persons").cast(DataTypes.LongType)))
                  .collectAsList()
                  .get(0)
                  .getLong(0))
          .isEqualTo(SETTINGS.persons());
    }
  }

  @Test
  void itsSettingsNameEveryFeed() {
    Settings settings =
        SettingsLoader.load(List.of(SAMPLE.resolve("inclusion.yaml")), Map.of(), List.of());
    assertThat(settings.country().id()).isEqualTo(Land.COUNTRY);
    // Operators' own areas would stand in for the model, which the sample is there to check.
    assertThat(settings.inputs()).doesNotContainKey(Tables.COVERAGE_AREAS.name());
    for (Table table :
        Stream.concat(SampleTest.TABLES.stream(), Stream.of(Tables.TERRAIN)).toList()) {
      assertThat(settings.inputs().get(table.name()))
          .as(table.name())
          .singleElement()
          .satisfies(feed -> assertThat(Path.of(feed.path())).isDirectory());
    }
  }

  @Test
  void itIsSmall() throws IOException {
    long bytes = 0;
    for (Path file : files(SAMPLE)) {
      bytes += Files.size(SAMPLE.resolve(file));
    }
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  @Tag("slow")
  @Test
  void theSeedOfItsReadmeGivesItsBytes(SparkSession spark, @TempDir Path again) throws IOException {
    Sample.write(spark, SETTINGS, again.toString(), SampleTest.QUIET);
    for (Path file : files(again)) {
      assertThat(again.resolve(file)).hasSameBinaryContentAs(SAMPLE.resolve(file));
    }
    assertThat(files(SAMPLE)).hasSize(files(again).size() + 1);
  }
}
