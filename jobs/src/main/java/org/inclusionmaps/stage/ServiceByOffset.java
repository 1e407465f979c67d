package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.radio.OffsetCurve;

/** Modelled service with an offset on all signals of a technology. */
final class ServiceByOffset {
  /** The column of {@link OffsetCurve}. */
  static final String CURVE = "probability_by_offset";

  private ServiceByOffset() {}

  /** Rows of signal with signals and probabilities raised by the offsets of their technologies. */
  static Dataset<Row> raised(Dataset<Row> signal, Map<String, Double> offsets) {
    Dataset<Row> raised = signal;
    for (ServiceLevel level : ServiceLevel.values()) {
      String name = "probability_" + level.label();
      Column probability = col(name);
      for (Map.Entry<String, Double> of : new TreeMap<>(offsets).entrySet()) {
        probability =
            when(col(Tables.TECHNOLOGY).equalTo(of.getKey()), at(of.getValue() - level.db()))
                .otherwise(probability);
      }
      raised = raised.withColumn(name, probability);
    }
    Column dbm = col("signal_dbm");
    for (Map.Entry<String, Double> of : new TreeMap<>(offsets).entrySet()) {
      dbm =
          when(
                  col(Tables.TECHNOLOGY).equalTo(of.getKey()),
                  col("signal_dbm").plus(lit(of.getValue())))
              .otherwise(dbm);
    }
    return raised.withColumn("signal_dbm", dbm);
  }

  private static Column at(double offsetDb) {
    int step = OffsetCurve.step(offsetDb);
    double beyond = OffsetCurve.beyond(offsetDb);
    // Elements of arrays are counted from 1.
    Column under = element_at(col(CURVE), lit(step + 1)).cast(DataTypes.DoubleType);
    Column over = element_at(col(CURVE), lit(step + 2)).cast(DataTypes.DoubleType);
    return least(lit(1.0), under.multiply(lit(1 - beyond)).plus(over.multiply(lit(beyond))));
  }

  /** The offsets that are not 0, by technology, of the rows of coverage_offsets. */
  static Map<String, Double> offsets(Dataset<Row> coverageOffsets) {
    Map<String, Double> offsets = new TreeMap<>();
    for (Row row : coverageOffsets.select(Tables.TECHNOLOGY, "offset_db").collectAsList()) {
      if (row.getDouble(1) != 0) {
        offsets.put(row.getString(0), row.getDouble(1));
      }
    }
    return offsets;
  }
}
