package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.figures.Group;

/**
 * What one look over the table inclusion tells.
 *
 * @param groups the groups of people that occur
 * @param broken rows whose parts do not add up to their persons
 * @param range least and most persons that can be priced out, millionths
 */
record Overview(List<Group> groups, long broken, List<Long> range) {

  static Overview of(Dataset<Row> inclusion) {
    Row row =
        inclusion
            .agg(
                collect_set(col(Tables.SEX)),
                collect_set(col(Tables.AGE_BAND)),
                collect_set(col(Tables.DISABILITY)),
                coalesce(sum(when(ReleaseCheck.broken(), 1L)), lit(0L)),
                coalesce(sum(col("priced_out_min_micro")), lit(0L)),
                coalesce(sum(col("priced_out_max_micro")), lit(0L)))
            .first();
    return new Overview(
        Group.of(row.getList(0), row.getList(1), row.getList(2)),
        row.getLong(3),
        List.of(row.getLong(4), row.getLong(5)));
  }
}
