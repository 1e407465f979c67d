package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
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

  static Dataset<Row> prices(Dataset<Row> tariffs, AffordabilitySettings settings) {
    Column promotional = coalesce(col("promotional"), lit(false));
    Column old = not(Networks.atLeast(col(Tables.TECHNOLOGY), settings.minimumTechnology()));
    Row facts = facts(tariffs, promotional, old);
    BasketSettings basket = settings.basket();
    double dataMb = basket.dataGb() * MB_PER_GB;
    double minutes = basket.minutes();
    double sms = basket.sms();
    String version = version(basket);
    List<Row> found =
        tariffs
            .where(not(promotional).and(not(old)))
            .groupByKey(
                (MapFunction<Row, String>) row -> row.getAs(Tables.OPERATOR), Encoders.STRING())
            .flatMapGroups(
                (FlatMapGroupsFunction<String, Row, Row>)
                    (operator, plans) ->
                        cheapest(operator, plans, new Need(dataMb, minutes, sms), version),
                Encoders.row(Tables.PRICES.schema()))
            .orderBy(Tables.OPERATOR)
            .collectAsList();
    if (found.isEmpty()) {
      throw noneMeets(facts, settings.minimumTechnology(), version);
    }
    return tariffs.sparkSession().createDataFrame(found, Tables.PRICES.schema());
  }

  private static Iterator<Row> cheapest(
      String operator, Iterator<Row> rows, Need need, String version) {
    List<Plan> plans = new ArrayList<>();
    String currency = "";
    while (rows.hasNext()) {
      Row row = rows.next();
      currency = row.getAs(Tables.CURRENCY);
      plans.add(plan(row));
    }
    String money = currency;
    return BasketSearch.cheapest(plans, need).stream()
        .map(b -> RowFactory.create(operator, b.price(), money, b.describe(), version))
        .iterator();
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

  private static Row facts(Dataset<Row> tariffs, Column promotional, Column old) {
    Row facts =
        tariffs
            .agg(
                count(lit(1)),
                countDistinct(col(Tables.CURRENCY)),
                min(col(Tables.CURRENCY)),
                max(col(Tables.CURRENCY)),
                coalesce(sum(when(promotional, 1L).otherwise(0L)), lit(0L)),
                coalesce(sum(when(not(promotional).and(old), 1L).otherwise(0L)), lit(0L)))
            .first();
    if (facts.getLong(1) > 1) {
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          "tariffs: prices are in %s and in %s; give all of them in one currency"
              .formatted(facts.getString(2), facts.getString(3)));
    }
    return facts;
  }

  private static InclusionException noneMeets(Row facts, String minimum, String version) {
    long all = facts.getLong(0);
    long promotional = facts.getLong(4);
    long old = facts.getLong(5);
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
