package org.inclusionmaps.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ParquetEncodingsTest {
  private static final List<Sim> SIMS = Sim.random(new Random(11), 3000);

  @TempDir Path folder;

  private static Dataset<Row> rows(SparkSession spark) {
    return spark.createDataFrame(SIMS.stream().map(Sim::row).toList(), Sim.schema()).coalesce(1);
  }

  private PersonCounts counts() {
    return new PersonCounts(Sim.FRAME, () -> Sim.KEY);
  }

  @Test
  void readsDictionariesPlainValuesAndTheEncodingsOfTheFormatsSecondVersion(SparkSession spark) {
    for (String version : List.of("PARQUET_1_0", "PARQUET_2_0")) {
      for (String dictionary : List.of("true", "false")) {
        String path = folder.resolve(version + dictionary).toString();
        rows(spark)
            .write()
            .option("parquet.writer.version", version)
            .option("parquet.enable.dictionary", dictionary)
            .option("parquet.page.row.count.limit", "700")
            .option("compression", "snappy")
            .parquet(path);
        assertThat(Sim.counted(counts().persons(spark, List.of(path)).collect()))
            .as(version + " " + dictionary)
            .isEqualTo(Sim.naive(SIMS));
      }
    }
  }

  @Test
  void takesIdentifiersThatAreNumbers(SparkSession spark) {
    String path = folder.resolve("numbers").toString();
    String number = "CAST(substring(%s, 2) AS BIGINT) AS %<s_number";
    rows(spark)
        .selectExpr("*", number.formatted("sim"), number.formatted("person"))
        .write()
        .parquet(path);
    PersonCounts byNumber =
        new PersonCounts(Sim.FRAME, () -> Sim.KEY, "sim_number", "person_number");
    Sim.Counted counted = Sim.counted(byNumber.persons(spark, List.of(path)).collect());
    Sim.Counted expected = Sim.naive(SIMS);
    // Other ranks may choose another cell for a person, but not another number of persons.
    assertThat(counted.excluded()).isEqualTo(expected.excluded());
    assertThat(counted.all()).isEqualTo(SIMS.size());
  }

  @Test
  void sumsRowsAndDataExactlyAndCountsPersonsOfEachCell(SparkSession spark) {
    String path = folder.resolve("sums").toString();
    rows(spark).write().parquet(path);
    JavaRDD<CellBlock> blocks = counts().rowsAndPersons(spark, List.of(path));
    List<String> told = new ArrayList<>();
    for (CellBlock block : blocks.collect()) {
      for (int leaf = block.firstLeaf(); leaf < block.firstLeaf() + block.leaves(); leaf++) {
        for (int group = 0; group < Sim.FRAME.groups(); group++) {
          if (block.rows(leaf, group) > 0) {
            told.add(
                "%s: %d rows, %d persons, %d"
                    .formatted(
                        Sim.name(
                            Sim.PLACES[leaf],
                            Sim.FRAME.operator(group),
                            Sim.FRAME.sex(group),
                            Sim.FRAME.ageBand(group)),
                        block.rows(leaf, group),
                        block.persons(leaf, group),
                        block.thousandths(leaf, group)));
          }
        }
      }
    }
    assertThat(told).containsExactlyInAnyOrderElementsOf(Sim.plainSums(SIMS));
  }
}
