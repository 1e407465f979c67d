package org.inclusionmaps.sample;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;

/** The table of incomes: the nation's mean and Gini, and what a survey makes of each district. */
final class IncomeRows {
  private static final double SURVEY_ERROR = 0.07;
  private static final int BINS_AN_E_FOLD = 25;

  /** The columns that it has: none of those that may be left out, but for the Gini. */
  static final StructType SCHEMA =
      new StructType(Arrays.copyOf(Tables.INCOMES.schema().fields(), 7));

  private IncomeRows() {}

  /**
   * The rows of the table, from {@link Truth#EACH_PERSON}. One row an area and sex is collected.
   */
  static List<Row> of(Dataset<Row> persons, Land land, Draws draws) {
    Column cents = round(col("income_month").multiply(100)).cast(DataTypes.LongType);
    Dataset<Row> adults = persons.where(col("income_month").isNotNull());
    List<Row> rows = new ArrayList<>();
    rows.add(national(adults, cents));
    List<Row> means =
        adults
            .groupBy(Tables.AREA, Tables.SEX)
            .agg(count(lit(1)).as("persons"), sum(cents).as("cents"))
            .orderBy(Tables.AREA, Tables.SEX)
            .collectAsList();
    Map<String, Integer> indices = new HashMap<>();
    land.districts().forEach(district -> indices.put(district.id(), district.index()));
    for (Row mean : means) {
      double truth = mean.getLong(3) / 100.0 / mean.getLong(2);
      long key = 2L * indices.getOrDefault(mean.getString(0), -1);
      key += mean.getString(1).equals("male") ? 1 : 0;
      double error = SURVEY_ERROR * draws.normal(What.INCOME_ESTIMATE, key);
      double estimate = truth * StrictMath.exp(error - SURVEY_ERROR * SURVEY_ERROR / 2);
      rows.add(row(mean.getString(0), mean.getString(1), estimate, null));
    }
    return rows;
  }

  private static Row national(Dataset<Row> adults, Column cents) {
    Column bin = floor(log(col("income_month")).multiply(BINS_AN_E_FOLD));
    List<Row> bins =
        adults
            .groupBy(bin.as("bin"))
            .agg(count(lit(1)).as("persons"), sum(cents).as("cents"))
            .orderBy("bin")
            .collectAsList();
    double persons = 0;
    double money = 0;
    double twiceArea = 0;
    for (Row one : bins) {
      double before = money;
      persons += one.getLong(1);
      money += one.getLong(2);
      twiceArea += one.getLong(1) * (before + money);
    }
    double gini = 1 - twiceArea / (persons * money);
    return row(Land.COUNTRY, Tables.ALL, money / 100 / persons, gini);
  }

  private static Row row(
      String area, String sex, double mean, @org.jspecify.annotations.Nullable Double gini) {
    return RowFactory.create(
        area,
        sex,
        StrictMath.rint(mean),
        null,
        Tariffs.CURRENCY,
        Sims.YEAR,
        gini == null ? null : StrictMath.rint(gini * 1000) / 1000);
  }
}
