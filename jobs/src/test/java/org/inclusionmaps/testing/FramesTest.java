package org.inclusionmaps.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.testing.Rows.rows;

import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.contract.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class FramesTest {
  private static final String HEADER = "operator, share\n";

  @Test
  void sameRowsInAnotherOrderAreTheSame(SparkSession spark) {
    Frames.assertSameRows(
        rows(spark, Tables.MARKET, HEADER + "a, 0.5\nb, 0.25"),
        rows(spark, Tables.MARKET, HEADER + "b, 0.25\na, 0.5"));
  }

  @Test
  void otherRowsAreNotTheSame(SparkSession spark) {
    var expected = rows(spark, Tables.MARKET, HEADER + "a, 0.5");
    var actual = rows(spark, Tables.MARKET, HEADER + "a, 0.75");
    assertThatThrownBy(() -> Frames.assertSameRows(expected, actual))
        .isInstanceOf(AssertionError.class);
  }
}
