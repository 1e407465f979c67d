package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.FootprintSharing;
import org.inclusionmaps.estimation.KeyedDraws;
import org.jspecify.annotations.Nullable;

/**
 * One operator's counts at radio cells to persons of the areas where they live. The fitted tree of
 * counts is shared by {@link FootprintSharing}; a cell without people in reach counts where its
 * mast stands.
 *
 * <p>Variances are those of {@link #REPLICATES} replicates of the whole way: the noise of each
 * count is drawn anew and the tree fitted to it, each person is counted at a cell of its place by
 * chance, and weights are found again. So what the weights err by, and what errors of cells and
 * areas have in common, is in them. What the footprints or the prior err by is not.
 */
final class CellHomes {
  /**
   * The iteration ends when one in ten thousand persons moves in a round: far less than what
   * footprints err by. Stopped there it has not yet begun to follow the noise of single cells, as
   * the estimate of greatest likelihood does in the end.
   */
  private static final double TOLERANCE = 1e-4;

  private static final int MOST_ROUNDS = 200;

  /** A standard error from so many is off by 10 %, which takes a 90 % margin to 89 %. */
  private static final int REPLICATES = 50;

  /**
   * A cell has so many persons at least in the iteration, or its weights would be lost for good.
   */
  private static final double LEAST_PERSONS = 0.01;

  private static final double LEAST_VARIANCE = 1e-6;

  private static final KeyedDraws DRAWS = new KeyedDraws(0);
  private static final int NOISE = 0;
  private static final int CHANCE = 1;

  private final String operator;
  private final CountedTree tree;
  private final HomeAreas areas;

  /** The cells' nodes in the tree, in the order of their names. */
  private final List<Integer> cells = new ArrayList<>();

  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  /** The areas above each area, itself first, as numbers. */
  private final List<int[]> chains = new ArrayList<>();

  private final FootprintSharing sharing;
  private final int[] areaOfHome;
  private final int[] areaOfMast;
  private final double[] prior;

