package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.config.AffordabilitySettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/**
 * The price of the national basket, and what part of mean income it and each other basket is. They
 * are of the country alone, and of everyone in it, and without a device, as ITU has them.
 */
final class NationalPrices {
  private static final String PRICE = "basket_price_month";
  private static final String WEIGHTED = "basket_price_month_subscribers";

  /** Only if the settings have a rate of purchasing power. */
  private static final String INTERNATIONAL = "basket_price_month_ppp";

  private static final String AFFORDABILITY = "itu_affordability_pct";
  private static final String BOTTOM_40 = "basket_income_pct_bottom_40";
  private static final String POOREST_20 = "basket_income_pct_poorest_20";

  /** The national indicators of price, in the order of the rows. */
  static final List<String> NAMES =
      List.of(PRICE, WEIGHTED, INTERNATIONAL, AFFORDABILITY, BOTTOM_40, POOREST_20);

  /** Before the name of a basket: its price as per cent of mean income. */
  static final String EACH = "basket_income_pct_";

  private final Settings settings;
  private final List<Row> prices;
  private final Map<String, Double> shares;
  private final NationalIncome nation;
  private final List<Row> rows = new ArrayList<>();

  private NationalPrices(
      Settings settings, List<Row> prices, Map<String, Double> shares, NationalIncome nation) {
    this.settings = settings;
    this.prices = prices;
    this.shares = shares;
    this.nation = nation;
  }

  /**
   * Rows of the table of indicators. Prices of a basket and operator, some dozen, are collected.
   */
  static Dataset<Row> rows(
      Dataset<Row> prices,
      Dataset<Row> market,
      Dataset<Row> incomes,
      Dataset<Row> survey,
      Settings settings) {
    SortedMap<String, Double> shares = new TreeMap<>();
    market
        .select(Tables.OPERATOR, "share")
        .collectAsList()
        .forEach(row -> shares.put(row.getString(0), row.getDouble(1)));
    List<Row> collected =
        prices
            .select(
                col("basket"),
                col(Tables.TECHNOLOGY),
                col(Tables.OPERATOR),
                col("price_month").minus(col("device_month")),
                col("version"))
            .collectAsList();
    NationalPrices made =
        new NationalPrices(
            settings, collected, shares, NationalIncome.of(incomes, survey, settings));
    made.ofChosen();
    made.ofEach();
    return prices.sparkSession().createDataFrame(made.rows, Tables.INDICATORS.schema());
  }

  private List<NationalBasket.Priced> priced(String basket) {
    String usable = settings.affordability().usableFor(basket);
    return prices.stream()
        .filter(row -> row.getString(0).equals(basket) && row.getString(1).equals(usable))
        .map(row -> new NationalBasket.Priced(row.getString(2), row.getDouble(3), row.getString(4)))
        .toList();
  }

  private void ofChosen() {
    AffordabilitySettings affordability = settings.affordability();
    List<NationalBasket.Priced> chosen = priced(affordability.basket());
    NationalBasket basket = NationalBasket.of(chosen, shares);
    String money = ", in %s a month".formatted(nation.money().currency());
    price(PRICE, basket.price(), "ITU: " + basket.rule() + money, basket.quality());
    Optional<NationalBasket> weighted = NationalBasket.ofSubscribers(chosen, shares);
    if (weighted.isPresent()) {
      price(
          WEIGHTED,
          weighted.get().price(),
          weighted.get().rule() + money,
          weighted.get().quality());
    } else {
      none(
          WEIGHTED,
          "money",
          "mean over subscribers of their operator's price" + money,
          "shares of subscribers are not known");
    }
    Double rate = affordability.purchasingPowerRate();
    if (rate != null) {
      price(
          INTERNATIONAL,
          basket.price() / rate,
          basket.rule() + ", in international dollars a month",
          basket.quality());
    }
    share(AFFORDABILITY, basket, nation.income().mean(), "mean income");
    share(BOTTOM_40, basket, nation.meanOfPoorestFifths(2), "mean income of the poorer 40 %");
    share(POOREST_20, basket, nation.meanOfPoorestFifths(1), "mean income of the poorest 20 %");
  }

  private void ofEach() {
    settings
        .affordability()
        .baskets()
        .forEach(
            (name, needs) -> {
              List<NationalBasket.Priced> priced = priced(name);
              if (priced.isEmpty()) {
                none(
                    EACH + name,
                    "percent",
                    "cheapest basket (%s), as per cent of mean income per head and month"
                        .formatted(PricesStage.version(needs)),
                    "no operator's plans meet the basket");
              } else {
                share(
                    EACH + name,
                    NationalBasket.of(priced, shares),
                    nation.income().mean(),
                    "mean income");
              }
            });
  }

  private void price(String name, double price, String method, String quality) {
    add(name, price, null, null, "money", method, quality, null);
  }

  private void share(String name, NationalBasket basket, double mean, String whose) {
    add(
        name,
        100 * basket.price() / mean,
        basket.price(),
        mean,
        "percent",
        "%s, as per cent of %s per head and month".formatted(basket.rule(), whose),
        basket.quality(),
        null);
  }

  private void none(String name, String unit, String method, String reason) {
    add(name, null, null, null, unit, method, "unreliable", reason);
  }

  private void add(
      String name,
      @Nullable Double value,
      @Nullable Double numerator,
      @Nullable Double denominator,
      String unit,
      String method,
      String quality,
      @Nullable String reason) {
    rows.add(
        RowFactory.create(
            settings.country().id(),
            Tables.ALL,
            Tables.ALL,
            Tables.ALL,
            name,
            settings.release().year(),
            value,
            null,
            null,
            numerator,
            denominator,
            unit,
            method,
            quality,
            reason));
  }
}
