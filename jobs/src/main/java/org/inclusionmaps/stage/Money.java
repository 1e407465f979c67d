package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.AffordabilitySettings;
import org.inclusionmaps.contract.Currencies;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;

/**
 * The money that all is told in.
 *
 * @param currency its ISO 4217 code
 * @param rates how much of it one unit of another money is, by the other's code
 */
record Money(String currency, Map<String, Double> rates) {

  /** That of the settings, or else of the incomes. */
  static Money of(Dataset<Row> incomes, AffordabilitySettings settings) {
    Set<String> found = currencies(incomes);
    Money money = new Money(Currencies.home(found, settings.currency()), settings.exchangeRates());
    money.check(Tables.INCOMES, found);
    return money;
  }

  private void check(Table table, Set<String> found) {
    Currencies.check(table, found, currency, rates.keySet());
  }

  /** How much of it one unit of a table's money is. */
  double rate(Table table, String code) {
    check(table, Set.of(code));
    return code.equals(currency) ? 1 : rates.getOrDefault(code, 1.0);
  }

  /** Incomes with all means and their errors in it. */
  Dataset<Row> converted(Dataset<Row> incomes) {
    Column factor = lit(1.0);
    for (Map.Entry<String, Double> rate : rates.entrySet()) {
      if (!rate.getKey().equals(currency)) {
        factor =
            when(col(Tables.CURRENCY).equalTo(rate.getKey()), rate.getValue()).otherwise(factor);
      }
    }
    return incomes
        .withColumn("mean_month", col("mean_month").multiply(factor))
        .withColumn("mean_error", col("mean_error").multiply(factor))
        .withColumn(Tables.CURRENCY, lit(currency));
  }

  private static Set<String> currencies(Dataset<Row> rows) {
    return rows.select(Tables.CURRENCY).distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }
}
