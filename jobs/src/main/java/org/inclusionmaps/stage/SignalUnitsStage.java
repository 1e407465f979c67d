package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Catchments;

/**
 * Radio cells, people and terrain to the units in which signal is computed: coarse hexagons, each
 * with a network, an operator's technology, that has cells in reach, and a hash of all that its
 * service there depends on. A unit whose hash is that of the last run has the signal of the last
 * run.
 */
final class SignalUnitsStage {
  private SignalUnitsStage() {}

  static Dataset<Row> units(
      Dataset<Row> cells,
      Dataset<Row> pointPeople,
      Dataset<Row> places,
      Dataset<Row> areas,
      Dataset<Row> terrain,
      RadioSettings radio,
      int placeResolution) {
    int resolution = resolution(radio, placeResolution);
    Dataset<Row> candidates =
        Candidates.of(cells, places, radio, placeResolution, resolution)
            .groupBy(Candidates.UNIT, Tables.OPERATOR, Tables.TECHNOLOGY)
            .agg(count(lit(1)).as("cells"), hash(col(Candidates.CONTENT)).as("of_cells"));
    Dataset<Row> points =
        ReceiverPoints.settled(pointPeople, resolution)
            .groupBy(Candidates.UNIT)
            .agg(
                count(lit(1)).as("points"),
                hash(xxhash64(col("point"), col("weight"))).as("of_points"));
    Dataset<Row> environments =
        ReceiverPoints.environments(places, resolution)
            .groupBy(Candidates.UNIT)
            .agg(hash(xxhash64(col(Tables.PLACE), col("environment"))).as("of_places"));
    Dataset<Row> tiles =
        TerrainTiles.atUnits(TerrainTiles.hashed(terrain), radio.farthestKm(), resolution)
            .groupBy(Candidates.UNIT)
            .agg(hash(col(Candidates.CONTENT)).as("of_terrain"));
    Dataset<Row> land =
        areas.agg(hash(xxhash64(col(Tables.AREA), col("level"), col("geometry"))).as("of_land"));
    String kind = radio.unsettledPlaces() ? "left" : "inner";
    return candidates
        .join(points, new String[] {Candidates.UNIT}, kind)
        .join(environments, new String[] {Candidates.UNIT}, "left")
        .join(tiles, new String[] {Candidates.UNIT}, "left")
        .crossJoin(functions.broadcast(land))
        .select(
            col(Candidates.UNIT),
            col(Tables.OPERATOR),
            col(Tables.TECHNOLOGY),
            coalesce(col("points"), lit(0L)).as("points"),
            col("cells"),
            xxhash64(
                    lit(settings(radio, placeResolution)),
                    col("cells"),
                    col("points"),
                    col("of_cells"),
                    col("of_points"),
                    col("of_places"),
                    col("of_terrain"),
                    radio.unsettledPlaces() ? col("of_land") : lit(0L))
                .as(Candidates.CONTENT));
  }

  /** The settings that service depends on. */
  private static String settings(RadioSettings radio, int placeResolution) {
    return List.of(
            radio.profileStepM(),
            radio.unsettledPlaces(),
            radio.sigmaDb(),
            radio.bodyLossDb(),
            radio.mobileHeightM(),
            radio.beamwidthDeg(),
            radio.technologies(),
            radio.calibrates(),
            placeResolution)
        .toString();
  }

  /** The resolution of the units: coarse enough that a cell reaches few of them. */
  static int resolution(RadioSettings radio, int placeResolution) {
    return Math.min(placeResolution, Catchments.resolutionFor(radio.farthestKm()));
  }

  /** A hash of a set of hashes, whatever their order. */
  private static Column hash(Column hashes) {
    return functions.bit_xor(hashes);
  }
}
