package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.affordability.IncomeDistribution;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/**
 * What the replicates of a place, area and group of persons 15 and older are made from, in one row,
 * and the names of its columns.
 */
final class ReplicateRows {
  private static final int PLACE = 0;
  static final int AREA = 1;
  private static final int SEX = 2;
  private static final int AGE_BAND = 3;
  private static final int DISABILITY = 4;
  private static final int PERSONS = 5;
  private static final int COVERAGE = 6;
  private static final int UNAFFORDABLE = 7;
  static final int BEST_TECHNOLOGY = 8;
  static final int PRICE_INCOME_PCT = 9;
  private static final int CONNECTED = 10;
  static final int CONNECTED_SOURCE = 11;
  private static final int RATE = 12;
  private static final int ERROR_SOURCES = 13;
  private static final int LOGIT_ERRORS = 14;
  private static final int OPERATORS = 15;
  private static final int PROBABILITIES = 16;
  private static final int SIGMA_DB = 17;
  private static final int BY_DEFAULT = 18;
  private static final int MEAN_MONTH = 19;
  private static final int SIGMA = 20;
  private static final int INCOME_SOURCE = 21;
  private static final int INCOME_ERROR_PCT = 22;
  private static final int FORM = 23;
  private static final int PARAMETERS = 24;

  private ReplicateRows() {}

  /**
   * The rows of all persons 15 and older, in any order.
   *
   * @param country the area at level 0: incomes that rest on its row alone have the nation's error
   *     and no other
   */
  static Dataset<Row> of(
      Dataset<Row> population,
      Dataset<Row> affordability,
      Dataset<Row> connected,
      Dataset<Row> offers,
      Dataset<Row> incomes,
      String country) {
    return population
        .where(AgeBands.adult())
        .select(PlaceGroups.and(col(Tables.PERSONS_MICRO)))
        .join(
            affordability.select(
                PlaceGroups.and(
                    col("coverage_probability"),
                    col("share_unaffordable"),
                    col("best_technology"),
                    col("price_income_pct"))),
            PlaceGroups.on(),
            "left")
        .join(
            connected.select(
                PlaceGroups.and(
                    col(Tables.PERSONS_MICRO).as("connected"),
                    col("source").as("connected_source"),
                    col("rate"),
                    col("error_sources"),
                    col("logit_errors"))),
            PlaceGroups.on(),
            "left")
        .join(
            offers.select(Tables.PLACE, "operators", "probabilities", "sigma_db", "by_default"),
            new String[] {Tables.PLACE},
            "left")
        .join(
            broadcast(
                incomes.select(
                    col(Tables.AREA),
                    col(Tables.SEX),
                    col("mean_month"),
                    col("sigma"),
                    col("source").as("income_source"),
                    when(col("source").equalTo(country), 0.0)
                        .otherwise(col("mean_error_pct"))
                        .as("mean_error_pct"),
                    col("form"),
                    col("parameters"))),
            new String[] {Tables.AREA, Tables.SEX},
            "left")
        .select(
            PlaceGroups.and(
                col(Tables.PERSONS_MICRO),
                col("coverage_probability"),
                col("share_unaffordable"),
                col("best_technology"),
                col("price_income_pct"),
                col("connected"),
                col("connected_source"),
                col("rate"),
                col("error_sources"),
                col("logit_errors"),
                coalesce(col("operators"), array().cast("array<string>")),
                coalesce(col("probabilities"), array().cast("array<double>")),
                coalesce(col("sigma_db"), array().cast("array<double>")),
                coalesce(col("by_default"), array().cast("array<boolean>")),
                col("mean_month"),
                col("sigma"),
                col("income_source"),
                col("mean_error_pct"),
                coalesce(col("form"), lit(IncomeForm.LOGNORMAL)),
                coalesce(col("parameters"), array(col("sigma")))));
  }

  static long place(Row row) {
    return row.getLong(PLACE);
  }

  static String sex(Row row) {
    return row.getString(SEX);
  }

  static String ageBand(Row row) {
    return row.getString(AGE_BAND);
  }

  static String disability(Row row) {
    return row.getString(DISABILITY);
  }

  static long persons(Row row) {
    return row.getLong(PERSONS);
  }

  static boolean known(Row row) {
    return !row.isNullAt(COVERAGE);
  }

  /** Whether coverage is known, and how many are connected. */
  static boolean told(Row row) {
    return known(row) && connected(row) != null;
  }

  static double coverage(Row row) {
    return row.getDouble(COVERAGE);
  }

  /** Share of the covered for whom the price is too high; 0 where none is covered. */
  static double unaffordable(Row row) {
    return row.isNullAt(UNAFFORDABLE) ? 0 : row.getDouble(UNAFFORDABLE);
  }

  /** Persons connected, in millionths; null where not known. */
  static @Nullable Long connected(Row row) {
    return row.isNullAt(CONNECTED) ? null : row.getLong(CONNECTED);
  }

  /** Share connected by the source; where it has none, that of the persons connected. */
  static double rate(Row row) {
    if (!row.isNullAt(RATE)) {
      return row.getDouble(RATE);
    }
    long persons = persons(row);
    return persons == 0 ? 0 : row.getLong(CONNECTED) / (double) persons;
  }

  /** What the rate errs by; rows that name one err together. */
  static List<String> errorSources(Row row) {
    return row.isNullAt(ERROR_SOURCES) ? List.of() : row.getList(ERROR_SOURCES);
  }

  /** What a standard error of each of those does to the logit of the rate. */
  static List<Double> logitErrors(Row row) {
    return row.isNullAt(LOGIT_ERRORS) ? List.of() : row.getList(LOGIT_ERRORS);
  }

  static List<String> operators(Row row) {
    return row.getList(OPERATORS);
  }

  static List<Double> probabilities(Row row) {
    return row.getList(PROBABILITIES);
  }

  static List<Double> sigmas(Row row) {
    return row.getList(SIGMA_DB);
  }

  static List<Boolean> byDefault(Row row) {
    return row.getList(BY_DEFAULT);
  }

  /** Income of the row's area and sex. */
  static IncomeDistribution income(Row row) {
    List<Double> parameters = row.getList(PARAMETERS);
    return new IncomeForm(row.getString(FORM), parameters.stream().mapToDouble(k -> k).toArray())
        .at(row.getDouble(MEAN_MONTH));
  }

  static double incomeSpread(Row row) {
    return row.getDouble(SIGMA);
  }

  static String incomeSource(Row row) {
    return row.getString(INCOME_SOURCE);
  }

  /** Standard error of mean income, per cent of it; another where the feed tells none. */
  static double incomeErrorPct(Row row, double otherwise) {
    return row.isNullAt(INCOME_ERROR_PCT) ? otherwise : row.getDouble(INCOME_ERROR_PCT);
  }
}
