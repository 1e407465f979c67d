package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;

/** Places to the areas of the published levels that hold them. */
final class AreaTotals {
  private AreaTotals() {}

  /** Totals of each published area that has rows: area, level, name, parent, geometry, measures. */
  static Dataset<Row> of(
      Dataset<Row> inclusion, Dataset<Row> areas, List<Group> groups, List<Integer> levels) {
    Dataset<Row> byArea = Totals.of(inclusion, groups, col(Tables.AREA));
    Dataset<Row> totals =
        Totals.rolledUp(byArea.join(ancestors(areas), Tables.AREA), groups, col("ancestor"));
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

  /** Each area with itself and the areas that hold it. */
  private static Dataset<Row> ancestors(Dataset<Row> areas) {
    Row deepest = areas.agg(max(col("level"))).first();
    Dataset<Row> chain =
        areas.select(
            col(Tables.AREA), array(col(Tables.AREA)).as("ancestors"), col("parent").as("next"));
    for (int level = deepest.isNullAt(0) ? 0 : deepest.getInt(0); level > 0; level--) {
      Dataset<Row> up = areas.select(col(Tables.AREA).as("next"), col("parent").as("after_next"));
      chain =
          chain
              .join(up, Columns.of("next"), "left")
              .select(
                  col(Tables.AREA),
                  when(col("next").isNull(), col("ancestors"))
                      .otherwise(concat(col("ancestors"), array(col("next"))))
                      .as("ancestors"),
                  col("after_next").as("next"));
    }
    return chain.select(col(Tables.AREA), explode(col("ancestors")).as("ancestor"));
  }
}
