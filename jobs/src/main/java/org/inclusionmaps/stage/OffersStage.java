package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

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
import org.inclusionmaps.config.AffordabilitySettings.Shadowing;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.config.SigmaSettings;
import org.inclusionmaps.contract.Tables;

/**
 * Coverage to the operators that serve each place with a usable technology: each by the technology
 * that serves best.
 */
final class OffersStage {
  /** At this probability of service or more a technology counts as a place's best. */
  private static final double EVEN_CHANCE = 0.5;

  private OffersStage() {}

  /** One row a place with a row of coverage, usable or not. */
  static Dataset<Row> offers(
      Dataset<Row> coverage,
      Dataset<Row> places,
      RadioSettings radio,
      String minimumTechnology,
      Shadowing shadowing) {
    return coverage
        .join(places.select(Tables.PLACE, "environment"), new String[] {Tables.PLACE}, "left")
        .groupBy(Tables.PLACE)
        .agg(
            collect_list(
                struct(
                    col(Tables.OPERATOR),
                    col(Tables.TECHNOLOGY),
                    Network.probability(radio),
                    sigma(radio.sigmaDb(), col("source")),
                    col("defaults_used").gt(0).and(col("source").equalTo("modelled")))))
        .map(
            (MapFunction<Row, Row>)
                row -> atPlace(row.getLong(0), row.getList(1), minimumTechnology, shadowing),
            Encoders.row(Tables.OFFERS.schema()));
  }

  /** The spread of a row's signal; what an operator states has none. */
  static Column sigma(SigmaSettings sigma, Column source) {
    return when(source.equalTo("stated"), lit(0.0))
        .when(col("environment").equalTo("urban"), lit(sigma.urban()))
        .when(col("environment").equalTo("suburban"), lit(sigma.suburban()))
        .otherwise(lit(sigma.open()));
  }

  /** Networks, each operator, technology, probability, sigma and default, to a place's row. */
  private static Row atPlace(long place, List<Row> networks, String minimum, Shadowing shadowing) {
    SortedMap<String, Row> operators = new TreeMap<>();
    String best = null;
    for (Row network : networks) {
      String technology = network.getString(1);
      if (technology.compareTo(minimum) >= 0) {
        operators.merge(network.getString(0), network, OffersStage::better);
      }
      if (network.getDouble(2) >= EVEN_CHANCE && (best == null || technology.compareTo(best) > 0)) {
        best = technology;
      }
    }
    List<Row> chosen = List.copyOf(operators.values());
    List<Double> reach =
        Tables.TECHNOLOGIES.stream().map(from -> reach(networks, from, shadowing)).toList();
    return RowFactory.create(
        place,
        best,
        reach.get(0),
        reach.get(1),
        reach.get(2),
        reach.get(3),
        operators.keySet().toArray(),
        chosen.stream().map(network -> network.getDouble(2)).toArray(),
        chosen.stream().map(network -> network.getDouble(3)).toArray(),
        chosen.stream().map(network -> network.getBoolean(4)).toArray());
  }

  /** The probability that any operator serves by a technology or a newer one. */
  private static double reach(List<Row> networks, String technology, Shadowing shadowing) {
    Map<String, Double> operators = new TreeMap<>();
    for (Row network : networks) {
      if (network.getString(1).compareTo(technology) >= 0) {
        operators.merge(network.getString(0), network.getDouble(2), Math::max);
      }
    }
    return PricesOnOffer.union(List.copyOf(operators.values()), shadowing);
  }

  /** The likelier of two networks; of equal ones the newer. */
  private static Row better(Row a, Row b) {
    int likelier = Double.compare(a.getDouble(2), b.getDouble(2));
    boolean first = likelier == 0 ? a.getString(1).compareTo(b.getString(1)) > 0 : likelier > 0;
    return first ? a : b;
  }
}
