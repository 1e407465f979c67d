package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.stage.IndicatorList.Sexes;

/**
 * Sums of inclusion, coverage, prices and incomes to the indicators of the areas of the levels that
 * are published: for everyone, and for each sex, age band and disability. An area or group without
 * people has no row; a figure that cannot be had has a row with a reason and no value.
 */
final class IndicatorsStage {
  private IndicatorsStage() {}

  static Dataset<Row> indicators(Map<Table, Dataset<Row>> in, Settings settings) {
    List<Integer> levels = settings.release().areaLevels();
    Map<String, List<String>> up =
        AreaTree.holders(InclusionStages.table(in, Tables.AREAS), levels);
    int year = settings.release().year();
    Sexes sexes =
        sexes(InclusionStages.table(in, Tables.SURVEY), settings.connected().minimumRespondents());
    Dataset<Row> groups =
        inOneTask(
            InclusionStages.table(in, Tables.AREA_SUMS),
            rows ->
                figures(
                    GroupSums.up(rows, up),
                    IndicatorList.all(sexes),
                    year,
                    Indicator.Ends.QUANTILES));
    Dataset<Row> rows =
        groups.union(mobileCoverage(in, Tables.COVERAGE, MobileCoverage.Of.COUNTED, settings, up));
    if (CoverageStages.differsFromModel(settings)) {
      rows =
          rows.union(mobileCoverage(in, Tables.SIGNAL, MobileCoverage.Of.MODELLED, settings, up));
    }
    return levels.contains(0)
        ? rows.union(
            NationalPrices.rows(
                InclusionStages.table(in, Tables.PRICES),
                InclusionStages.table(in, Tables.MARKET),
                InclusionStages.table(in, Tables.INCOMES),
                InclusionStages.table(in, Tables.SURVEY),
                settings))
        : rows;
  }

  private static Dataset<Row> mobileCoverage(
      Map<Table, Dataset<Row>> in,
      Table coverage,
      MobileCoverage.Of of,
      Settings settings,
      Map<String, List<String>> up) {
    int year = settings.release().year();
    return inOneTask(
        MobileCoverage.ofAreas(
            InclusionStages.table(in, Tables.POPULATION),
            InclusionStages.table(in, coverage),
            InclusionStages.table(in, Tables.KNOWN_COVERAGE),
            InclusionStages.table(in, Tables.PLACES),
            settings),
        rows ->
            figures(
                MobileCoverage.up(rows, up),
                MobileCoverage.indicators(of),
                year,
                Indicator.Ends.EXTREMES));
  }

  /** Sums of areas, some hundred for each, to the indicators of the areas that hold them. */
  private static Dataset<Row> inOneTask(
      Dataset<Row> ofAreas, MapPartitionsFunction<Row, Row> figures) {
    return ofAreas.repartition(1).mapPartitions(figures, Encoders.row(Tables.INDICATORS.schema()));
  }

  private static Iterator<Row> figures(
      Stream<Sums> sums, List<Indicator> list, int year, Indicator.Ends ends) {
    return sums.flatMap(of -> list.stream().map(indicator -> indicator.row(of, year, ends)))
        .iterator();
  }

  /** Whether enough respondents of either sex count for their rates to be told apart. */
  private static Sexes sexes(Dataset<Row> survey, int least) {
    Column counts =
        col("weight").gt(0).and(col(Tables.AGE_BAND).equalTo(Tables.ALL).or(AgeBands.adult()));
    for (String sex : List.of("female", "male")) {
      if (survey.where(counts.and(col(Tables.SEX).equalTo(sex))).count() < least) {
        return Sexes.NOT_TOLD;
      }
    }
    return Sexes.TOLD_APART;
  }
}
