package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.affordability.Basket;
import org.inclusionmaps.affordability.BasketSearch;
import org.inclusionmaps.affordability.Need;
import org.inclusionmaps.affordability.Plan;
import org.inclusionmaps.config.AffordabilitySettings;
import org.inclusionmaps.config.AffordabilitySettings.BasketSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/**
 * Tariffs to the cheapest basket of each operator ({@code *}: of all): for each basket of the
 * settings, and for plans of each technology or newer from the basket's own on. Promotions do not
 * count. A basket that an operator's plans cannot meet has no row. Prices are in the money that all
 * is told in, and bear the device's part of a month.
 */
final class PricesStage {

  private PricesStage() {}

  /** The plans, some thousand at most, come to the driver. */
  static Dataset<Row> prices(
      Dataset<Row> tariffs, Dataset<Row> incomes, AffordabilitySettings settings) {
    Money money = Money.of(incomes, settings);
    List<Row> all = new ArrayList<>(tariffs.collectAsList());
    all.sort(Comparator.comparing(row -> row.<String>getAs("plan")));
    SortedMap<String, List<Row>> operators = new TreeMap<>();
    for (Row row : all) {
      operators
          .computeIfAbsent(row.<String>getAs(Tables.OPERATOR), operator -> new ArrayList<>())
          .add(row);
    }
    List<Row> found = new ArrayList<>();
    settings
        .baskets()
        .forEach(
            (name, basket) ->
                operators.forEach(
                    (operator, plans) ->
                        prices(operator, plans, name, settings, money).forEach(found::add)));
    String usable = settings.usableFor(settings.basket());
    if (found.stream()
        .noneMatch(row -> row.get(1).equals(settings.basket()) && row.get(2).equals(usable))) {
      throw noneMeets(all, settings);
    }
    return tariffs.sparkSession().createDataFrame(found, Tables.PRICES.schema());
  }

  /** The prices of one basket of one operator, by the oldest technology of its plans. */
  private static List<Row> prices(
      String operator,
      List<Row> tariffs,
      String name,
      AffordabilitySettings settings,
      Money money) {
    BasketSettings basket = settings.needOf(name);
    Need need = TariffUse.need(basket);
    double device = settings.device().month();
    List<Row> found = new ArrayList<>();
    List<Plan> last = List.of();
    Optional<Basket> cheapest = Optional.empty();
    for (String technology : Tables.TECHNOLOGIES) {
      if (technology.compareTo(basket.minimumTechnology()) < 0) {
        continue;
      }
      List<Plan> plans =
          tariffs.stream()
              .filter(row -> TariffUse.counts(row, technology))
              .map(
                  row ->
                      TariffUse.plan(
                          row, money.rate(Tables.TARIFFS, row.<String>getAs(Tables.CURRENCY))))
              .toList();
      if (!plans.equals(last)) {
        cheapest = BasketSearch.cheapest(plans, need);
        last = plans;
      }
      cheapest.ifPresent(
          bought ->
              found.add(
                  RowFactory.create(
                      operator,
                      name,
                      technology,
                      bought.price() + device,
                      device,
                      money.currency(),
                      bought.describe(),
                      version(basket))));
    }
    return found;
  }

  /** The rows of one basket, of plans that are usable; others than that are for comparison. */
  static Dataset<Row> of(Dataset<Row> prices, String basket, AffordabilitySettings settings) {
    return prices.where(
        col("basket")
            .equalTo(basket)
            .and(col(Tables.TECHNOLOGY).equalTo(settings.usableFor(basket))));
  }

  /** The price a month of the basket that measures affordability, by operator. */
  static Map<String, Double> months(Dataset<Row> prices, AffordabilitySettings settings) {
    return of(prices, settings.basket(), settings)
        .select(Tables.OPERATOR, "price_month")
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getDouble(1)));
  }

  private static InclusionException noneMeets(List<Row> tariffs, AffordabilitySettings settings) {
    BasketSettings basket = settings.chosen();
    String minimum = settings.usableFor(settings.basket());
    Map<String, Long> reasons =
        tariffs.stream()
            .map(row -> TariffUse.reason(row, tariffs, TariffUse.need(basket), minimum))
            .collect(Collectors.groupingBy(String::valueOf, Collectors.counting()));
    long all = tariffs.size();
    long promotional = reasons.getOrDefault(TariffUse.PROMOTION, 0L);
    long old = reasons.getOrDefault(TariffUse.OLDER_TECHNOLOGY, 0L);
    return new InclusionException(
        ErrorCode.CONTRACT_BROKEN,
        ("tariffs: no operator's plans meet the basket %s (%s): of %,d plans %,d are promotions,"
                + " %,d are older than %s, and the other %,d hold too little or are add-ons without"
                + " a base plan; add plans, or change affordability.basket or"
                + " affordability.minimum_technology")
            .formatted(
                settings.basket(),
                version(basket),
                all,
                promotional,
                old,
                minimum,
                all - promotional - old));
  }

  /** A basket in words, as {@code 2 GB + 20 messages}. */
  static String version(BasketSettings basket) {
    return plain(basket.dataGb())
        + " GB"
        + (basket.minutes() > 0 ? " + " + plain(basket.minutes()) + " minutes" : "")
        + (basket.sms() > 0 ? " + " + plain(basket.sms()) + " messages" : "");
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
