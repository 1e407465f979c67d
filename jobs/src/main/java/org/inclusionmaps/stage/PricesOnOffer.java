package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.affordability.IncomeDistribution;
import org.inclusionmaps.affordability.Offers;
import org.inclusionmaps.config.AffordabilitySettings;
import org.inclusionmaps.config.AffordabilitySettings.Shadowing;
import scala.collection.Seq;

/**
 * The prices of the operators that serve a place.
 *
 * <p>An operator's price is the lower of its own and that of {@code *}. One without either sells no
 * basket that meets the need on a usable network: its network still counts as coverage, at a price
 * that nobody can pay.
 *
 * @param months what the basket of each operator costs a month
 * @param shadowing how operators hang together
 * @param threshold highest share of income that is affordable
 */
record PricesOnOffer(Map<String, Double> months, Shadowing shadowing, double threshold)
    implements Serializable {
  private static final StructType OFFER =
      new StructType()
          .add("coverage", DataTypes.DoubleType, false)
          .add("share_unaffordable", DataTypes.DoubleType, false)
          .add("price_month", DataTypes.DoubleType, true)
          .add("operator", DataTypes.StringType, true)
          .add("income_shortfall_month", DataTypes.DoubleType, true);

  /** Those of the basket that measures affordability. */
  static PricesOnOffer of(Dataset<Row> prices, AffordabilitySettings settings) {
    return of(new HashMap<>(PricesStage.months(prices, settings)), settings);
  }

  static PricesOnOffer of(Map<String, Double> months, AffordabilitySettings settings) {
    return new PricesOnOffer(months, settings.shadowing(), settings.thresholdPct() / 100);
  }

  /**
   * What is on offer to a row, from its operators, probabilities, mean_month, sigma, form and
   * parameters: coverage, share_unaffordable of the covered (0 where none is), price_month,
   * operator and income_shortfall_month; the last three absent without a price.
   */
  Column offer() {
    return udf(
            (UDF5<Seq<String>, Seq<Double>, Double, String, Seq<Double>, Row>)
                (operators, probabilities, mean, form, parameters) ->
                    offer(
                        operators,
                        doubles(probabilities),
                        new IncomeForm(form, doubles(parameters)).at(mean)),
            OFFER)
        .withName("offer")
        .apply(
            coalesce(col("operators"), array().cast("array<string>")),
            coalesce(col("probabilities"), array().cast("array<double>")),
            coalesce(col("mean_month"), lit(1.0)),
            coalesce(col("form"), lit(IncomeForm.LOGNORMAL)),
            coalesce(col("parameters"), array(coalesce(col("sigma"), lit(0.0)))));
  }

  private Row offer(Seq<String> operators, double[] probabilities, IncomeDistribution income) {
    double[] prices = new double[probabilities.length];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = price(operators.apply(i));
    }
    Offers offers = offers(prices, probabilities);
    int likely = offers.mostLikely();
    return RowFactory.create(
        offers.coverage(),
        offers.shareUnaffordable(income::shareBelow, threshold),
        likely < 0 ? null : offers.expectedPrice(),
        likely < 0 ? null : operators.apply(likely),
        likely < 0 ? null : offers.incomeShortfall(income::shortfall, threshold));
  }

  /** What an operator's basket costs; infinite where it sells none. */
  double price(String operator) {
    double any = months.getOrDefault("*", Double.POSITIVE_INFINITY);
    return Math.min(months.getOrDefault(operator, Double.POSITIVE_INFINITY), any);
  }

  private Offers offers(double[] prices, double[] probabilities) {
    return shadowing == Shadowing.COMMON
        ? Offers.failingTogether(prices, probabilities)
        : Offers.failingApart(prices, probabilities);
  }

  /** Probabilities of service, from the cheapest up, to those of being the cheapest available. */
  void chances(double[] probabilities) {
    if (shadowing == Shadowing.COMMON) {
      Offers.chancesTogether(probabilities);
    } else {
      Offers.chancesApart(probabilities);
    }
  }

  /** Probability that any of several networks serves, from their probabilities. */
  static double union(List<Double> probabilities, Shadowing shadowing) {
    double highest = probabilities.stream().mapToDouble(p -> p).reduce(0, Math::max);
    if (shadowing == Shadowing.COMMON) {
      return highest;
    }
    double[] each = probabilities.stream().mapToDouble(p -> p).toArray();
    return Math.max(highest, Offers.failingApart(new double[each.length], each).coverage());
  }

  private static double[] doubles(Seq<Double> values) {
    double[] doubles = new double[values.length()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values.apply(i);
    }
    return doubles;
  }
}
