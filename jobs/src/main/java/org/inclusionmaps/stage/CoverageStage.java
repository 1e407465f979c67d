package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Tables;

/**
 * Modelled signal and operators' own coverage areas to the service that counts, at settled places:
 * the model's, calibrated if there are official figures; or, where a network states areas and the
 * settings say so, what it states. A network that serves less than a thousandth has no row.
 */
final class CoverageStage {
  private CoverageStage() {}

  /** The service of the model alone. */
  static Dataset<Row> modelled(Dataset<Row> signal, Map<String, Double> offsets) {
    return raised(signal, offsets)
        .where(col("probability_outdoor").geq(Network.LEAST_PROBABILITY))
        .withColumn("source", lit("modelled"))
        .withColumn("stated_share", lit(null).cast(DataTypes.DoubleType))
        .withColumn("modelled_share", lit(null).cast(DataTypes.DoubleType));
  }

  /** The service of the model and of what operators state. */
  static Dataset<Row> withStated(
      Dataset<Row> signal,
      Map<String, Double> offsets,
      Dataset<Row> stated,
      StatedNetworks networks) {
    return StatedNetworks.beside(raised(signal, offsets), stated)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> counted(rows, networks),
            Encoders.row(Tables.COVERAGE.schema()));
  }

  private static Dataset<Row> raised(Dataset<Row> signal, Map<String, Double> offsets) {
    return ServiceByOffset.raised(signal.where(col("settled")), offsets);
  }

  private static Iterator<Row> counted(Iterator<Row> rows, StatedNetworks networks) {
    return new RowsIterator<>(
        rows,
        row -> {
          double outdoor = counted(row, ServiceLevel.OUTDOOR, networks);
          Optional<ServiceLevel> compared = networks.compared(row);
          double most =
              compared.map(level -> Math.max(shared(row, level), outdoor)).orElse(outdoor);
          return most < Network.LEAST_PROBABILITY
              ? List.of()
              : List.of(
                  RowFactory.create(
                      row.getLong(0),
                      row.getString(1),
                      row.getString(2),
                      networks.replaces(row) ? "stated" : "modelled",
                      row.get(3),
                      outdoor,
                      counted(row, ServiceLevel.GOOD, networks),
                      counted(row, ServiceLevel.INDOOR, networks),
                      compared.map(level -> StatedNetworks.share(row, level)).orElse(null),
                      compared.map(level -> StatedNetworks.modelled(row, level)).orElse(null),
                      row.isNullAt(7) ? 0L : row.getLong(7),
                      row.isNullAt(8) ? 0L : row.getLong(8)));
        });
  }

  private static double shared(Row row, ServiceLevel level) {
    return Math.max(StatedNetworks.share(row, level), StatedNetworks.modelled(row, level));
  }

  private static double counted(Row row, ServiceLevel level, StatedNetworks networks) {
    return networks.counted(row, level, StatedNetworks.modelled(row, level));
  }
}