  /** Takes an operator's counts and its cells' footprints, both whole. */
  CellHomes(String operator, CountedTree tree, CellEntries entries, HomeAreas areas) {
    this.operator = operator;
    this.tree = tree;
    this.areas = areas;
    tree.fit();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < tree.nodes().size(); i++) {
      if (!tree.nodes().get(i).isArea()) {
        cells.add(i);
        names.add(tree.nodes().get(i).leaf());
      }
    }
    sharing = entries.of(names);
    prior = entries.persons();
    areaOfHome = entries.areas().stream().mapToInt(this::number).toArray();
    areaOfMast = cells.stream().mapToInt(i -> number(tree.nodes().get(i).parent())).toArray();
  }

  /** The number of an area, with those above it; that of nowhere if it has no level that counts. */
  private int number(@Nullable String area) {
    List<String> chain = areas.chain(area);
    String name = chain.isEmpty() ? "" : chain.get(0);
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    int[] above = new int[Math.max(1, chain.size())];
    int number = chains.size();
    above[0] = number;
    numbers.put(name, number);
    chains.add(above);
    for (int i = 1; i < chain.size(); i++) {
      above[i] = number(chain.get(i));
    }
    return number;
  }

  /** Rows of {@link Tables#CELL_HOMES}. */
  List<Row> rows() {
    double[] counts = new double[cells.size()];
    Arrays.setAll(counts, j -> tree.fitted(cells.get(j)).value());
    double[] persons = persons(counts);
    double[] byMast = new double[numbers.size()];
    long[] cellsByMast = new long[numbers.size()];
    for (int j = 0; j < counts.length; j++) {
      if (sharing.placed(j) == 0) {
        for (int area : chains.get(areaOfMast[j])) {
          byMast[area] += counts[j];
          cellsByMast[area]++;
        }
      }
    }
    SortedMap<String, SexesOfMasts.Of> sexes = new SexesOfMasts(tree, areas).of(flows(counts));
    double[] variances = variances(counts, persons);
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<String, Integer> area : new TreeMap<>(numbers).entrySet()) {
      if (area.getKey().isEmpty()) {
        continue;
      }
      int at = area.getValue();
      rows.add(
          row(area.getKey(), Tables.ALL, persons[at], variances[at], byMast[at], cellsByMast[at]));
      SexesOfMasts.Of of = sexes.get(area.getKey());
      if (of != null) {
        of.bySex(persons[at], variances[at])
            .forEach(
                (sex, fit) -> rows.add(row(area.getKey(), sex, fit.value(), fit.variance(), 0, 0)));
      }
    }
    return rows;
  }

  private Row row(
      String area, String sex, double persons, double variance, double byMast, long cellsByMast) {
    return RowFactory.create(
        operator,
        area,
        areas.parent(area),
        sex,
        persons,
        Math.max(LEAST_VARIANCE, variance),
        byMast,
        cellsByMast);
  }

  private static double[] seen(double[] counts) {
    return Arrays.stream(counts).map(count -> Math.max(LEAST_PERSONS, count)).toArray();
  }

  /** Persons of all areas by the counts of cells. The weights are found for these counts. */
  private double[] persons(double[] counts) {
    sharing.fit(seen(counts), prior, TOLERANCE, MOST_ROUNDS);
    double[] finest = new double[numbers.size()];
    sharing.shares(
        areaOfHome, numbers.size(), (cell, area, share) -> finest[area] += share * counts[cell]);
    for (int j = 0; j < counts.length; j++) {
      if (sharing.placed(j) == 0) {
        finest[areaOfMast[j]] += counts[j];
      }
    }
    double[] persons = new double[finest.length];
    for (int area = 0; area < finest.length; area++) {
      for (int above : chains.get(area)) {
        persons[above] += finest[area];
      }
    }
    return persons;
  }

  /** Mean squares of what replicates are off from the estimates. */
  private double[] variances(double[] counts, double[] persons) {
    double[] squares = new double[persons.length];
    long key = KeyedDraws.key(operator);
    double[] seen = seen(counts);
    List<double[]> replicates = new ArrayList<>();
    for (int r = 0; r < REPLICATES; r++) {
      int replicate = r;
      double[] again = sharing.chance(seen, entry -> DRAWS.normal(CHANCE, key + entry, replicate));
      var noise =
          tree.noise(
              node ->
                  DRAWS.normal(
                      NOISE, KeyedDraws.key(node.kind() + " " + node.leaf()) ^ key, replicate));
      for (int j = 0; j < again.length; j++) {
        again[j] += counts[j] + noise.get(cells.get(j)).value();
      }
      replicates.add(again);
    }
    for (double[] again : replicates) {
      double[] other = persons(again);
      for (int area = 0; area < squares.length; area++) {
        double off = other[area] - persons[area];
        squares[area] += off * off / REPLICATES;
      }
    }
    return squares;
  }

  /** How many persons of each mast's area live in which area, by the last weights. */
  private List<SexesOfMasts.Flow> flows(double[] counts) {
    double[] seen = seen(counts);
    Map<Long, Double> flows = new TreeMap<>();
    sharing.shares(
        areaOfHome,
        numbers.size(),
        (cell, area, share) ->
            flows.merge(pair(areaOfMast[cell], area), share * seen[cell], Double::sum));
    for (int j = 0; j < seen.length; j++) {
      if (sharing.placed(j) == 0) {
        flows.merge(pair(areaOfMast[j], areaOfMast[j]), seen[j], Double::sum);
      }
    }
    Map<Integer, String> names = new HashMap<>();
    numbers.forEach((name, number) -> names.put(number, name));
    List<SexesOfMasts.Flow> named = new ArrayList<>();
    flows.forEach(
        (pair, persons) ->
            named.add(
                new SexesOfMasts.Flow(
                    names.getOrDefault((int) (pair >> 32), ""),
                    names.getOrDefault(pair.intValue(), ""),
                    persons)));
    return named;
  }

  private static long pair(int mast, int home) {
    return ((long) mast << 32) | home;
  }
}
