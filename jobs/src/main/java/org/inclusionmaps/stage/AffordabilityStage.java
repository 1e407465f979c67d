package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Tables;

/**
 * Population, coverage, prices and income distributions to the network and the price on offer to
 * each place, area and group of persons 15 and older. Younger persons have no row.
 *
 * <p>In an area of which the cell list is silent, coverage and all that follows from it is absent,
 * even where a neighbour's cell reaches. Where coverage is known and no usable network reaches, its
 * probability is 0, and share and price are absent, because nobody is covered. {@link
 * PricesOnOffer} says what an operator without a price counts for.
 */
final class AffordabilityStage {
  private AffordabilityStage() {}

  static Dataset<Row> affordability(
      Dataset<Row> population,
      Dataset<Row> offers,
      Dataset<Row> knownCoverage,
      Dataset<Row> prices,
      Dataset<Row> incomes,
      Settings settings) {
    String currency = currency(prices, incomes);
    PricesOnOffer onOffer = PricesOnOffer.of(prices, settings.affordability());
    Column known = coalesce(col("known"), lit(false));
    Column chance = coalesce(col("offer.coverage"), lit(0.0));
    Column price = when(known.and(chance.gt(0)), col("offer.price_month"));
    return population
        .where(AgeBands.adult())
        .select(PlaceGroups.and())
        .join(offers, on(Tables.PLACE), "left")
        .join(broadcast(knownCoverage.select(Tables.AREA, "known")), on(Tables.AREA), "left")
        .join(
            broadcast(
                incomes.select(
                    Tables.AREA, Tables.SEX, "mean_month", "sigma", "form", "parameters")),
            on(Tables.AREA, Tables.SEX),
            "left")
        .withColumn("offer", onOffer.offer())
        .select(
            PlaceGroups.and(
                when(known, chance).as("coverage_probability"),
                when(known, col("best_technology")).as("best_technology"),
                when(known.and(chance.gt(0)), col("offer.share_unaffordable"))
                    .as("share_unaffordable"),
                price.as("price_month"),
                lit(currency).as(Tables.CURRENCY),
                col("mean_month").as("income_mean_month"),
                price.multiply(100).divide(col("mean_month")).as("price_income_pct"),
                when(price.isNotNull(), col("offer.operator")).as(Tables.OPERATOR),
                when(price.isNotNull(), col("offer.income_shortfall_month"))
                    .as("income_shortfall_month")));
  }

  private static String[] on(String... columns) {
    return columns;
  }

  private static String currency(Dataset<Row> prices, Dataset<Row> incomes) {
    SortedSet<String> found = new TreeSet<>();
    prices
        .select(Tables.CURRENCY)
        .union(incomes.select(Tables.CURRENCY))
        .distinct()
        .collectAsList()
        .forEach(row -> found.add(row.getString(0)));
    if (found.size() > 1) {
      throw new IllegalStateException(
          "prices and income_distributions are in " + String.join(" and ", found));
    }
    return found.isEmpty() ? "" : found.first();
  }
}
