package org.inclusionmaps.stage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.UncertaintySettings;
import org.inclusionmaps.estimation.KeyedDraws;

/**
 * How the groups of an area differ where no source tells it: ages and disability in their incomes,
 * disability in how many are connected. A group's draw is the same in the whole country; in each
 * area the mean over its groups, weighted by persons, is taken off, so that what is known of the
 * area stays. Groups that are not told apart do not differ.
 */
final class GroupDraws {
  // What is drawn; AccessReplicates and AreaReplicates have the other numbers.
  private static final int INCOME_OF_AGE = 7;
  private static final int INCOME_OF_DISABILITY = 8;
  private static final int ODDS_OF_DISABILITY = 13;

  private final UncertaintySettings errors;
  private final KeyedDraws draws;
  private final int width;
  private final double[] ones;
  private final Map<String, double[]> normals = new HashMap<>();

  /** Of the area at hand. */
  private Map<String, double[]> ages = Map.of();

  private Map<String, double[]> disabilities = Map.of();
  private Map<String, double[]> odds = Map.of();
  private final Map<String, double[]> incomes = new HashMap<>();

  /**
   * Draws nothing yet.
   *
   * @param width the estimate, which is not moved, and the replicates
   */
  GroupDraws(UncertaintySettings errors, KeyedDraws draws, int width) {
    this.errors = errors;
    this.draws = draws;
    this.width = width;
    this.ones = new double[width];
    Arrays.fill(ones, 1);
  }

  /** The next rows asked for are of these, all of one area. */
  void beginArea(List<Row> rows) {
    Map<String, Double> byAge = persons(rows, ReplicateRows::ageBand);
    Map<String, Double> byDisability = persons(rows, ReplicateRows::disability);
    double income = errors.groupIncomePct() / 100;
    ages = factors(INCOME_OF_AGE, income, byAge);
    disabilities = factors(INCOME_OF_DISABILITY, income, byDisability);
    odds = centred(ODDS_OF_DISABILITY, Math.log1p(errors.groupOddsPct() / 100), byDisability);
    incomes.clear();
  }

  /** The group of a row: rows of one area and group draw the same incomes. */
  static String group(Row row) {
    return String.join(
        "|", ReplicateRows.sex(row), ReplicateRows.ageBand(row), ReplicateRows.disability(row));
  }

  /** Mean income of the row's age and disability over that of its area and sex, by replicate. */
  double[] incomes(Row row) {
    return incomes.computeIfAbsent(
        ReplicateRows.ageBand(row) + "|" + ReplicateRows.disability(row),
        group -> {
          double[] age = ages.getOrDefault(ReplicateRows.ageBand(row), ones);
          double[] other = disabilities.getOrDefault(ReplicateRows.disability(row), ones);
          double[] factors = new double[width];
          Arrays.setAll(factors, r -> age[r] * other[r]);
          return factors;
        });
  }

  /** What to add to the logit of the row's rate of connected persons, by replicate. */
  double[] logits(Row row) {
    return odds.getOrDefault(ReplicateRows.disability(row), new double[width]);
  }

  private static Map<String, Double> persons(List<Row> rows, Function<Row, String> group) {
    Map<String, Double> persons = new TreeMap<>();
    for (Row row : rows) {
      persons.merge(group.apply(row), (double) ReplicateRows.persons(row), Double::sum);
    }
    return persons;
  }

  /** Factors of each group, of which the mean over persons is 1. */
  private Map<String, double[]> factors(int what, double error, Map<String, Double> persons) {
    Map<String, double[]> drawn = centred(what, error, persons);
    double all = 0;
    double[] mean = new double[width];
    for (Map.Entry<String, double[]> group : drawn.entrySet()) {
      double here = persons.getOrDefault(group.getKey(), 0.0);
      all += here;
      double[] own = group.getValue();
      for (int r = 0; r < width; r++) {
        own[r] = Math.exp(own[r]);
        mean[r] += here * own[r];
      }
    }
    for (double[] own : drawn.values()) {
      for (int r = 0; r < width && all > 0; r++) {
        own[r] *= all / mean[r];
      }
    }
    return drawn;
  }

  /** An error times the draws of each group, less their mean. */
  private Map<String, double[]> centred(int what, double error, Map<String, Double> persons) {
    if (persons.size() < 2 || error == 0 || width == 1) {
      return Map.of();
    }
    double all = 0;
    for (double of : persons.values()) {
      all += of;
    }
    double[] mean = new double[width];
    Map<String, double[]> centred = new TreeMap<>();
    for (Map.Entry<String, Double> group : persons.entrySet()) {
      double[] normals = normals(what, group.getKey());
      for (int r = 1; r < width; r++) {
        mean[r] += all > 0 ? normals[r] * group.getValue() / all : 0;
      }
    }
    for (String group : persons.keySet()) {
      double[] own = normals(what, group).clone();
      for (int r = 1; r < width; r++) {
        own[r] = error * (own[r] - mean[r]);
      }
      centred.put(group, own);
    }
    return centred;
  }

  private double[] normals(int what, String group) {
    return normals.computeIfAbsent(
        what + group,
        name -> {
          double[] drawn = new double[width];
          for (int r = 1; r < width; r++) {
            drawn[r] = draws.normal(what, KeyedDraws.key(group), r);
          }
          return drawn;
        });
  }
}
