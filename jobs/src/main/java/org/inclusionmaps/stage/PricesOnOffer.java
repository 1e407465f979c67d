package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.affordability.LognormalIncome;
import org.inclusionmaps.affordability.Offers;
import org.inclusionmaps.config.AffordabilitySettings;
import org.inclusionmaps.config.AffordabilitySettings.Shadowing;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.contract.Tables;
import scala.collection.Seq;

/**
 * The operators that serve a place, with their prices.
 *
 * <p>An operator's price is the lower of its own and that of {@code *}. One without either sells no
 * basket that meets the need on a usable network: its network still counts as coverage, at a price
 * that nobody can pay.
 */
final class PricesOnOffer {
  static final String PRICES = "prices";
  static final String PROBABILITIES = "probabilities";
  static final String BEST = "best_technology";

  /** What is on offer: coverage, price_month and operator; the last two absent without a price. */
  static final String OFFER = "offer";

  /** At this probability of service or more a technology counts as a place's best. */
  private static final double EVEN_CHANCE = 0.5;

  private static final ArrayType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);

  private static final StructType BY_PLACE =
      new StructType()
          .add(Tables.PLACE, DataTypes.LongType, false)
          .add(BEST, DataTypes.StringType, true)
          .add(PRICES, DOUBLES, false)
          .add(PROBABILITIES, DOUBLES, false)
          .add(
              OFFER,
              new StructType()
                  .add("coverage", DataTypes.DoubleType, false)
                  .add("price_month", DataTypes.DoubleType, true)
                  .add(Tables.OPERATOR, DataTypes.StringType, true),
              false);

  private PricesOnOffer() {}

  /**
   * Coverage to one row a place with a row of coverage.
   *
   * @param prices what the basket of each operator costs a month
   */
  static Dataset<Row> byPlace(
      Dataset<Row> coverage,
      Map<String, Double> prices,
      RadioSettings radio,
      AffordabilitySettings settings) {
    String minimum = settings.minimumTechnology();
    Shadowing shadowing = settings.shadowing();
    return coverage
        .groupBy(Tables.PLACE)
        .agg(
            collect_list(
                struct(col(Tables.OPERATOR), col(Tables.TECHNOLOGY), Network.probability(radio))))
        .map(
            (MapFunction<Row, Row>)
                row -> atPlace(row.getLong(0), row.getList(1), prices, minimum, shadowing),
            Encoders.row(BY_PLACE));
  }

  /** Networks, each operator, technology and probability, to the row of their place. */
  private static Row atPlace(
      long place,
      List<Row> networks,
      Map<String, Double> prices,
      String minimum,
      Shadowing shadowing) {
    SortedMap<String, Double> chances = new TreeMap<>();
    String best = null;
    for (Row network : networks) {
      String technology = network.getString(1);
      double chance = network.getDouble(2);
      if (technology.compareTo(minimum) >= 0) {
        chances.merge(network.getString(0), chance, Math::max);
      }
      if (chance >= EVEN_CHANCE && (best == null || technology.compareTo(best) > 0)) {
        best = technology;
      }
    }
    double any = prices.getOrDefault("*", Double.POSITIVE_INFINITY);
    String[] operators = chances.keySet().toArray(String[]::new);
    double[] asked =
        chances.keySet().stream()
            .mapToDouble(of -> Math.min(prices.getOrDefault(of, Double.POSITIVE_INFINITY), any))
            .toArray();
    double[] probabilities = chances.values().stream().mapToDouble(chance -> chance).toArray();
    return RowFactory.create(
        place,
        best,
        Arrays.stream(asked).boxed().toArray(),
        Arrays.stream(probabilities).boxed().toArray(),
        offer(operators, offers(asked, probabilities, shadowing)));
  }

  /**
   * Share of the covered persons of a row whose price is over the threshold, from its {@link
   * #PRICES}, {@link #PROBABILITIES}, mean_month and sigma; 0 where none is covered.
   */
  static Column shareUnaffordable(AffordabilitySettings settings) {
    Shadowing shadowing = settings.shadowing();
    double threshold = settings.thresholdPct() / 100;
    Column none = array().cast("array<double>");
    return udf(
            (UDF4<Seq<Double>, Seq<Double>, Double, Double, Double>)
                (prices, probabilities, mean, sigma) ->
                    offers(doubles(prices), doubles(probabilities), shadowing)
                        .shareUnaffordable(new LognormalIncome(mean, sigma)::shareBelow, threshold),
            DataTypes.DoubleType)
        .withName("share_unaffordable")
        .apply(
            coalesce(col(PRICES), none),
            coalesce(col(PROBABILITIES), none),
            coalesce(col("mean_month"), lit(1.0)),
            coalesce(col("sigma"), lit(0.0)));
  }

  /** Probability that any of several networks serves, from their probabilities. */
  static double union(double[] probabilities, Shadowing shadowing) {
    double highest = Arrays.stream(probabilities).reduce(0, Math::max);
    return shadowing == Shadowing.COMMON
        ? highest
        : Math.max(
            highest,
            Offers.failingApart(new double[probabilities.length], probabilities).coverage());
  }

  private static Row offer(String[] operators, Offers offers) {
    int likely = offers.mostLikely();
    return likely < 0
        ? RowFactory.create(offers.coverage(), null, null)
        : RowFactory.create(offers.coverage(), offers.expectedPrice(), operators[likely]);
  }

  private static Offers offers(double[] prices, double[] chances, Shadowing shadowing) {
    return shadowing == Shadowing.COMMON
        ? Offers.failingTogether(prices, chances)
        : Offers.failingApart(prices, chances);
  }

  private static double[] doubles(Seq<Double> values) {
    double[] doubles = new double[values.length()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values.apply(i);
    }
    return doubles;
  }
}
