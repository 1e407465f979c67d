package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.affordability.LognormalIncome;
import org.inclusionmaps.config.CountrySettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/**
 * Income of the nation: the country's own row of the incomes.
 *
 * @param income its mean a month and its spread
 * @param currency its money
 */
record NationalIncome(LognormalIncome income, String currency) {

  /**
   * The country's row for both sexes.
   *
   * @throws InclusionException if it is not there or incomplete, or if incomes are in several
   *     currencies
   */
  static NationalIncome of(Dataset<Row> incomes, CountrySettings country) {
    Column own = col(Tables.AREA).equalTo(country.id()).and(col(Tables.SEX).equalTo(Tables.ALL));
    Column figures = struct(col("mean_month"), col("gini"), col(Tables.CURRENCY));
    Row found =
        incomes
            .agg(max(when(own, figures)), min(col(Tables.CURRENCY)), max(col(Tables.CURRENCY)))
            .first();
    if (found.isNullAt(0) || found.getStruct(0).isNullAt(0) || found.getStruct(0).isNullAt(1)) {
      throw broken(
          ("the row of the country (area %s, sex all) must have mean_month and gini: the mean"
                  + " income per head and month, and its inequality; add or complete it")
              .formatted(country.id()));
    }
    double mean = found.getStruct(0).getDouble(0);
    double gini = found.getStruct(0).getDouble(1);
    if (!(gini > 0 && gini < 1)) {
      throw broken(
          "gini of the country (area %s, sex all) is %s but must be above 0 and below 1"
              .formatted(country.id(), gini));
    }
    if (!found.getString(1).equals(found.getString(2))) {
      throw broken(
          "means are in %s and in %s; give all of them in one currency"
              .formatted(found.getString(1), found.getString(2)));
    }
    return new NationalIncome(LognormalIncome.ofGini(mean, gini), found.getString(1));
  }

  private static InclusionException broken(String message) {
    return new InclusionException(ErrorCode.CONTRACT_BROKEN, "incomes: " + message);
  }
}
