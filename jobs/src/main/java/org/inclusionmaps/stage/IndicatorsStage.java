package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;

/**
 * Inclusion, coverage, prices and incomes to the indicators of the areas of the levels that are
 * published: for everyone, and for each sex, age band and disability. An area or group without
 * people has no row; a figure that cannot be had has a row with a reason and no value.
 */
final class IndicatorsStage {
  private IndicatorsStage() {}

  static Dataset<Row> indicators(Map<Table, Dataset<Row>> in, Settings settings) {
    List<Integer> levels = settings.release().areaLevels();
    Dataset<Row> areas = InclusionStages.table(in, Tables.AREAS);
    Dataset<Row> groups =
        rows(
            GroupSums.sums(InclusionStages.table(in, Tables.INCLUSION), areas, levels),
            IndicatorList.all(sexes(InclusionStages.table(in, Tables.SURVEY))),
            settings);
    Column all = lit(Tables.ALL);
    Dataset<Row> coverage =
        MobileCoverage.sums(
                InclusionStages.table(in, Tables.POPULATION),
                InclusionStages.table(in, Tables.COVERAGE),
                InclusionStages.table(in, Tables.KNOWN_COVERAGE),
                GroupSums.ancestors(areas, levels),
                settings.radio(),
                settings.affordability().shadowing())
            .withColumn(Tables.SEX, all)
            .withColumn(Tables.AGE_BAND, all)
            .withColumn(Tables.DISABILITY, all);
    Dataset<Row> rows = groups.union(rows(coverage, MobileCoverage.indicators(), settings));
    return levels.contains(0)
        ? rows.union(
            NationalPrices.rows(
                InclusionStages.table(in, Tables.PRICES),
                InclusionStages.table(in, Tables.MARKET),
                InclusionStages.table(in, Tables.INCOMES),
                settings))
        : rows;
  }

  private static Dataset<Row> rows(
      Dataset<Row> sums, List<Indicator> indicators, Settings settings) {
    Column missing = lit(null).cast(DataTypes.DoubleType);
    Column[] structures = indicators.stream().map(Indicator::row).toArray(Column[]::new);
    return sums.withColumn("figure", explode(array(structures)))
        .select(
            col(Tables.AREA),
            col(Tables.SEX),
            col(Tables.AGE_BAND),
            col(Tables.DISABILITY),
            col("figure.indicator"),
            lit(settings.release().year()).as("year"),
            col("figure.value"),
            missing.as("low"),
            missing.as("high"),
            col("figure.numerator"),
            col("figure.denominator"),
            col("figure.unit"),
            col("figure.method"),
            col("figure.quality"),
            col("figure.reason"));
  }

  /** Whether any respondent's sex is told. */
  private static IndicatorList.Sexes sexes(Dataset<Row> survey) {
    return survey.where(col(Tables.SEX).notEqual(Tables.ALL)).isEmpty()
        ? IndicatorList.Sexes.NOT_TOLD
        : IndicatorList.Sexes.TOLD_APART;
  }
}
