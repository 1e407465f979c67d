package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.config.ConnectedSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.privacy.Disclosure;
import org.inclusionmaps.privacy.Estimate;
import org.jspecify.annotations.Nullable;

/**
 * A measurement to connected persons of areas and places, over all operators: each operator's tree
 * by least squares, so that its areas are the sums of their places. SIMs become persons, and the
 * operators that were measured stand for all. It reads noisy counts alone and costs no privacy.
 */
final class SubscribersStage {
  private static final List<String> SEXES = List.of("female", "male");

  /** An area or a place, and a sex or all. */
  private record Node(String kind, String leaf, String sex) {}

  private final Map<Node, Estimate> sums = new HashMap<>();
  private final Map<String, String> parents = new HashMap<>();
  private final Disclosure disclosure;

  private SubscribersStage(Disclosure disclosure) {
    this.disclosure = disclosure;
  }

  /**
   * Rows of {@link Tables#SUBSCRIBERS}; none without a measurement. Nodes come to the driver.
   *
   * @param cellHomes rows of {@link Tables#CELL_HOMES}; where there are any, they tell the areas
   * @param market shares of operators; empty where not known
   * @param regionalMarket shares of operators in areas; empty where not known
   */
  static Dataset<Row> subscribers(
      Dataset<Row> measurement,
      Dataset<Row> cellHomes,
      Dataset<Row> market,
      Dataset<Row> regionalMarket,
      Dataset<Row> areas,
      ConnectedSettings settings) {
    List<Row> homes = cellHomes.orderBy(Tables.OPERATOR, Tables.AREA, Tables.SEX).collectAsList();
    List<Row> counted =
        measurement
            .where(col("leaf_kind").notEqual(Tables.CELL))
            .where(col("variance").gt(0).or(col("ages").equalTo(Tables.ALL)))
            .groupBy("leaf_kind", "leaf", Tables.OPERATOR, Tables.SEX)
            .agg(
                max("parent"),
                sum("count"),
                max("variance"),
                count(lit(1)).cast("int"),
                min("measurement_id"),
                max("measurement_id"),
                min("unit"))
            .orderBy(Tables.OPERATOR, "leaf_kind", "leaf", Tables.SEX)
            .collectAsList();
    Map<String, List<Row>> byOperator = new TreeMap<>();
    SortedSet<String> measurements = new TreeSet<>();
    for (Row row : counted) {
      measurements.addAll(List.of(row.getString(8), row.getString(9)));
      byOperator.computeIfAbsent(row.getString(2), operator -> new ArrayList<>()).add(row);
    }
    if (measurements.size() > 1) {
      throw twoMeasurements(measurements.first(), measurements.last());
    }
    double each =
        counted.isEmpty() ? 1 : perSim(counted.get(0).getString(10), settings.simsPerPerson());
    List<Row> rows;
    if (counted.stream().allMatch(row -> row.getDouble(6) == 0)) {
      rows = withoutNoise(counted, each, settings.leastPersons());
    } else {
      SubscribersStage all =
          new SubscribersStage(
              new Disclosure(settings.leastPersons(), settings.mostErrorPct() / 100));
      if (homes.isEmpty()) {
        byOperator.values().forEach(all::add);
      } else {
        homes.forEach(home -> all.addHome(home, settings.footprintErrorPct() / 100));
      }
      rows = all.rows(each);
    }
    Market ofAll = new Market(byOperator.keySet(), market, regionalMarket, areas);
    return measurement
        .sparkSession()
        .createDataFrame(ofAll.ofAll(rows), Tables.SUBSCRIBERS.schema());
  }

  /** Counts that are exact, and add up, or are hidden. */
  private static List<Row> withoutNoise(List<Row> counted, double each, double least) {
    return counted.stream()
        .filter(row -> row.getString(3).equals(Tables.ALL) || SEXES.contains(row.getString(3)))
        .map(
            row ->
                RowFactory.create(
                    row.getString(0),
                    row.getString(1),
                    row.getString(4),
                    row.getString(3),
                    row.isNullAt(5) ? null : each * row.getLong(5),
                    row.isNullAt(5) ? null : 0.0,
                    !row.isNullAt(5) && row.getLong(5) >= least))
        .toList();
  }

