package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a database is given: DuckDB reads it, and it sums to the table that the release is of. */
@ExtendWith(SparkExtension.class)
class ExportTest {
  @Test
  void everyFileHasItsRowsAndThePersonsOfTheTableAndNamesAsTheyAre(
      SparkSession spark, @TempDir Path output) throws Exception {
    Map<Table, Dataset<Row>> tables = HostileRun.tables(spark, 3);
    Release.write(spark, MadeUpRun.context(output, "exported"), tables);
    Path into = Files.createDirectory(output.resolve("csv"));
    Map<String, Long> rows = Export.write(spark, output.resolve("releases/exported"), into);
    assertThat(rows)
        .containsEntry("hexagons_8.csv", 37L)
        .containsEntry("areas_0.csv", 1L)
        .containsEntry("areas_2.csv", 4L)
        .hasSize(8);
    long micro = tables.get(Tables.INCLUSION).agg(sum("persons_micro")).first().getLong(0);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      for (var file : rows.entrySet()) {
        try (ResultSet found =
            statement.executeQuery(
                "SELECT count(*), CAST(1000000 * sum(persons::DECIMAL(18,6)) AS BIGINT) FROM read_csv('%s')"
                    .formatted(into.resolve(file.getKey())))) {
          found.next();
          assertThat(found.getLong(1)).isEqualTo(file.getValue());
          // Figures of a file may be rounded to thousandths of a person, which keep the sum.
          assertThat(found.getLong(2)).as(file.getKey()).isCloseTo(micro, within(1000L));
        }
      }
      for (var name : HostileRun.NAMES.entrySet()) {
        String file = name.getKey().length() == 4 ? "areas_1.csv" : "areas_2.csv";
        try (ResultSet found =
            statement.executeQuery(
                "SELECT name, geometry FROM read_csv('%s') WHERE area = '%s'"
                    .formatted(into.resolve(file), name.getKey()))) {
          found.next();
          assertThat(found.getString(1)).isEqualTo(name.getValue());
          assertThat(found.getString(2)).matches("[0-9a-f]{100,}");
        }
      }
    }
  }

  @Test
  void aFolderThatIsNoReleaseIsRefused(SparkSession spark, @TempDir Path folder) {
    assertThatThrownBy(() -> Export.write(spark, folder, folder))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("is no release");
  }
}
