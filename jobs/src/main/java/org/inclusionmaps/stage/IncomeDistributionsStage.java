package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.affordability.AreaMeans;
import org.inclusionmaps.affordability.IncomeSpread;
import org.inclusionmaps.affordability.LognormalIncome;
import org.inclusionmaps.config.CountrySettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/**
 * Incomes, areas and population to the income distribution of each area and sex that has people.
 *
 * <p>An area takes the row of the nearest area up the tree, itself first, that has a mean or a
 * poverty rate for that sex, or else for both: no difference of the sexes is invented. The spread
 * within places is what the national Gini leaves after the spread between the means; an area's own
 * Gini is not used. Every area and sex of the population has a row.
 */
final class IncomeDistributionsStage {
  private IncomeDistributionsStage() {}

  static Dataset<Row> distributions(
      Dataset<Row> incomes, Dataset<Row> areas, Dataset<Row> population, CountrySettings country) {
    NationalIncome nation = NationalIncome.of(incomes, country);
    double mean = nation.income().mean();
    double sigma = nation.income().sigma();
    String currency = nation.currency();
    return sources(incomes, areas, population)
        .repartition(1)
        .sortWithinPartitions(Tables.AREA, Tables.SEX)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows -> spread(rows, new LognormalIncome(mean, sigma), currency),
            Encoders.row(Tables.INCOME_DISTRIBUTIONS.schema()));
  }

  /** Each area and sex with people: area, sex, persons, mean_month, poverty_rate, source. */
  private static Dataset<Row> sources(
      Dataset<Row> incomes, Dataset<Row> areas, Dataset<Row> population) {
    Dataset<Row> given =
        incomes
            .where(col("mean_month").isNotNull().or(col("poverty_rate").isNotNull()))
            .select(
                col(Tables.AREA).as("source"),
                col(Tables.SEX).as("source_sex"),
                col("mean_month"),
                col("poverty_rate"));
    return population
        .groupBy(Tables.AREA, Tables.SEX)
        .agg(sum(col(Tables.PERSONS_MICRO)).as("persons"))
        .join(AreaTree.ancestors(areas), Tables.AREA)
        .join(
            broadcast(given),
            col("source")
                .equalTo(col(AreaTree.ANCESTOR))
                .and(col("source_sex").isin(Tables.ALL).or(col("source_sex").equalTo(col("sex")))))
        .groupBy(Tables.AREA, Tables.SEX, "persons")
        .agg(
            max_by(
                    struct(col("mean_month"), col("poverty_rate"), col("source")),
                    struct(
                        col(AreaTree.ANCESTOR_LEVEL),
                        col("source_sex").notEqual(lit(Tables.ALL)).or(col("sex").equalTo("all"))))
                .as("row"))
        .select(
            col(Tables.AREA),
            col(Tables.SEX),
            col("persons"),
            col("row.mean_month"),
            col("row.poverty_rate"),
            col("row.source"));
  }

  private static Iterator<Row> spread(Iterator<Row> rows, LognormalIncome nation, String currency) {
    List<Row> list = new ArrayList<>();
    rows.forEachRemaining(list::add);
    if (list.isEmpty()) {
      return list.iterator();
    }
    double[] persons = list.stream().mapToDouble(row -> row.getLong(2)).toArray();
    double[] means = means(list, persons, nation);
    IncomeSpread spread = IncomeSpread.within(nation.sigma(), persons, means);
    List<Row> out = new ArrayList<>();
    for (int i = 0; i < persons.length; i++) {
      Row row = list.get(i);
      out.add(
          RowFactory.create(
              row.getString(0),
              row.getString(1),
              spread.means()[i],
              spread.sigma(),
              currency,
              row.getString(5),
              null));
    }
    return out.iterator();
  }

  private static double[] means(List<Row> list, double[] persons, LognormalIncome nation) {
    try {
      return AreaMeans.of(
          nation,
          persons,
          list.stream().mapToDouble(row -> orUnknown(row, 3)).toArray(),
          list.stream().mapToDouble(row -> orUnknown(row, 4)).toArray());
    } catch (IllegalArgumentException e) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "incomes: " + e.getMessage() + "; correct the means, or leave them to the poverty rates",
          e);
    }
  }

  private static double orUnknown(Row row, int at) {
    return row.isNullAt(at) ? Double.NaN : row.getDouble(at);
  }
}
