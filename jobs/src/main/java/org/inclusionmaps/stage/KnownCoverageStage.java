package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.contract.Tables;

/**
 * Radio cells and areas to whether anything tells of networks in an area. "No data" is never "no
 * access": where the list is partial, an area of the silent level without any cell, and without a
 * place that an operator states to cover, has unknown coverage, and so has each area inside it. An
 * area above that level is judged as a whole.
 */
final class KnownCoverageStage {
  private KnownCoverageStage() {}

  /**
   * One row an area.
   *
   * @param statedPlaces place of each settled place that an operator states to cover, if that
   *     counts
   */
  static Dataset<Row> known(
      Dataset<Row> cells,
      Dataset<Row> areas,
      Dataset<Row> statedPlaces,
      Dataset<Row> settledPoints,
      RadioSettings radio) {
    boolean complete = radio.cellList() == RadioSettings.CellList.COMPLETE;
    Dataset<Row> tree = AreaTree.ancestors(areas);
    Dataset<Row> ofCells =
        AreaLocator.locate(
                cells.select("lon", "lat"), areas.where(col("level").leq(radio.silentLevel())))
            .select(col(AreaLocator.FOUND), lit(1L).as("cell"), lit(0L).as("stated"));
    Dataset<Row> ofPlaces =
        settledPoints
            .select(Tables.PLACE, Tables.AREA)
            .distinct()
            .join(statedPlaces.select(Tables.PLACE).distinct(), Tables.PLACE)
            .select(col(Tables.AREA).as(AreaLocator.FOUND), lit(0L), lit(1L));
    Dataset<Row> counts =
        tree.join(ofCells.union(ofPlaces), col(Tables.AREA).equalTo(col(AreaLocator.FOUND)))
            .groupBy(col(AreaTree.ANCESTOR).as("judged"))
            .agg(sum("cell").as("cells"), sum("stated").as("stated_places"));
    Column n = coalesce(col("cells"), lit(0L));
    Column stated = coalesce(col("stated_places"), lit(0L));
    return tree.where(col(AreaTree.ANCESTOR_LEVEL).leq(radio.silentLevel()))
        .groupBy(col(Tables.AREA))
        .agg(max_by(col(AreaTree.ANCESTOR), col(AreaTree.ANCESTOR_LEVEL)).as("judged"))
        .join(counts, "judged", "left")
        .select(
            col(Tables.AREA),
            n.as("cells"),
            stated.as("stated_places"),
            n.gt(0).or(stated.gt(0)).or(lit(complete)).as("known"));
  }
}
