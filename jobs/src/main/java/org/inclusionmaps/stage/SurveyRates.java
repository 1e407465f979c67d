package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.DirectEstimate;
import org.inclusionmaps.estimation.DirectEstimate.Respondent;

/**
 * The survey's rate of connected persons for each area, settlement type, sex and age band of the
 * population.
 *
 * <p>Each rate is the direct estimate of a domain. The first that will do is taken: of the area
 * itself, then of each area above it, the settlement type by sex and age, then by sex; at last, of
 * the country, the sex, and everyone. A domain will do if it and its sisters (the other sexes and
 * ages of that area and settlement type) all have enough respondents: else one sex would be set
 * against a mixture of both. "Everyone" will do with any number.
 *
 * <p>A respondent whose sex, age or settlement type is not told (a household) counts for each. An
 * age band of the survey counts for the band of the population that it lies in. One who lives in an
 * area that the tree does not have counts for the country only.
 */
final class SurveyRates {
  /** The rate, 0 to 1. */
  static final String RATE = "rate";

  private static final String ANY = "any";
  private static final String DETAIL = "detail";
  private static final String SEX_KEY = "sex_key";
  private static final String BAND_KEY = "band_key";

  /** Details: everyone 0; sex 1; settlement type and sex 2; and age 3. */
  private static final int BY_SEX = 1;

  private static final int BY_SETTLEMENT = 2;
  private static final int BY_AGE = 3;

  private static final StructType ESTIMATE =
      new StructType()
          .add(AreaTree.ANCESTOR, DataTypes.StringType, false)
          .add(AreaTree.ANCESTOR_LEVEL, DataTypes.IntegerType, false)
          .add(Tables.SETTLEMENT_TYPE, DataTypes.StringType, false)
          .add(DETAIL, DataTypes.IntegerType, false)
          .add(SEX_KEY, DataTypes.StringType, false)
          .add(BAND_KEY, DataTypes.StringType, false)
          .add(RATE, DataTypes.DoubleType, false)
          .add("respondents", DataTypes.IntegerType, false);

  private SurveyRates() {}

  /**
   * Rates by area, settlement_type, sex and age_band; no row at all without respondents.
   *
   * @param groups the adult groups of the population: sex and age_band, no two alike
   * @param country the area at level 0
   * @param least respondents that a domain needs
   */
  static Dataset<Row> rates(
      Dataset<Row> survey, Dataset<Row> areas, Dataset<Row> groups, String country, int least) {
    Dataset<Row> tree = AreaTree.ancestors(areas);
    Dataset<Row> keys = keys(groups);
    Dataset<Row> estimates = estimates(respondents(survey, areas, tree, country), keys);
    Dataset<Row> chosen = chosen(estimates, keys, tree, least);
    String[] domain = {AreaTree.ANCESTOR, "domain_settlement", DETAIL};
    return chosen
        .join(estimates.withColumnRenamed(Tables.SETTLEMENT_TYPE, "domain_settlement"), domain)
        .join(keys, new String[] {DETAIL, SEX_KEY, BAND_KEY})
        .select(Tables.AREA, Tables.SETTLEMENT_TYPE, Tables.SEX, Tables.AGE_BAND, RATE);
  }

  /** Each group under each detail: detail, sex_key, band_key, sex, age_band. */
  private static Dataset<Row> keys(Dataset<Row> groups) {
    return groups
        .withColumn(DETAIL, explode(array(lit(0), lit(BY_SEX), lit(BY_SETTLEMENT), lit(BY_AGE))))
        .select(
            col(DETAIL),
            when(col(DETAIL).geq(BY_SEX), col(Tables.SEX)).otherwise(ANY).as(SEX_KEY),
            when(col(DETAIL).geq(BY_AGE), col(Tables.AGE_BAND)).otherwise(ANY).as(BAND_KEY),
            col(Tables.SEX),
            col(Tables.AGE_BAND));
  }

  /** Adult respondents, one row a respondent and area that it counts for. */
  private static Dataset<Row> respondents(
      Dataset<Row> survey, Dataset<Row> areas, Dataset<Row> tree, String country) {
    Dataset<Row> types =
        areas.select(col(Tables.AREA), col(Tables.SETTLEMENT_TYPE).as("area_settlement"));
    String[] area = {Tables.AREA};
    return survey
        .where(col("weight").gt(0))
        .where(col(Tables.AGE_BAND).equalTo(Tables.ALL).or(AgeBands.adult()))
        .join(types, area, "left")
        .join(tree, area, "left")
        .select(
            coalesce(col(AreaTree.ANCESTOR), lit(country)).as(AreaTree.ANCESTOR),
            coalesce(col(AreaTree.ANCESTOR_LEVEL), lit(0)).as(AreaTree.ANCESTOR_LEVEL),
            coalesce(col(Tables.SETTLEMENT_TYPE), col("area_settlement"), lit(ANY))
                .as("own_settlement"),
            col(Tables.SEX).as("own_sex"),
            col(Tables.AGE_BAND).as("own_band"),
            col("stratum"),
            col("psu"),
            col("weight"),
            col("connected"));
  }

