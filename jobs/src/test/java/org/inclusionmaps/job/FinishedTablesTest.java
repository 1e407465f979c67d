package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.ingest.FeedCount;
import org.inclusionmaps.ingest.TerrainCount;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record of a finished table is believed as it was written, and in no other shape. */
@ExtendWith(SparkExtension.class)
class FinishedTablesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FeedCount FEED =
      new FeedCount(
          "census.csv",
          7,
          5,
          1,
          Map.of("sex", 1L),
          0,
          0,
          0,
          null,
          Map.of("one", 5L),
          List.of("two"),
          List.of());

  @TempDir Path folder;

  /** A table without rows, finished with an account. */
  private FinishedTables finished(SparkSession spark, Table table, Object account) {
    RunFolder run =
        RunFolder.at(
            new org.apache.hadoop.fs.Path(folder.toUri()),
            spark.sparkContext().hadoopConfiguration());
    FinishedTables finished = new FinishedTables(spark, run, "a build");
    long rows = finished.write(table, spark.createDataFrame(List.of(), table.schema()));
    finished.record(table, rows, account);
    return finished;
  }

  private void change(Table table, String field, String value) throws Exception {
    Path path = folder.resolve("finished").resolve(table.name() + ".json");
    ObjectNode record = (ObjectNode) JSON.readTree(Files.readString(path));
    record.set(field, JSON.readTree(value));
    Files.writeString(path, record.toString());
  }

  @Test
  void aRecordIsFoundAsItWasWritten(SparkSession spark) {
    FinishedTables census = finished(spark, Tables.CENSUS, List.of(FEED));
    assertThat(census.find(Tables.CENSUS))
        .get()
        .satisfies(record -> assertThat(record.account().toString()).isEqualTo(text(FEED)));
    TerrainCount terrain = new TerrainCount(List.of("dem.tif"), 1, 1200, 4, 100, 3);
    FinishedTables heights = finished(spark, Tables.TERRAIN, terrain);
    assertThat(heights.find(Tables.TERRAIN)).isPresent();
    assertThat(finished(spark, Tables.PLACES, null).find(Tables.PLACES)).isPresent();
  }

  private static String text(FeedCount feed) {
    JsonNode account = JSON.valueToTree(List.of(feed));
    return account.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "null",
        "[5, \"x\"]",
        "{\"ok\": \"x\"}",
        "[{\"ok\": 5}]",
        "[{\"path\":\"c\",\"read\":-1,\"ok\":-1,\"duplicate\":0,\"rejected\":{},\"leftAside\":0,\"blank\":0,\"mended\":0,\"date\":null,\"operators\":{},\"partial\":[],\"told\":[]}]",
        "[{\"path\":\"c\",\"read\":\"1\",\"ok\":1,\"duplicate\":0,\"rejected\":{},\"leftAside\":0,\"blank\":0,\"mended\":0,\"date\":null,\"operators\":{},\"partial\":[],\"told\":[]}]"
      })
  void anAccountOfAnotherShapeIsNotBelieved(String account, SparkSession spark) throws Exception {
    FinishedTables census = finished(spark, Tables.CENSUS, List.of(FEED));
    change(Tables.CENSUS, "account", account);
    assertThat(census.find(Tables.CENSUS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rows, -7", "rows, 0.5", "rows, null", "files, null", "table, 5", "more, 1"})
  void aFieldOfAnotherTypeOrSignIsNotBelieved(String field, String value, SparkSession spark)
      throws Exception {
    FinishedTables places = finished(spark, Tables.PLACES, null);
    change(Tables.PLACES, field, value);
    assertThat(places.find(Tables.PLACES)).isEmpty();
  }
}
