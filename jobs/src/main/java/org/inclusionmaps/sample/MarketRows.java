package org.inclusionmaps.sample;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Tables;

/** The table of market shares, as a regulator counts: persons' SIMs in use. */
final class MarketRows {
  private MarketRows() {}

  /** Subscriptions to a row an operator, in thousandths that sum to 1. */
  static List<Row> of(Dataset<Row> sims) {
    List<Row> counts =
        sims.where(not(col("machine")).and(col("active_days_90").gt(0)))
            .groupBy(Tables.OPERATOR)
            .count()
            .orderBy(Tables.OPERATOR)
            .collectAsList();
    double[] weights = counts.stream().mapToDouble(row -> row.getLong(1)).toArray();
    long[] thousandths = Shares.of(1_000, weights);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < thousandths.length; i++) {
      rows.add(RowFactory.create(counts.get(i).getString(0), thousandths[i] / 1000.0));
    }
    return rows;
  }
}
