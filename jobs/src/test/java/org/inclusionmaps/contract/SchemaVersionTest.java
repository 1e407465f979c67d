package org.inclusionmaps.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.testing.Rows.rows;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whose tables are read: those of the same major version. */
@ExtendWith(SparkExtension.class)
class SchemaVersionTest {
  @TempDir Path folder;

  @Test
  void aTableCarriesTheVersionThroughItsFile(SparkSession spark) {
    String path = folder.resolve("market").toString();
    rows(spark, Tables.MARKET, "operator, share\na, 0.6\n")
        .select(SchemaVersion.columns(Tables.MARKET))
        .write()
        .parquet(path);
    assertThat(SchemaVersion.of(spark.read().parquet(path).schema()))
        .contains(SchemaVersion.CURRENT);
  }

  @Test
  void aTableOfOthersCarriesNone(SparkSession spark) {
    assertThat(SchemaVersion.of(spark.range(3).toDF().schema())).isEmpty();
  }

  @Test
  void whatIsOnlyAddedIsRead() {
    assertThatCode(() -> SchemaVersion.check("a table", "1.7")).doesNotThrowAnyException();
  }

  @Test
  void anotherMajorVersionIsRefusedAndSoIsNone() {
    for (String version : new String[] {"2.0", "0.9", "10.0", ""}) {
      assertThatThrownBy(() -> SchemaVersion.check("measurement: out/m", version))
          .isInstanceOfSatisfying(
              InclusionException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_BROKEN))
          .hasMessageContaining("measurement: out/m has schema_version")
          .hasMessageContaining("reads 1.x");
    }
  }
}
