package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.testing.SparkExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  @TempDir Path folder;

  private static Row indicator(String area, String sex, @Nullable Double value) {
    Double low = value == null ? null : value - 2;
    Double high = value == null ? null : value + 2;
    return RowFactory.create(
        area,
        sex,
        "all",
        "all",
        "connected_pct",
        2025,
        value,
        low,
        high,
        null,
        null,
        "percent",
        "",
        "good",
        value == null ? "none" : null);
  }

  @BeforeEach
  void aRunWithFourAreas() {
    SparkSession spark = SparkExtension.session();
    spark
        .createDataFrame(
            List.of(
                indicator("A", "all", 1.0),
                indicator("B", "all", 2.0),
                indicator("C", "all", 3.0),
                indicator("D", "all", 4.0),
                indicator("D", "female", 90.0),
                indicator("E", "all", null)),
            Tables.INDICATORS.schema())
        .write()
        .parquet(folder.resolve("run/indicators").toString());
  }

  private Jobs.Outcome compare(String csv, String... more) throws IOException {
    Path outcomes = folder.resolve("outcomes.csv");
    Files.writeString(outcomes, csv);
    List<String> command =
        new ArrayList<>(
            List.of(
                "compare",
                "--run",
                folder.resolve("run").toString(),
                "--outcomes",
                outcomes.toString(),
                "--indicator",
                "connected_pct"));
    command.addAll(List.of(more));
    return Jobs.run(command.toArray(String[]::new));
  }

  @Test
  void tellsHowEstimatesAgreeWithOutcomes() throws IOException {
    Jobs.Outcome outcome = compare("area,value\nA,2\nB,2\nC,1\nD,7\nE,5\nX,1\n");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    // The example of AgreementTest.
    assertThat(outcome.out().lines())
        .contains(
            "areas compared             4",
            "outcomes without estimate  2",
            "Spearman                   0.316",
            "Pearson R2                 0.445",
            "bias                       -0.500",
            "MAE                        1.500",
            "in the interval, %         75.000",
            "| 4 | 1 | 4.000 | 7.000 |");
  }

  @Test
  void otherColumnsCanBeNamed() throws IOException {
    Jobs.Outcome outcome =
        compare("id,use\nA,2\nB,3\n", "--area-column", "id", "--value-column", "use");
    assertThat(outcome.out()).contains("areas compared             2");
  }

  @Test
  void whatCannotBeComparedIsRefusedWithTheReason() throws IOException {
    assertThat(compare("area,value\nX,2\n").err()).contains("none of its 1 areas has a value");
    assertThat(compare("area,value\nA,two\n").err())
        .contains("the value of area A is not a number: two");
    assertThat(compare("area,value\nA,1\nA,2\n").err()).contains("area A is there twice");
    assertThat(compare("id,value\nA,1\n").status()).isEqualTo(4);
    assertThat(compare("area,value\nA,1\n", "--run", "no-such-folder").status()).isEqualTo(2);
  }
}
