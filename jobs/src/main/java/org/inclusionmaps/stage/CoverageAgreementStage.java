package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Tables;

/**
 * How far operators' own coverage areas and the model agree: persons that either gives, and those
 * that it gives beyond the other, place by place, summed over the published areas.
 */
final class CoverageAgreementStage {
  private CoverageAgreementStage() {}

  static Dataset<Row> agreement(
      Dataset<Row> coverage, Dataset<Row> population, Dataset<Row> areas, List<Integer> levels) {
    Dataset<Row> holders =
        AreaTree.ancestors(areas)
            .where(col(AreaTree.ANCESTOR_LEVEL).isin(levels.toArray()))
            .select(col(Tables.AREA), col(AreaTree.ANCESTOR));
    Dataset<Row> people =
        population
            .groupBy(Tables.PLACE, Tables.AREA)
            .agg(sum(Tables.PERSONS_MICRO).as(Tables.PERSONS_MICRO))
            .join(broadcast(holders), Tables.AREA)
            .select(
                col(Tables.PLACE),
                col(AreaTree.ANCESTOR).as(Tables.AREA),
                col(Tables.PERSONS_MICRO));
    Dataset<Row> all =
        people.groupBy(Tables.AREA).agg(sum(Tables.PERSONS_MICRO).as(Tables.PERSONS_MICRO));
    return beyond(coverage, people, Tables.AREA, Tables.OPERATOR, Tables.TECHNOLOGY)
        .join(all, Tables.AREA);
  }

  /**
   * Persons whom the areas and the model give.
   *
   * @param people rows with place and persons_micro
   * @param key the columns to sum by
   */
  static Dataset<Row> beyond(Dataset<Row> coverage, Dataset<Row> people, String... key) {
    Column stated = col("stated_share");
    Column modelled = col("modelled_share");
    return coverage
        .where(stated.isNotNull())
        .select(col(Tables.PLACE), col(Tables.OPERATOR), col(Tables.TECHNOLOGY), stated, modelled)
        .join(people, Tables.PLACE)
        .groupBy(Arrays.stream(key).map(functions::col).toArray(Column[]::new))
        .agg(
            persons(stated).as("stated_micro"),
            persons(modelled).as("modelled_micro"),
            persons(greatest(lit(0.0), stated.minus(modelled))).as("stated_only_micro"),
            persons(greatest(lit(0.0), modelled.minus(stated))).as("modelled_only_micro"));
  }

  private static Column persons(Column share) {
    return sum(round(col(Tables.PERSONS_MICRO).multiply(share)).cast(DataTypes.LongType));
  }
}
