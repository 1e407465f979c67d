package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.AreaIndex;
import scala.reflect.ClassTag$;

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
                located(cells, areas, radio.silentLevel()).toDF("located"),
                col(Tables.AREA).equalTo(col("located")))
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

  /**
   * The area that holds each cell, one row a cell that any holds: of the deepest level that has
   * areas, down to a level.
   */
  private static Dataset<String> located(Dataset<Row> cells, Dataset<Row> areas, int level) {
    List<AreaIndex.Area> outlines = new ArrayList<>();
    Dataset<Row> outlined = areas.where(col("level").leq(level).and(col("geometry").isNotNull()));
    Row deepest = outlined.agg(max(col("level"))).first();
    for (Row area :
        outlined
            .where(col("level").equalTo(deepest.get(0)))
            .select("area", "geometry")
            .collectAsList()) {
      outlines.add(new AreaIndex.Area(area.getString(0), area.getAs(1)));
    }
    Broadcast<AreaIndex> index =
        cells
            .sparkSession()
            .sparkContext()
            .broadcast(AreaIndex.of(outlines), ClassTag$.MODULE$.apply(AreaIndex.class));
    return cells
        .select("lon", "lat")
        .mapPartitions(
            (MapPartitionsFunction<Row, String>) rows -> locate(rows, index.value()),
            Encoders.STRING());
  }

  private static Iterator<String> locate(Iterator<Row> cells, AreaIndex index) {
    List<String> found = new ArrayList<>();
    while (cells.hasNext()) {
      Row cell = cells.next();
      Optional<String> area = index.at(cell.getDouble(0), cell.getDouble(1));
      area.ifPresent(found::add);
    }
    return found.iterator();
  }
}
