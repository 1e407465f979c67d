package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Tables;

/**
 * Places and the survey to whether the persons 15 and older of a place and area count as urban or
 * rural, in the survey's sense.
 *
 * <p>Where the office tells it of an area, that counts. Else the places are put in order, by degree
 * of urbanisation and then by persons, and the first are urban: as many as bring the urban share of
 * adults nearest to the survey's. An office's towns are seldom those of density, and a rate of the
 * survey's towns must reach as many people as it was measured on. Without enough respondents whose
 * settlement type is told, urban is what is not rural by degree.
 */
final class SettlementTypesStage {
  /** Orders in which persons are put together, an eighth of a doubling apart. */
  private static final int EIGHTHS = 8;

  private static final int SIZES = 64 * EIGHTHS;

  /** The first order of rural places. */
  private static final int RURAL = 2 * SIZES;

  private SettlementTypesStage() {}

  /**
   * One row a place and area with persons 15 and older.
   *
   * @param least respondents whose settlement type must be told for their share to count
   */
  static Dataset<Row> types(
      Dataset<Row> population,
      Dataset<Row> places,
      Dataset<Row> areas,
      Dataset<Row> survey,
      int least) {
    Dataset<Row> ordered =
        population
            .where(AgeBands.adult())
            .groupBy(Tables.PLACE, Tables.AREA)
            .agg(sum(Tables.PERSONS_MICRO).as("persons"))
            .join(
                places.select(
                    col(Tables.PLACE),
                    udf(
                            (UDF2<String, Long, Integer>) SettlementTypesStage::order,
                            DataTypes.IntegerType)
                        .withName("urban_order")
                        .apply(col("degree"), col(Tables.PERSONS_MICRO))
                        .as("order")),
                new String[] {Tables.PLACE},
                "left")
            .join(
                broadcast(areas.select(Tables.AREA, Tables.SETTLEMENT_TYPE)),
                new String[] {Tables.AREA},
                "left")
            .withColumn("order", coalesce(col("order"), lit(RURAL)));
    int firstRural = firstRural(ordered, survey, areas, least);
    Column byOrder = when(col("order").lt(firstRural), "urban").otherwise("rural");
    return ordered.select(
        col(Tables.PLACE),
        col(Tables.AREA),
        coalesce(col(Tables.SETTLEMENT_TYPE), byOrder).as(Tables.SETTLEMENT_TYPE));
  }

  /** The first order that is rural. */
  private static int firstRural(
      Dataset<Row> ordered, Dataset<Row> survey, Dataset<Row> areas, int least) {
    Column weight = col("weight").cast("decimal(38,18)");
    Row told =
        survey
            .where(col("weight").gt(0).and(col(Tables.SETTLEMENT_TYPE).isNotNull()))
            .where(col(Tables.AGE_BAND).equalTo(Tables.ALL).or(AgeBands.adult()))
            .join(
                broadcast(areas.where(col(Tables.SETTLEMENT_TYPE).isNotNull()).select(Tables.AREA)),
                new String[] {Tables.AREA},
                "left_anti")
            .agg(
                count(lit(1)),
                sum(when(col(Tables.SETTLEMENT_TYPE).equalTo("urban"), weight)).cast("double"),
                sum(weight).cast("double"))
            .first();
    if (told.getLong(0) < least || !(told.getDouble(2) > 0)) {
      return RURAL;
    }
    List<Row> orders =
        ordered
            .where(col(Tables.SETTLEMENT_TYPE).isNull())
            .groupBy("order")
            .agg(sum("persons"))
            .orderBy("order")
            .collectAsList();
    long all = orders.stream().mapToLong(order -> order.getLong(1)).sum();
    double urban = told.isNullAt(1) ? 0 : all * (told.getDouble(1) / told.getDouble(2));
    long before = 0;
    for (Row order : orders) {
      if (before + order.getLong(1) / 2.0 > urban) {
        return order.getInt(0);
      }
      before += order.getLong(1);
    }
    return Integer.MAX_VALUE;
  }

  /** The more urban a place, the lower; those of one degree from the most persons down. */
  static int order(String degree, long personsMicro) {
    int first = List.of("urban_centre", "urban_cluster", "rural").indexOf(degree) * SIZES;
    return first + SIZES - 1 - eighths(personsMicro);
  }

  /**
   * Whole eighths of doublings from 1 to a number, about: rises with it, and is exact everywhere.
   */
  private static int eighths(long number) {
    if (number < EIGHTHS) {
      return (int) Math.max(0, number);
    }
    int doublings = 63 - Long.numberOfLeadingZeros(number);
    return doublings * EIGHTHS + (int) ((number >>> (doublings - 3)) & (EIGHTHS - 1));
  }
}
