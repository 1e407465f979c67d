package org.inclusionmaps.testing;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Comparison of data frames by spark-testing-base. */
public final class Frames {
  private static final class Comparison extends JavaDataFrameSuiteBase {}

  private Frames() {}

  /**
   * Fails, showing the rows that differ, unless two frames have the same rows whatever the order.
   */
  public static void assertSameRows(Dataset<Row> expected, Dataset<Row> actual) {
    new Comparison().assertDataFrameNoOrderEquals(expected, actual);
  }
}