  private static InclusionException twoMeasurements(String one, String other) {
    return new InclusionException(
        ErrorCode.CONTRACT_BROKEN,
        "inputs.measurement holds two measurements, %s and %s; name one".formatted(one, other));
  }

  /** Persons a unit that was counted. */
  private static double perSim(String unit, @Nullable Double simsPerPerson) {
    if (unit.equals("person")) {
      return 1;
    }
    if (simsPerPerson == null) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "inputs.measurement counts SIMs and not persons; state connected.sims_per_person, the SIMs in use of a connected person on average");
    }
    return 1 / simsPerPerson;
  }

  /**
   * Adds persons of an operator in the area where they live.
   *
   * @param error of footprints, a share of the persons: they put some in the wrong area, but none
   *     outside the country
   */
  private void addHome(Row home, double error) {
    Node node = new Node(Tables.AREA, home.getAs(Tables.AREA), home.getAs(Tables.SEX));
    double count = home.<Double>getAs("persons");
    double wrong = home.getAs("parent") == null ? 0 : error * count;
    Estimate persons = new Estimate(count, home.<Double>getAs("variance") + wrong * wrong);
    sums.merge(node, persons, Estimate::plus);
    if (home.getAs("parent") != null) {
      parents.put(node.leaf(), home.getAs("parent"));
    }
  }

  /** Adds the fitted tree of an operator, and its sexes fitted to it. */
  private void add(List<Row> rows) {
    CountedTree tree = new CountedTree();
    for (Row row : rows) {
      tree.add(
          row.getString(0),
          row.getString(1),
          row.getString(4),
          row.getString(3),
          new CountedTree.Counts(row.getLong(5), row.getDouble(6), row.getInt(7)));
    }
    tree.fit();
    for (int i = 0; i < tree.nodes().size(); i++) {
      int number = i;
      CountedTree.Node node = tree.nodes().get(i);
      if (node.parent() != null) {
        parents.put(node.leaf(), node.parent());
      }
      sums.merge(new Node(node.kind(), node.leaf(), Tables.ALL), tree.fitted(i), Estimate::plus);
      node.bySex()
          .forEach(
              (sex, counts) -> {
                if (SEXES.contains(sex)) {
                  sums.merge(
                      new Node(node.kind(), node.leaf(), sex),
                      tree.fitted(number, counts),
                      Estimate::plus);
                }
              });
    }
  }

  /** The rows, each count times so many persons. */
  private List<Row> rows(double each) {
    return sums.entrySet().stream()
        .map(
            of ->
                RowFactory.create(
                    of.getKey().kind(),
                    of.getKey().leaf(),
                    parents.get(of.getKey().leaf()),
                    of.getKey().sex(),
                    each * of.getValue().value(),
                    each * each * of.getValue().variance(),
                    disclosure.shows(of.getValue()) && disclosure.isReliable(of.getValue())))
        .sorted(
            Comparator.comparing((Row row) -> row.getString(0))
                .thenComparing(row -> row.getString(1))
                .thenComparing(row -> row.getString(3)))
        .toList();
  }

  /**
   * The areas that hold no other area of the measurement, and are shown: leaf, persons, variance.
   */
  static List<Row> finestAreas(Dataset<Row> subscribers) {
    Dataset<Row> areas =
        subscribers.where(
            col("leaf_kind").equalTo(Tables.AREA).and(col(Tables.SEX).equalTo(Tables.ALL)));
    return areas
        .join(
            areas.where(col("parent").isNotNull()).select(col("parent").as("leaf")).distinct(),
            new String[] {"leaf"},
            "left_anti")
        .where(col("shown"))
        .select("leaf", "persons", "variance")
        .orderBy("leaf")
        .collectAsList();
  }
}
