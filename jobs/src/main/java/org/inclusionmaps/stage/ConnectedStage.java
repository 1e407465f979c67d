package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.deprivation.Access;

/**
 * Survey and population to the persons 15 and older of each place, area and group who are
 * connected. {@link SurveyRates} says which respondents a row goes by. Younger persons have no row.
 *
 * <p>No more are connected than are covered, where coverage is known: the rest is counted as
 * removed. Without a survey the persons are absent.
 */
final class ConnectedStage {
  private ConnectedStage() {}

  static Dataset<Row> connected(
      Dataset<Row> survey,
      Dataset<Row> areas,
      Dataset<Row> population,
      Dataset<Row> places,
      Dataset<Row> affordability,
      Settings settings) {
    Dataset<Row> adults = population.where(AgeBands.adult());
    Dataset<Row> rates =
        SurveyRates.rates(
            survey,
            areas,
            adults.select(Tables.SEX, Tables.AGE_BAND).distinct(),
            settings.country().id(),
            settings.connected().minimumRespondents());
    Column rated = share(coalesce(col(SurveyRates.RATE), lit(0.0)));
    Column covered =
        when(col("coverage_probability").isNull(), col(Tables.PERSONS_MICRO))
            .otherwise(share(coalesce(col("coverage_probability"), lit(0.0))));
    return settled(adults, places)
        .join(rates, rateKey(), "left")
        .join(
            affordability.select(PlaceGroups.and(col("coverage_probability"))),
            PlaceGroups.on(),
            "left")
        .withColumn("rated", rated)
        .withColumn("covered", covered)
        .select(
            PlaceGroups.and(
                when(col(SurveyRates.RATE).isNotNull(), least(col("rated"), col("covered")))
                    .as(Tables.PERSONS_MICRO),
                col("rated").minus(least(col("rated"), col("covered"))).as("removed_micro"),
                when(col(SurveyRates.RATE).isNotNull(), "survey").otherwise("none").as("source"),
                col(SurveyRates.RATE),
                col("rate_source"),
                col("rate_error")));
  }

  /** Adults with the settlement type of their place. */
  private static Dataset<Row> settled(Dataset<Row> adults, Dataset<Row> places) {
    Column type = when(col("degree").equalTo("rural"), "rural").otherwise("urban");
    return adults
        .join(places.select(Tables.PLACE, "degree"), new String[] {Tables.PLACE}, "left")
        .select(PlaceGroups.and(col(Tables.PERSONS_MICRO), type.as(Tables.SETTLEMENT_TYPE)));
  }

  private static String[] rateKey() {
    return new String[] {Tables.AREA, Tables.SETTLEMENT_TYPE, Tables.SEX, Tables.AGE_BAND};
  }

  private static Column share(Column share) {
    return udf((UDF2<Long, Double, Long>) Access::share, DataTypes.LongType)
        .withName("share_of_persons")
        .apply(col(Tables.PERSONS_MICRO), share);
  }
}
