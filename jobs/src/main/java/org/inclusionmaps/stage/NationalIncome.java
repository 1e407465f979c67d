package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.util.List;
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
    List<Row> rows =
        incomes
            .where(col(Tables.AREA).equalTo(country.id()))
            .where(col(Tables.SEX).equalTo(Tables.ALL))
            .select("mean_month", "gini", Tables.CURRENCY)
            .collectAsList();
    if (rows.isEmpty() || rows.get(0).isNullAt(0) || rows.get(0).isNullAt(1)) {
      throw broken(
          ("the row of the country (area %s, sex all) must have mean_month and gini: the mean"
                  + " income per head and month, and its inequality; add or complete it")
              .formatted(country.id()));
    }
    double gini = rows.get(0).getDouble(1);
    if (!(gini > 0 && gini < 1)) {
      throw broken(
          "gini of the country (area %s, sex all) is %s but must be above 0 and below 1"
              .formatted(country.id(), gini));
    }
    Row money = incomes.agg(min(col(Tables.CURRENCY)), max(col(Tables.CURRENCY))).first();
    if (!money.getString(0).equals(money.getString(1))) {
      throw broken(
          "means are in %s and in %s; give all of them in one currency"
              .formatted(money.getString(0), money.getString(1)));
    }
    return new NationalIncome(
        LognormalIncome.ofGini(rows.get(0).getDouble(0), gini), rows.get(0).getString(2));
  }

  private static InclusionException broken(String message) {
    return new InclusionException(ErrorCode.CONTRACT_BROKEN, "incomes: " + message);
  }
}
