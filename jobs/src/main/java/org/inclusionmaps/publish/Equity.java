package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/**
 * Whom noise and thresholds hide: of each sex that a measurement tells apart, how many live where
 * its count is not shown, and how sure the counts are that are.
 *
 * @param sex as registered
 * @param areas how many areas are measured by sex, the finest of each branch of the tree
 * @param shown in how many of them this sex's count is shown
 * @param hiddenPct per cent of the persons 15 and older of this sex who live in the others
 * @param errorPct standard error of a shown count, per cent of it, mean over them; 0 without one
 */
record Equity(String sex, long areas, long shown, double hiddenPct, double errorPct) {
  private static final double ALL = 100.0;

  /** Shares below this, per cent, are no sign that a group is hidden. */
  private static final double FEW_PCT = 5;

  /** The hidden share of one group may be so many times that of another. */
  private static final double MOST_TIMES = 2;

  /**
   * One row a sex; none where no area is measured by sex.
   *
   * @param subscribers rows of {@link Tables#SUBSCRIBERS}; null without a measurement
   * @param parents area to the area that holds it
   */
  static List<Equity> of(
      @Nullable Dataset<Row> subscribers, Dataset<Row> inclusion, Map<String, String> parents) {
    if (subscribers == null) {
      return List.of();
    }
    List<Row> counts =
        subscribers
            .where(col("leaf_kind").equalTo(Tables.AREA).and(col(Tables.SEX).notEqual(Tables.ALL)))
            .select("leaf", "parent", Tables.SEX, "persons", "variance", "shown")
            .orderBy(Tables.SEX, "leaf")
            .collectAsList();
    if (counts.isEmpty()) {
      return List.of();
    }
    Set<String> holders = new HashSet<>();
    Set<String> measured = new HashSet<>();
    for (Row row : counts) {
      measured.add(row.getString(0));
      if (!row.isNullAt(1)) {
        holders.add(row.getString(1));
      }
    }
    measured.removeAll(holders);
    Map<String, Double> adults = new HashMap<>();
    for (Row row :
        inclusion.groupBy(Tables.AREA, Tables.SEX).agg(sum(Tables.PERSONS_MICRO)).collectAsList()) {
      String area = row.getString(0);
      for (int step = 0; area != null && step < 10; step++) {
        if (measured.contains(area)) {
          adults.merge(area + " " + row.getString(1), (double) row.getLong(2), Double::sum);
        }
        area = parents.get(area);
      }
    }
    List<Equity> sexes = new ArrayList<>();
    for (String sex : List.of("female", "male")) {
      List<Row> own =
          counts.stream()
              .filter(row -> row.getString(2).equals(sex) && measured.contains(row.getString(0)))
              .toList();
      if (!own.isEmpty()) {
        sexes.add(of(sex, own, adults));
      }
    }
    return List.copyOf(sexes);
  }

  private static Equity of(String sex, List<Row> counts, Map<String, Double> adults) {
    double all = 0;
    double hidden = 0;
    double error = 0;
    long shown = 0;
    for (Row row : counts) {
      double persons = adults.getOrDefault(row.getString(0) + " " + sex, 0.0);
      all += persons;
      if (row.getBoolean(5)) {
        shown++;
        error += Math.sqrt(row.getDouble(4)) / row.getDouble(3);
      } else {
        hidden += persons;
      }
    }
    return new Equity(
        sex,
        counts.size(),
        shown,
        all > 0 ? ALL * hidden / all : 0,
        shown > 0 ? ALL * error / shown : 0);
  }

  /**
   * Whether one group is hidden more than twice as often as another, and often enough to matter.
   */
  static boolean unequal(List<Equity> groups) {
    double worst = groups.stream().mapToDouble(Equity::hiddenPct).max().orElse(0);
    double best = groups.stream().mapToDouble(Equity::hiddenPct).min().orElse(0);
    return worst > MOST_TIMES * Math.max(best, FEW_PCT);
  }
}
