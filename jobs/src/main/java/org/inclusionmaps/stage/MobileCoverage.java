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
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.AffordabilitySettings.Shadowing;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.UncertaintySettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.deprivation.Access;
import org.inclusionmaps.estimation.NormalQuantile;
import org.inclusionmaps.radio.CoverageProbability;

/**
 * SDG 9.c.1: persons of all ages in range of a technology or a newer one, by the best operator of
 * each area, and by all operators together. Persons of unknown coverage are left out. Its interval
 * is that of the model of signals, whose error is one for the whole country: figures rise with it,
 * so that its quantiles give theirs.
 */
final class MobileCoverage {
  /** Stands in the place of an operator for all of them together. */
  private static final String UNION = "";

  private static final StructType SUMMED =
      new StructType()
          .add(Tables.AREA, DataTypes.StringType, false)
          .add(Tables.OPERATOR, DataTypes.StringType, false)
          .add("sum", DataTypes.StringType, false)
          .add("estimate", DataTypes.LongType, false)
          .add("weak", DataTypes.LongType, false)
          .add("strong", DataTypes.LongType, false);

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
    for (String technology : Tables.TECHNOLOGIES) {
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
      Dataset<Row> places,
      Settings settings) {
    Shadowing shadowing = settings.affordability().shadowing();
    boolean counted = tellsSources(coverage);
    Map<String, Double> endDb = new HashMap<>();
    for (String technology : Tables.TECHNOLOGIES) {
      endDb.put(technology, endDb(settings, counted && settings.radio().calibrates(technology)));
    }
    Dataset<Row> networks =
        coverage
            .join(places.select(Tables.PLACE, "environment"), Tables.PLACE)
            .select(
                col(Tables.PLACE),
                struct(
                        col(Tables.OPERATOR),
                        col(Tables.TECHNOLOGY),
                        Network.probability(settings.radio()),
                        sigma(coverage, settings.radio()))
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
        .flatMap(
            (FlatMapFunction<Row, Row>) row -> sums(row, shadowing, endDb), Encoders.row(SUMMED))
        .groupBy(Tables.AREA, Tables.OPERATOR, "sum")
        .agg(sum("estimate"), sum("weak"), sum("strong"));
  }

  /** Spread of signals; the model's own table does not tell a source. */
  private static Column sigma(Dataset<Row> coverage, RadioSettings radio) {
    return OffersStage.sigma(
        radio.sigmaDb(), tellsSources(coverage) ? col("source") : lit("modelled"));
  }

  private static boolean tellsSources(Dataset<Row> coverage) {
    return List.of(coverage.columns()).contains("source");
  }

  private static double endDb(Settings settings, boolean calibrated) {
    UncertaintySettings errors = settings.uncertainty();
    return errors.replicates() == 1
        ? 0
        : Indicator.EXTREME * (calibrated ? errors.calibratedDb() : errors.propagationDb());
  }

  /** What the people of a place add to the sums of their area. */
  private static Iterator<Row> sums(Row people, Shadowing shadowing, Map<String, Double> endDb) {
    String area = people.getString(0);
    long known = people.getLong(2);
    List<Row> sums = new ArrayList<>();
    long persons = people.getLong(1);
    sums.add(RowFactory.create(area, UNION, GroupSums.PERSONS, persons, persons, persons));
    sums.add(RowFactory.create(area, UNION, GroupSums.KNOWN, known, known, known));
    if (known == 0 || people.isNullAt(3)) {
      return sums.iterator();
    }
    List<Row> networks = people.getList(3);
    for (String technology : Tables.TECHNOLOGIES) {
      SortedMap<String, Row> operators = new TreeMap<>();
      for (Row network : networks) {
        if (network.getString(1).compareTo(technology) >= 0) {
          operators.merge(
              network.getString(0), network, (a, b) -> b.getDouble(2) > a.getDouble(2) ? b : a);
        }
      }
      double end = endDb.getOrDefault(technology, 0.0);
      List<List<Double>> chances =
          DoubleStream.of(0, -end, end)
              .mapToObj(off -> operators.values().stream().map(of -> chance(of, off)).toList())
              .toList();
      int i = 0;
      for (String operator : operators.keySet()) {
        int at = i++;
        sums.add(reached(area, operator, best(technology), known, chances, of -> of.get(at)));
      }
      sums.add(
          reached(
              area,
              UNION,
              union(technology),
              known,
              chances,
              of -> PricesOnOffer.union(of, shadowing)));
    }
    return sums.iterator();
  }

  /** Chances of service: as estimated, with weaker and with stronger signals. */
  private static Row reached(
      String area,
      String operator,
      String name,
      long known,
      List<List<Double>> chances,
      ToDoubleFunction<List<Double>> share) {
    return RowFactory.create(
        area,
        operator,
        name,
        Access.share(known, share.applyAsDouble(chances.get(0))),
        Access.share(known, share.applyAsDouble(chances.get(1))),
        Access.share(known, share.applyAsDouble(chances.get(2))));
  }

  /** The probability of service of a network if all signals were stronger by some dB. */
  private static double chance(Row network, double offDb) {
    double probability = network.getDouble(2);
    double sigma = network.getDouble(3);
    return offDb == 0 || sigma == 0 || probability <= 0 || probability >= 1
        ? probability
        : CoverageProbability.atLeast(sigma * NormalQuantile.of(probability) + offDb, 0, sigma);
  }

  /**
   * Rows of {@link #ofAreas}, all of them, to the sums of the areas that hold them, each by the
   * operator that has most.
   *
   * @param up the areas to sum for that hold each area
   */
  static Stream<Sums> up(Iterator<Row> ofAreas, Map<String, List<String>> up) {
    Map<Sum, long[]> sums = new HashMap<>();
    while (ofAreas.hasNext()) {
      Row row = ofAreas.next();
      long[] own = {row.getLong(3), row.getLong(4), row.getLong(5)};
      for (String area : up.getOrDefault(row.getString(0), List.of())) {
        sums.merge(new Sum(area, row.getString(1), row.getString(2)), own, MobileCoverage::both);
      }
    }
    SortedMap<String, Map<String, long[]>> most = new TreeMap<>();
    sums.forEach(
        (of, micro) ->
            most.computeIfAbsent(of.area(), area -> new HashMap<>())
                .merge(of.name(), micro, MobileCoverage::greater));
    return most.entrySet().stream().map(of -> withUnknown(Sums.ofAll(of.getKey(), of.getValue())));
  }

  private static long[] both(long[] a, long[] b) {
    return IntStream.range(0, a.length).mapToLong(r -> a[r] + b[r]).toArray();
  }

  private static long[] greater(long[] a, long[] b) {
    return IntStream.range(0, a.length).mapToLong(r -> Math.max(a[r], b[r])).toArray();
  }

  private static Sums withUnknown(Sums sums) {
    long[] unknown = new long[3];
    Arrays.fill(unknown, sums.get(GroupSums.PERSONS) - sums.get(GroupSums.KNOWN));
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
