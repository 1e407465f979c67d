package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log10;
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
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.CellTypeSettings;
import org.inclusionmaps.config.FootprintSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Catchments;
import org.inclusionmaps.radio.Footprints;
import org.inclusionmaps.radio.NormalBeam;
import org.inclusionmaps.radio.SignalDominance;

/**
 * Radio cells to the cells that a handset at each place may be connected to, whoever lives there. A
 * place has no row where no cell in range has more than the least dominance.
 *
 * <p>A cell goes to the coarse places that its range touches. A task holds the cells of one coarse
 * place and looks at each place within it: no row is made for a pair that is not kept.
 */
final class FootprintsStage {
  private static final String CELL = "cell";
  private static final String COARSE = "coarse";
  private static final String RANGE = "range_km";

  private static final StructType SCHEMA = schema();

  private FootprintsStage() {}

  static Dataset<Row> footprints(
      Dataset<Row> cells, FootprintSettings settings, int placeResolution) {
    double farthest =
        settings.cellTypes().values().stream()
            .mapToDouble(CellTypeSettings::rangeKm)
            .max()
            .orElseThrow();
    int coarse = Math.min(placeResolution, Catchments.resolutionFor(farthest));
    double backLossDb = settings.backLossDb();
    double midpoint = settings.midpointDbm();
    double steepness = settings.steepness();
    double least = settings.leastDominance();
    double leastPct = settings.leastPctOfBest();
    int most = settings.mostCells();
    // By number: Spark would join partitions by their bytes, which say nothing of the work.
    int partitions =
        Integer.parseInt(cells.sparkSession().conf().get("spark.sql.shuffle.partitions"));
    return completed(cells, settings)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> spread(rows, coarse, backLossDb),
            Encoders.row(SCHEMA))
        .repartition(partitions, col(COARSE))
        .sortWithinPartitions(COARSE, Tables.OPERATOR, CELL)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows ->
                    new FootprintRows(
                        rows,
                        placeResolution,
                        backLossDb,
                        new SignalDominance(midpoint, steepness),
                        new Footprints.Pruning(least, leastPct, most)),
            Encoders.row(Tables.FOOTPRINTS.schema()));
  }

  private static StructType schema() {
    StructType schema =
        new StructType()
            .add(Tables.OPERATOR, DataTypes.StringType, false)
            .add(CELL, DataTypes.StringType, false);
    for (String name :
        List.of(
            Tables.LON,
            Tables.LAT,
            "height_m",
            "power_dbm",
            "path_loss_exponent",
            RANGE,
            "azimuth_deg",
            "tilt_deg",
            "beamwidth_deg",
            "vertical_beamwidth_deg")) {
      schema = schema.add(name, DataTypes.DoubleType, false);
    }
    return schema.add(COARSE, DataTypes.LongType, false);
  }

  /** Cells with what their type's settings say where the feed is silent; all round: azimuth NaN. */
  private static Dataset<Row> completed(Dataset<Row> cells, FootprintSettings settings) {
    Column beamwidth = coalesce(col("beamwidth_deg"), by(settings, CellTypeSettings::beamwidthDeg));
    Column sector = col("azimuth_deg").isNotNull().and(beamwidth.lt(360));
    Column watts = by(settings, CellTypeSettings::powerW);
    return cells.select(
        col(Tables.OPERATOR),
        col(CELL),
        col(Tables.LON),
        col(Tables.LAT),
        coalesce(col("height_m"), by(settings, CellTypeSettings::heightM)),
        coalesce(col("eirp_dbm"), log10(watts).multiply(10).plus(30)),
        by(settings, CellTypeSettings::pathLossExponent),
        by(settings, CellTypeSettings::rangeKm),
        when(sector, col("azimuth_deg")).otherwise(lit(Double.NaN)),
        coalesce(col("tilt_deg"), by(settings, CellTypeSettings::tiltDeg)),
        beamwidth,
        by(settings, CellTypeSettings::verticalBeamwidthDeg));
  }

  /** What the settings say of a row's type of cell. */
  private static Column by(FootprintSettings settings, ToDoubleFunction<CellTypeSettings> what) {
    Map<String, CellTypeSettings> types = settings.cellTypes();
    Column value = lit(what.applyAsDouble(types.get(FootprintSettings.DEFAULT)));
    for (Map.Entry<String, CellTypeSettings> type : types.entrySet()) {
      value =
          when(col("cell_type").equalTo(type.getKey()), lit(what.applyAsDouble(type.getValue())))
              .otherwise(value);
    }
    return value;
  }

  /** Each cell at each coarse place that its range touches, with spreads in place of beamwidths. */
  private static Iterator<Row> spread(Iterator<Row> cells, int resolution, double backLossDb) {
    Catchments catchments = new Catchments(resolution);
    NormalBeam beam = new NormalBeam(backLossDb);
    return new RowsIterator<>(
        cells,
        cell -> {
          Object[] values = new Object[FootprintRows.COARSE_AT + 1];
          for (int i = 0; i < FootprintRows.COARSE_AT; i++) {
            values[i] = cell.get(i);
          }
          for (int i = FootprintRows.ACROSS_AT; i < FootprintRows.COARSE_AT; i++) {
            values[i] = beam.spreadDeg(cell.getDouble(i));
          }
          List<Row> at = new ArrayList<>();
          for (long coarse :
              catchments.touching(
                  cell.getDouble(FootprintRows.LON_AT),
                  cell.getDouble(FootprintRows.LAT_AT),
                  cell.getDouble(FootprintRows.RANGE_AT))) {
            values[FootprintRows.COARSE_AT] = coarse;
            at.add(RowFactory.create(values.clone()));
          }
          return at;
        });
  }
}
