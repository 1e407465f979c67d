package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.AffordabilitySettings.Shadowing;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.deprivation.Access;

/**
 * SDG 9.c.1: persons of all ages in range of a technology or a newer one, by the best operator of
 * each area, and by all operators together. Persons of unknown coverage are left out.
 */
final class MobileCoverage {
  /** Stands in the place of an operator for all of them together. */
  private static final String UNION = "";

  private static final StructType SUMMED =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add(Tables.OPERATOR, DataTypes.StringType, false)
          .add("sum", DataTypes.StringType, false)
          .add(Tables.PERSONS_MICRO, DataTypes.LongType, false);

  /** A sum of an area over the places that an operator serves. */
  private record Sum(String area, String operator, String name) {}

  private MobileCoverage() {}

  /** Which service is told of. */
  enum Of {
    /** The service that counts. */
    COUNTED("", ""),

    /** The model's, without official figures and operators' own areas. */
    MODELLED("_modelled", ", by the model alone");

    private final String suffix;
    private final String words;

    Of(String suffix, String words) {
      this.suffix = suffix;
      this.words = words;
    }
  }

  /** The indicators over the columns of {@link #up}. */
  static List<Indicator> indicators(Of of) {
    List<Indicator> list = new ArrayList<>();
    for (String technology : IndicatorList.TECHNOLOGIES) {
      String name = "sdg_9_c_1_" + technology.toLowerCase(Locale.ROOT);
      String those =
          "SDG 9.c.1: persons of all ages in range of %s or newer, ".formatted(technology);
      list.add(
          Indicator.percent(
              name + of.suffix,
              sums -> sums.get(best(technology)),
              GroupSums.KNOWN,
              IndicatorList::unknown,
              those + "of the operator that reaches most" + of.words));
      list.add(
          Indicator.percent(
              name + "_union" + of.suffix,
              sums -> sums.get(union(technology)),
              GroupSums.KNOWN,
              IndicatorList::unknown,
              those + "of any operator" + of.words));
    }
    return list;
  }

  /** One row an area with people, operator and sum: persons, those known and those reached. */
  static Dataset<Row> ofAreas(
      Dataset<Row> population,
      Dataset<Row> coverage,
      Dataset<Row> knownCoverage,
      RadioSettings radio,
      Shadowing shadowing) {
    Dataset<Row> networks =
        coverage
            .select(
                col(Tables.PLACE),
                struct(
                        col(Tables.OPERATOR),
                        col(Tables.TECHNOLOGY),
                        Network.probability(radio).as("chance"))
                    .as("network"))
            .groupBy(Tables.PLACE)
            .agg(collect_list("network").as("networks"));
    return population
        .groupBy(Tables.PLACE, Tables.AREA)
        .agg(sum(col(Tables.PERSONS_MICRO)).as(GroupSums.PERSONS))
        .join(
            broadcast(knownCoverage.select(Tables.AREA, "known")),
            new String[] {Tables.AREA},
            "left")
        .join(networks, new String[] {Tables.PLACE}, "left")
        .select(
            col(Tables.AREA),
            col(GroupSums.PERSONS),
            when(coalesce(col("known"), lit(false)), col(GroupSums.PERSONS)).otherwise(0L),
            col("networks"))
        .flatMap((FlatMapFunction<Row, Row>) row -> sums(row, shadowing), Encoders.row(SUMMED))
        .groupBy(Tables.AREA, Tables.OPERATOR, "sum")
        .agg(sum(Tables.PERSONS_MICRO));
  }

  /** What the people of a place add to the sums of their area. */
  private static Iterator<Row> sums(Row people, Shadowing shadowing) {
    String area = people.getString(0);
    long known = people.getLong(2);
    List<Row> sums = new ArrayList<>();
    sums.add(RowFactory.create(area, UNION, GroupSums.PERSONS, people.getLong(1)));
    sums.add(RowFactory.create(area, UNION, GroupSums.KNOWN, known));
    if (known == 0 || people.isNullAt(3)) {
      return sums.iterator();
    }
    List<Row> networks = people.getList(3);
    for (String technology : IndicatorList.TECHNOLOGIES) {
      SortedMap<String, Double> chances = new TreeMap<>();
      for (Row network : networks) {
        if (network.getString(1).compareTo(technology) >= 0) {
          chances.merge(network.getString(0), network.getDouble(2), Math::max);
        }
      }
      chances.forEach(
          (operator, chance) ->
              sums.add(
                  RowFactory.create(
                      area, operator, best(technology), Access.share(known, chance))));
      double any = PricesOnOffer.union(List.copyOf(chances.values()), shadowing);
      sums.add(RowFactory.create(area, UNION, union(technology), Access.share(known, any)));
    }
    return sums.iterator();
  }

  /**
   * Rows of {@link #ofAreas}, all of them, to the sums of the areas that hold them, each by the
   * operator that has most.
   *
   * @param up the areas to sum for that hold each area
   */
  static Stream<Sums> up(Iterator<Row> ofAreas, Map<String, List<String>> up) {
    Map<Sum, Long> sums = new HashMap<>();
    while (ofAreas.hasNext()) {
      Row row = ofAreas.next();
      for (String area : up.getOrDefault(row.getString(0), List.of())) {
        sums.merge(new Sum(area, row.getString(1), row.getString(2)), row.getLong(3), Long::sum);
      }
    }
    SortedMap<String, Map<String, Long>> most = new TreeMap<>();
    sums.forEach(
        (of, micro) ->
            most.computeIfAbsent(of.area(), area -> new HashMap<>())
                .merge(of.name(), micro, Math::max));
    return most.entrySet().stream().map(of -> withUnknown(Sums.ofAll(of.getKey(), of.getValue())));
  }

  private static Sums withUnknown(Sums sums) {
    long unknown = sums.get(GroupSums.PERSONS) - sums.get(GroupSums.KNOWN);
    sums.micro().put(GroupSums.UNKNOWN, unknown);
    return sums;
  }

  private static String best(String technology) {
    return "best_" + technology;
  }

  private static String union(String technology) {
    return "union_" + technology;
  }
}
