package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.inclusionmaps.affordability.LognormalIncome;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Tables;

/**
 * Incomes, microdata, areas and population to the income distribution of each area and sex that has
 * people.
 *
 * <p>An area takes its mean from the row of the nearest area up the tree, itself first, that has a
 * mean or a poverty rate for that sex, or else for both: no difference of the sexes is invented. So
 * it takes how income is shared from the nearest that tells it ({@link IncomeShapes}). {@link
 * AreaIncomes} says where that is used as it stands, and where only what it leaves after the spread
 * between means. Every area and sex of the population has a row.
 */
final class IncomeDistributionsStage {
  private static final double HIGHEST_ERROR_PCT = 1000;

  private IncomeDistributionsStage() {}

  static Dataset<Row> distributions(
      Dataset<Row> incomes,
      Dataset<Row> survey,
      Dataset<Row> areas,
      Dataset<Row> population,
      Settings settings) {
    NationalIncome nation = NationalIncome.of(incomes, survey, settings);
    double mean = nation.lognormal().mean();
    double sigma = nation.lognormal().sigma();
    String currency = nation.money().currency();
    String country = settings.country().id();
    Dataset<Row> shapes =
        IncomeShapes.of(incomes, survey, areas, settings.affordability().minimumRespondents());
    return sources(nation.money().converted(incomes), shapes, areas, population)
        .repartition(1)
        .sortWithinPartitions(Tables.AREA, Tables.SEX)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows -> rows(rows, new LognormalIncome(mean, sigma), country, currency),
            Encoders.row(Tables.INCOME_DISTRIBUTIONS.schema()));
  }

  private static Iterator<Row> rows(
      Iterator<Row> rows, LognormalIncome nation, String country, String currency) {
    return AreaIncomes.of(rows, nation, country).rows(currency);
  }

  /** The columns of {@link AreaIncomes}: one row an area and sex with people. */
  private static Dataset<Row> sources(
      Dataset<Row> incomes, Dataset<Row> shapes, Dataset<Row> areas, Dataset<Row> population) {
    Dataset<Row> people =
        population
            .groupBy(Tables.AREA, Tables.SEX)
            .agg(sum(col(Tables.PERSONS_MICRO)).as("persons"));
    Dataset<Row> places = people.join(AreaTree.ancestors(areas), Tables.AREA);
    Column error = col("mean_error").multiply(100).divide(col("mean_month"));
    Dataset<Row> means =
        incomes
            .where(col("mean_month").isNotNull().or(col("poverty_rate").isNotNull()))
            .select(
                col(Tables.AREA).as("source"),
                col(Tables.SEX).as("source_sex"),
                struct(
                        col("mean_month"),
                        col("poverty_rate"),
                        col(Tables.AREA).as("mean_area"),
                        when(error.gt(HIGHEST_ERROR_PCT), HIGHEST_ERROR_PCT)
                            .otherwise(error)
                            .as("error_pct"))
                    .as("found"));
    Dataset<Row> forms =
        shapes.select(
            col("shape_area").as("source"),
            col("shape_sex").as("source_sex"),
            struct(
                    col("shape_area"),
                    col("shape_sex"),
                    col("form"),
                    col("parameters"),
                    col("sigma"))
                .as("found"));
    return nearest(places, means)
        .join(
            nearest(places, forms).select(col(Tables.AREA), col(Tables.SEX), col("found").as("of")),
            new String[] {Tables.AREA, Tables.SEX},
            "left")
        .select(
            col(Tables.AREA),
            col(Tables.SEX),
            col("persons"),
            col("found.mean_month"),
            col("found.poverty_rate"),
            col("found.mean_area"),
            col("found.error_pct"),
            col("of.shape_area"),
            col("of.shape_sex"),
            col("of.form"),
            col("of.parameters"),
            col("of.sigma"));
  }

  /** What is found nearest up the tree: at one area, for the own sex before both. */
  private static Dataset<Row> nearest(Dataset<Row> places, Dataset<Row> given) {
    Column own = col("source_sex").notEqual(lit(Tables.ALL)).or(col(Tables.SEX).equalTo("all"));
    return places
        .join(
            broadcast(given),
            col("source")
                .equalTo(col(AreaTree.ANCESTOR))
                .and(
                    col("source_sex")
                        .isin(Tables.ALL)
                        .or(col("source_sex").equalTo(col(Tables.SEX)))))
        .groupBy(Tables.AREA, Tables.SEX, "persons")
        .agg(max_by(col("found"), struct(col(AreaTree.ANCESTOR_LEVEL), own)).as("found"));
  }
}
