package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Tables;

/**
 * The price of the national basket, and what part of mean income it is. They are of the country
 * alone, and of everyone in it.
 */
final class NationalPrices {
  /** The national indicators of price, in the order of the rows. */
  static final List<String> NAMES =
      List.of(
          "basket_price_month",
          "itu_affordability_pct",
          "basket_income_pct_bottom_40",
          "basket_income_pct_poorest_20");

  private NationalPrices() {}

  /** Rows of the table of indicators. */
  static Dataset<Row> rows(
      Dataset<Row> prices,
      Dataset<Row> market,
      Dataset<Row> incomes,
      Dataset<Row> survey,
      Settings settings) {
    NationalBasket basket = NationalBasket.of(prices, market);
    NationalIncome nation = NationalIncome.of(incomes, survey, settings);
    double[] means = {
      0, nation.income().mean(), nation.meanOfPoorestFifths(2), nation.meanOfPoorestFifths(1)
    };
    String[] whose = {
      "", "mean income", "mean income of the poorer 40 %", "mean income of the poorest 20 %"
    };
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      boolean price = i == 0;
      rows.add(
          RowFactory.create(
              settings.country().id(),
              Tables.ALL,
              Tables.ALL,
              Tables.ALL,
              NAMES.get(i),
              settings.release().year(),
              price ? basket.price() : 100 * basket.price() / means[i],
              null,
              null,
              price ? null : basket.price(),
              price ? null : means[i],
              price ? "money" : "percent",
              price
                  ? "ITU: %s, in %s a month".formatted(basket.rule(), nation.currency())
                  : "%s, as per cent of %s per head and month".formatted(basket.rule(), whose[i]),
              basket.quality(),
              null));
    }
    return prices.sparkSession().createDataFrame(rows, Tables.INDICATORS.schema());
  }
}
