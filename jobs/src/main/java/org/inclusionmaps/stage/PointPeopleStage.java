package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;

/** Settled points and population to the persons of each point with anybody. */
final class PointPeopleStage {
  private static final String TOTAL = "total_micro";

  private PointPeopleStage() {}

  static Dataset<Row> people(Dataset<Row> settledPoints, Dataset<Row> population) {
    Dataset<Row> totals =
        population.groupBy(Tables.PLACE, Tables.AREA).agg(sum(Tables.PERSONS_MICRO).as(TOTAL));
    Dataset<Row> shared =
        settledPoints.join(totals, new String[] {Tables.PLACE, Tables.AREA}, "inner");
    return Splits.split(shared, List.of(Tables.PLACE, Tables.AREA), "point", TOTAL, "weight_micro")
        .groupBy(Tables.PLACE, "point")
        .agg(sum(Tables.PERSONS_MICRO).as(Tables.PERSONS_MICRO))
        .where(col(Tables.PERSONS_MICRO).gt(0))
        .select(
            col(Tables.PLACE),
            col("point"),
            PlaceColumns.lon(col("point")).as(Tables.LON),
            PlaceColumns.lat(col("point")).as(Tables.LAT),
            col(Tables.PERSONS_MICRO));
  }
}