  private static Dataset<Row> estimates(Dataset<Row> respondents, Dataset<Row> keys) {
    Column both = array(lit("urban"), lit("rural"));
    Column settlements =
        when(col(DETAIL).lt(BY_SETTLEMENT), array(lit(ANY)))
            .when(col("own_settlement").equalTo(ANY), both)
            .otherwise(array(col("own_settlement")));
    Column[] domain = {
      col(AreaTree.ANCESTOR),
      col(AreaTree.ANCESTOR_LEVEL),
      col(Tables.SETTLEMENT_TYPE),
      col(DETAIL),
      col(SEX_KEY),
      col(BAND_KEY)
    };
    return respondents
        .join(broadcast(keys.select(DETAIL, SEX_KEY, BAND_KEY).distinct()), counts())
        .withColumn(Tables.SETTLEMENT_TYPE, explode(settlements))
        .withColumn("domain", concat_ws("\u0001", domain))
        .groupByKey((MapFunction<Row, String>) row -> row.getAs("domain"), Encoders.STRING())
        .flatMapGroups(
            (FlatMapGroupsFunction<String, Row, Row>) (key, rows) -> estimate(rows),
            Encoders.row(ESTIMATE));
  }

  /** Whether a respondent counts for a domain. */
  private static Column counts() {
    Column sex =
        col(SEX_KEY)
            .isin(ANY, Tables.ALL)
            .or(col("own_sex").equalTo(Tables.ALL))
            .or(col("own_sex").equalTo(col(SEX_KEY)));
    Column age =
        col(BAND_KEY)
            .equalTo(ANY)
            .or(col("own_band").equalTo(Tables.ALL))
            .or(AgeBands.within(col("own_band"), col(BAND_KEY)));
    Column detail = col(DETAIL).geq(BY_SETTLEMENT).or(col(AreaTree.ANCESTOR_LEVEL).equalTo(0));
    return sex.and(age).and(detail);
  }

  private static Iterator<Row> estimate(Iterator<Row> rows) {
    List<Respondent> sample = new ArrayList<>();
    Object[] values = new Object[ESTIMATE.size()];
    while (rows.hasNext()) {
      Row row = rows.next();
      if (sample.isEmpty()) {
        for (int i = 0; i < values.length - 2; i++) {
          values[i] = row.getAs(ESTIMATE.fieldNames()[i]);
        }
      }
      sample.add(
          new Respondent(
              row.getAs("stratum"),
              row.getAs("psu"),
              row.<Double>getAs("weight"),
              row.<Double>getAs("connected"),
              1));
    }
    DirectEstimate estimate = DirectEstimate.of(sample);
    values[values.length - 2] = estimate.ratio();
    values[values.length - 1] = estimate.respondents();
    return List.of(RowFactory.create(values)).iterator();
  }

  /** The domains that each area and settlement type goes by. */
  private static Dataset<Row> chosen(
      Dataset<Row> estimates, Dataset<Row> keys, Dataset<Row> tree, int least) {
    Dataset<Row> sisters =
        keys.select(DETAIL, SEX_KEY, BAND_KEY)
            .distinct()
            .groupBy(DETAIL)
            .agg(count(lit(1)).as("sisters"));
    Dataset<Row> usable =
        estimates
            .groupBy(AreaTree.ANCESTOR, Tables.SETTLEMENT_TYPE, DETAIL)
            .agg(count(lit(1)).as("found"), min(col("respondents")).as("fewest"))
            .join(broadcast(sisters), DETAIL)
            .where(
                col(DETAIL)
                    .equalTo(0)
                    .or(col("found").equalTo(col("sisters")).and(col("fewest").geq(least))))
            .select(
                col(AreaTree.ANCESTOR),
                col(DETAIL),
                col(Tables.SETTLEMENT_TYPE).as("domain_settlement"),
                explode(
                        when(
                                col(Tables.SETTLEMENT_TYPE).equalTo(ANY),
                                array(lit("urban"), lit("rural")))
                            .otherwise(array(col(Tables.SETTLEMENT_TYPE))))
                    .as(Tables.SETTLEMENT_TYPE));
    return tree.join(usable, AreaTree.ANCESTOR)
        .groupBy(Tables.AREA, Tables.SETTLEMENT_TYPE)
        .agg(
            max_by(
                    struct(col(AreaTree.ANCESTOR), col("domain_settlement"), col(DETAIL)),
                    struct(col(AreaTree.ANCESTOR_LEVEL), col(DETAIL)))
                .as("domain"))
        .select(col(Tables.AREA), col(Tables.SETTLEMENT_TYPE), col("domain.*"));
  }
}
