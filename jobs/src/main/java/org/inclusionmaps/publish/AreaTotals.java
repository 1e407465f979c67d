package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;

/** Places to the areas of the published levels that hold them. */
final class AreaTotals {
  private static final int DEEPEST = 9;

  private AreaTotals() {}

  /** Totals of each published area that has rows: area, level, name, parent, geometry, measures. */
  static Dataset<Row> of(
      Dataset<Row> inclusion, Dataset<Row> areas, List<Group> groups, List<Integer> levels) {
    Dataset<Row> byArea = Totals.of(inclusion, groups, col(Tables.AREA));
    Dataset<Row> totals =
        Totals.rolledUp(
            byArea.join(ancestors(areas, levels), Tables.AREA), groups, col("ancestor"));
    Dataset<Row> published =
        areas
            .where(col("level").isin(levels.toArray()))
            .select(
                col(Tables.AREA).as("ancestor"),
                col("level"),
                col("name"),
                col("parent"),
                col("geometry"));
    return published.join(totals, "ancestor").withColumnRenamed("ancestor", Tables.AREA);
  }

  /** Each area with itself and the areas that hold it, those of some levels. */
  private static Dataset<Row> ancestors(Dataset<Row> areas, List<Integer> levels) {
    Dataset<Row> up =
        areas.select(
            col(Tables.AREA).as("up_area"), col("parent").as("up_parent"), col("level").as("up"));
    Dataset<Row> step =
        areas.select(
            col(Tables.AREA), col(Tables.AREA).as("ancestor"), col("parent"), col("level"));
    Dataset<Row> all = step;
    for (int i = 0; i < DEEPEST; i++) {
      Column holds = col("parent").equalTo(col("up_area"));
      step =
          step.join(up, holds)
              .select(
                  col(Tables.AREA),
                  col("up_area").as("ancestor"),
                  col("up_parent").as("parent"),
                  col("up").as("level"));
      all = all.union(step);
    }
    return all.where(col("level").isin(levels.toArray())).select(Tables.AREA, "ancestor");
  }
}
