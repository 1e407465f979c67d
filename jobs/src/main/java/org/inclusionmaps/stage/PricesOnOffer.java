package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF4;
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

  private static final StructType OFFER_TYPE =
      new StructType()
          .add("coverage", DataTypes.DoubleType, false)
          .add("price_month", DataTypes.DoubleType, true)
          .add(Tables.OPERATOR, DataTypes.StringType, true);

  private PricesOnOffer() {}

  /** Coverage and prices to one row a place with a row of coverage. */
  static Dataset<Row> byPlace(
      Dataset<Row> coverage,
      Dataset<Row> prices,
      RadioSettings radio,
      AffordabilitySettings settings) {
    Column usable = Networks.atLeast(col(Tables.TECHNOLOGY), settings.minimumTechnology());
    Column service = Networks.probability(radio);
    Shadowing shadowing = settings.shadowing();
    return priced(
            coverage
                .groupBy(Tables.PLACE, Tables.OPERATOR)
                .agg(
                    max(when(usable, service)).as("probability"),
                    max(when(service.geq(EVEN_CHANCE), col(Tables.TECHNOLOGY))).as(BEST)),
            prices)
        .groupBy(Tables.PLACE)
        .agg(
            sort_array(
                    collect_list(
                        when(
                            col("probability").isNotNull(),
                            struct(col(Tables.OPERATOR), col("price"), col("probability")))))
                .as("operators"),
            max(col(BEST)).as(BEST))
        .select(
            col(Tables.PLACE),
            col(BEST),
            col("operators.price").as(PRICES),
            col("operators.probability").as(PROBABILITIES),
            udf(
                    (UDF3<Seq<String>, Seq<Double>, Seq<Double>, Row>)
                        (o, p, q) -> offer(o, offers(p, q, shadowing)),
                    OFFER_TYPE)
                .withName("offer")
                .apply(
                    col("operators.operator"), col("operators.price"), col("operators.probability"))
                .as(OFFER));
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
                    offers(prices, probabilities, shadowing)
                        .shareUnaffordable(new LognormalIncome(mean, sigma)::shareBelow, threshold),
            DataTypes.DoubleType)
        .withName("share_unaffordable")
        .apply(
            coalesce(col(PRICES), none),
            coalesce(col(PROBABILITIES), none),
            coalesce(col("mean_month"), lit(1.0)),
            coalesce(col("sigma"), lit(0.0)));
  }

  /** Probability that any of several networks serves, from an array of their probabilities. */
  static Column union(Column probabilities, Shadowing shadowing) {
    return udf(
            (UDF1<Seq<Double>, Double>)
                q -> shadowing == Shadowing.COMMON ? highest(q) : Math.max(highest(q), apart(q)),
            DataTypes.DoubleType)
        .withName("union")
        .apply(probabilities);
  }

  private static Dataset<Row> priced(Dataset<Row> operators, Dataset<Row> prices) {
    double all =
        prices
            .where(col(Tables.OPERATOR).equalTo("*"))
            .select("price_month")
            .collectAsList()
            .stream()
            .mapToDouble(row -> row.getDouble(0))
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    Dataset<Row> own = prices.select(col(Tables.OPERATOR), col("price_month"));
    return operators
        .join(
            broadcast(own),
            operators.col(Tables.OPERATOR).equalTo(own.col(Tables.OPERATOR)),
            "left")
        .select(
            col(Tables.PLACE),
            operators.col(Tables.OPERATOR),
            least(coalesce(col("price_month"), lit(Double.POSITIVE_INFINITY)), lit(all))
                .as("price"),
            col("probability"),
            col(BEST));
  }

  private static Row offer(Seq<String> operators, Offers offers) {
    int likely = offers.mostLikely();
    return likely < 0
        ? RowFactory.create(offers.coverage(), null, null)
        : RowFactory.create(offers.coverage(), offers.expectedPrice(), operators.apply(likely));
  }

  private static Offers offers(Seq<Double> prices, Seq<Double> chances, Shadowing shadowing) {
    return shadowing == Shadowing.COMMON
        ? Offers.failingTogether(doubles(prices), doubles(chances))
        : Offers.failingApart(doubles(prices), doubles(chances));
  }

  private static double highest(Seq<Double> probabilities) {
    double highest = 0;
    for (double q : doubles(probabilities)) {
      highest = Math.max(highest, q);
    }
    return highest;
  }

  private static double apart(Seq<Double> probabilities) {
    double[] q = doubles(probabilities);
    return Offers.failingApart(new double[q.length], q).coverage();
  }

  private static double[] doubles(Seq<Double> values) {
    double[] doubles = new double[values.length()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values.apply(i);
    }
    return doubles;
  }
}
