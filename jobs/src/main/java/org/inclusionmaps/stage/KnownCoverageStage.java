package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.contract.Tables;

/**
 * Radio cells and areas to whether the cell list speaks of an area. "No data" is never "no access":
 * where the list is partial, an area of the silent level without any cell has unknown coverage, and
 * so has each area inside it. An area above that level is judged as a whole.
 */
final class KnownCoverageStage {
  private KnownCoverageStage() {}

  static Dataset<Row> known(Dataset<Row> cells, Dataset<Row> areas, RadioSettings radio) {
    boolean complete = radio.cellList() == RadioSettings.CellList.COMPLETE;
    Dataset<Row> tree = AreaTree.ancestors(areas);
    Dataset<Row> counts =
        tree.join(
                AreaLocator.locate(
                        cells.select("lon", "lat"),
                        areas.where(col("level").leq(radio.silentLevel())))
                    .select(AreaLocator.FOUND),
                col(Tables.AREA).equalTo(col(AreaLocator.FOUND)))
            .groupBy(col(AreaTree.ANCESTOR).as("judged"))
            .agg(count(lit(1)).as("n"));
    return tree.where(col(AreaTree.ANCESTOR_LEVEL).leq(radio.silentLevel()))
        .groupBy(col(Tables.AREA))
        .agg(max_by(col(AreaTree.ANCESTOR), col(AreaTree.ANCESTOR_LEVEL)).as("judged"))
        .join(counts, "judged", "left")
        .select(
            col(Tables.AREA),
            coalesce(col("n"), lit(0L)).as("cells"),
            coalesce(col("n"), lit(0L)).gt(0).or(lit(complete)).as("known"));
  }
}
