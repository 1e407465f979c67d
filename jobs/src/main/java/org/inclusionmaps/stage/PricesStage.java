package org.inclusionmaps.stage;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.affordability.BasketSearch;
import org.inclusionmaps.affordability.Need;
import org.inclusionmaps.affordability.Plan;
import org.inclusionmaps.config.AffordabilitySettings;
import org.inclusionmaps.config.AffordabilitySettings.BasketSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/**
 * Tariffs to the cheapest basket of each operator ({@code *}: of all), among plans of a usable
 * technology that are not promotions. An operator whose plans cannot meet the basket has no row.
 */
final class PricesStage {
  private static final double MB_PER_GB = 1000;

  private PricesStage() {}

  /** The plans, some thousand at most, come to the driver. */
  static Dataset<Row> prices(Dataset<Row> tariffs, AffordabilitySettings settings) {
    BasketSettings basket = settings.basket();
    Need need = new Need(basket.dataGb() * MB_PER_GB, basket.minutes(), basket.sms());
    String version = version(basket);
    List<Row> all = new ArrayList<>(tariffs.collectAsList());
    all.sort(Comparator.comparing(row -> row.<String>getAs("plan")));
    checkCurrency(all);
    SortedMap<String, List<Row>> usable = new TreeMap<>();
    for (Row row : all) {
      if (!promotional(row) && !old(row, settings.minimumTechnology())) {
        usable.computeIfAbsent(row.getAs(Tables.OPERATOR), operator -> new ArrayList<>()).add(row);
      }
    }
    List<Row> found = new ArrayList<>();
    usable.forEach(
        (operator, plans) ->
            BasketSearch.cheapest(plans.stream().map(PricesStage::plan).toList(), need)
                .ifPresent(
                    cheapest ->
                        found.add(
                            RowFactory.create(
                                operator,
                                cheapest.price(),
                                plans.get(0).getAs(Tables.CURRENCY),
                                cheapest.describe(),
                                version))));
    if (found.isEmpty()) {
      throw noneMeets(all, settings.minimumTechnology(), version);
    }
    return tariffs.sparkSession().createDataFrame(found, Tables.PRICES.schema());
  }

  private static boolean promotional(Row tariff) {
    return Boolean.TRUE.equals(tariff.getAs("promotional"));
  }

  private static boolean old(Row tariff, String minimum) {
    return tariff.<String>getAs(Tables.TECHNOLOGY).compareTo(minimum) < 0;
  }

  private static Plan plan(Row row) {
    return new Plan(
        row.getAs("plan"),
        "base".equals(row.getAs("kind")) ? Plan.Kind.BASE : Plan.Kind.ADD_ON,
        row.<Double>getAs("price"),
        row.<Double>getAs("validity_days"),
        row.<Double>getAs("data_mb"),
        orNone(row, "minutes"),
        orNone(row, "sms"));
  }

  private static double orNone(Row row, String column) {
    int at = row.fieldIndex(column);
    return row.isNullAt(at) ? 0 : row.getDouble(at);
  }

  private static void checkCurrency(List<Row> tariffs) {
    SortedSet<String> money = new TreeSet<>();
    tariffs.forEach(row -> money.add(row.getAs(Tables.CURRENCY)));
    if (money.size() > 1) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "tariffs: prices are in %s and in %s; give all of them in one currency"
              .formatted(money.first(), money.last()));
    }
  }

  private static InclusionException noneMeets(List<Row> tariffs, String minimum, String version) {
    long all = tariffs.size();
    long promotional = tariffs.stream().filter(PricesStage::promotional).count();
    long old = tariffs.stream().filter(row -> !promotional(row) && old(row, minimum)).count();
    return new InclusionException(
        ErrorCode.CONTRACT_BROKEN,
        ("tariffs: no operator's plans meet the basket (%s): of %,d plans %,d are promotions, %,d"
                + " are older than %s, and the other %,d hold too little or are add-ons without a"
                + " base plan; add plans, or change affordability.basket or"
                + " affordability.minimum_technology")
            .formatted(version, all, promotional, old, minimum, all - promotional - old));
  }

  private static String version(BasketSettings basket) {
    return plain(basket.dataGb())
        + " GB"
        + (basket.minutes() > 0 ? " + " + plain(basket.minutes()) + " minutes" : "")
        + (basket.sms() > 0 ? " + " + plain(basket.sms()) + " messages" : "");
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
