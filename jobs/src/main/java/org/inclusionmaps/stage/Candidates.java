package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.config.TechnologySettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Catchments;
import org.inclusionmaps.radio.LinkBudget;
import org.inclusionmaps.radio.RadioCell;

/** Radio cells with defaults where the feed is silent, at each coarse place that they may serve. */
final class Candidates {
  static final String COARSE = "coarse";

  /** Where the coarse place stands in a row of {@link #of}. */
  static final int COARSE_AT = 13;

  /** Probability of service under which it is neglected: it sets how far a cell reaches. */
  private static final double FLOOR = 0.01;

  private static final double ALL_ROUND_DEG = 360;
  private static final String THRESHOLD = "threshold_dbm";
  private static final String REACH = "reach_km";
  private static final String DEFAULTS = "defaults_used";

  private static final StructType SCHEMA = schema();

  private Candidates() {}

  /** One row a cell and coarse place that its reach touches. */
  static Dataset<Row> of(Dataset<Row> cells, RadioSettings radio, int resolution) {
    return completed(cells, radio)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> spread(rows, resolution),
            Encoders.row(SCHEMA));
  }

  /** The cell of a row of {@link #of}. */
  static RadioCell cell(Row row) {
    return new RadioCell(
        row.getDouble(3),
        row.getDouble(4),
        row.getDouble(5),
        row.getDouble(6),
        row.getDouble(7),
        row.getDouble(8),
        row.getDouble(9),
        row.getDouble(10),
        row.getDouble(11),
        row.getInt(12));
  }

  private static StructType schema() {
    StructType schema =
        new StructType()
            .add(Tables.OPERATOR, DataTypes.StringType, false)
            .add(Tables.TECHNOLOGY, DataTypes.StringType, false);
    for (String name :
        List.of(
            THRESHOLD,
            Tables.LON,
            Tables.LAT,
            "height_m",
            "frequency_mhz",
            "eirp_dbm",
            "azimuth_deg",
            "beamwidth_deg",
            "tilt_deg",
            REACH)) {
      schema = schema.add(name, DataTypes.DoubleType, false);
    }
    return schema
        .add(DEFAULTS, DataTypes.IntegerType, false)
        .add(COARSE, DataTypes.LongType, false);
  }

  private static Dataset<Row> completed(Dataset<Row> cells, RadioSettings radio) {
    Column height = coalesce(col("height_m"), by(radio, TechnologySettings::heightM));
    Column frequency = coalesce(col("frequency_mhz"), by(radio, TechnologySettings::frequencyMhz));
    Column eirp = coalesce(col("eirp_dbm"), by(radio, TechnologySettings::eirpDbm));
    Column threshold = by(radio, TechnologySettings::thresholdDbm);
    Column limit = by(radio, TechnologySettings::reachKm);
    Column beamwidth =
        when(col("azimuth_deg").isNull(), lit(ALL_ROUND_DEG))
            .otherwise(coalesce(col("beamwidth_deg"), lit(radio.beamwidthDeg())));
    Column defaults =
        absent("height_m")
            .plus(absent("azimuth_deg"))
            .plus(absent("frequency_mhz"))
            .plus(absent("eirp_dbm"));
    return cells.select(
        col(Tables.OPERATOR),
        col(Tables.TECHNOLOGY),
        threshold.as(THRESHOLD),
        col(Tables.LON),
        col(Tables.LAT),
        height.as("height_m"),
        frequency.as("frequency_mhz"),
        eirp.as("eirp_dbm"),
        coalesce(col("azimuth_deg"), lit(0.0)).as("azimuth_deg"),
        beamwidth.as("beamwidth_deg"),
        coalesce(col("tilt_deg"), lit(Double.NaN)).as("tilt_deg"),
        reach(radio).apply(eirp, frequency, height, threshold, limit).as(REACH),
        defaults.as(DEFAULTS));
  }

  private static Column absent(String column) {
    return when(col(column).isNull(), 1).otherwise(0);
  }

  /** What the settings say of a row's technology. */
  private static Column by(RadioSettings radio, ToDoubleFunction<TechnologySettings> what) {
    Column value = lit(null).cast(DataTypes.DoubleType);
    for (Map.Entry<String, TechnologySettings> technology : radio.technologies().entrySet()) {
      value =
          when(
                  col(Tables.TECHNOLOGY).equalTo(technology.getKey()),
                  lit(what.applyAsDouble(technology.getValue())))
              .otherwise(value);
    }
    return value;
  }

  private static UserDefinedFunction reach(RadioSettings radio) {
    double body = radio.bodyLossDb();
    double handset = radio.mobileHeightM();
    double sigma = radio.sigmaDb();
    return udf(
            (UDF5<Double, Double, Double, Double, Double, Double>)
                (eirp, frequency, height, threshold, limit) ->
                    new LinkBudget(body, handset, sigma)
                        .reachKm(eirp, frequency, height, threshold, FLOOR, limit),
            DataTypes.DoubleType)
        .withName("reach_km");
  }

  private static Iterator<Row> spread(Iterator<Row> cells, int resolution) {
    Catchments catchments = new Catchments(resolution);
    return new RowsIterator<>(
        cells,
        cell -> {
          List<Row> at = new ArrayList<>();
          double reach = cell.getDouble(11);
          for (long coarse : catchments.touching(cell.getDouble(3), cell.getDouble(4), reach)) {
            at.add(RowsIterator.with(cell, coarse));
          }
          return at;
        });
  }
}
