package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.testing.Rows.rows;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.MetadataBuilder;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A table that a later version wrote, as a measurement, is not misread as a feed. */
@ExtendWith(SparkExtension.class)
class FeedOfAnotherVersionTest {
  @TempDir Path folder;

  @Test
  void isRefusedWithItsVersion(SparkSession spark) {
    String path = folder.resolve("market").toString();
    rows(spark, Tables.MARKET, "operator, share\na, 0.6\n")
        .select(
            col("operator")
                .as("operator", new MetadataBuilder().putString(SchemaVersion.KEY, "2.3").build()),
            col("share"))
        .write()
        .parquet(path);
    assertThatThrownBy(
            () -> Ingest.read(spark, Tables.MARKET, List.of(FeedSettings.at(path))).close())
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("market: " + path + " has schema_version 2.3")
        .hasMessageContaining("reads 1.x");
  }
}
