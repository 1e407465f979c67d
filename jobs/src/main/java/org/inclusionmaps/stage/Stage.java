package org.inclusionmaps.stage;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Table;

/**
 * One step of the pipeline.
 *
 * @param name what it is called on the command line and in logs
 * @param reads the tables that it reads
 * @param writes the table that it writes
 * @param work the function between them
 */
public record Stage(String name, List<Table> reads, Table writes, Work work) {
  /** Tables in, table out. */
  @FunctionalInterface
  public interface Work {
    Dataset<Row> apply(Map<Table, Dataset<Row>> in, Settings settings);
  }
}
