package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;

/**
 * Inclusion summed over the places of each area and of all areas inside it, for everyone and for
 * each sex, age band and disability. All are exact sums of millionths of a person. An area in which
 * nobody is counted has no sums.
 */
final class GroupSums {
  static final String PERSONS = "persons";
  static final String UNKNOWN = "unknown";

  /** Persons whose coverage is known. */
  static final String KNOWN = "known";

  /** Persons whose coverage is known and of whom it is known how many are connected. */
  static final String TOLD = "told";

  static final String CONNECTED = "connected";

  /** The sums of {@link #ofAreas}. */
  private static final List<String> SUMMED =
      List.of(
          PERSONS,
          UNKNOWN,
          TOLD,
          "uncovered",
          "unaffordable",
          "affordable",
          "priced_out",
          "burdened",
          "held_back",
          "included",
          "lacking",
          "priced_out_min",
          "priced_out_max");

  private static final List<String> SEXES = List.of("female", "male");

  /** Columns of the key, before the sums. */
  private static final int KEY = 4;

  private record Group(String area, String sex, String ageBand, String disability) {}

  private static final Comparator<Group> ORDER =
      Comparator.comparing(Group::area)
          .thenComparing(Group::sex)
          .thenComparing(Group::ageBand)
          .thenComparing(Group::disability);

  private GroupSums() {}

  /** The sum of one sex, as told_female. */
  static String of(String sum, String sex) {
    return sum + "_" + sex;
  }

  /** Inclusion to sums over the places of each area and group. */
  static Dataset<Row> ofAreas(Dataset<Row> inclusion) {
    List<Column> totals = new ArrayList<>();
    for (String name : SUMMED) {
      Column micro =
          name.equals(TOLD)
              ? when(col("priced_out_micro").isNotNull(), col(Tables.PERSONS_MICRO))
              : col(name + "_micro");
      totals.add(coalesce(sum(micro), lit(0L)).as(name));
    }
    return inclusion
        .groupBy(Tables.AREA, Tables.SEX, Tables.AGE_BAND, Tables.DISABILITY)
        .agg(totals.get(0), totals.subList(1, totals.size()).toArray(Column[]::new));
  }

  /**
   * Rows of {@link #ofAreas}, all of them, to the sums of the areas that hold them.
   *
   * @param up the areas to sum for that hold each area
   */
  static Stream<Sums> up(Iterator<Row> ofAreas, Map<String, List<String>> up) {
    Map<Group, long[]> sums = new TreeMap<>(ORDER);
    while (ofAreas.hasNext()) {
      Row row = ofAreas.next();
      for (String area : up.getOrDefault(row.getString(0), List.of())) {
        for (Group group : groups(area, row)) {
          add(row, sums.computeIfAbsent(group, g -> new long[SUMMED.size() + 2 * SEXES.size()]));
        }
      }
    }
    return sums.entrySet().stream().map(sum -> named(sum.getKey(), sum.getValue()));
  }

  /** Adds a row to the sums of a group, and to those of its sex: persons told, then connected. */
  private static void add(Row row, long[] sums) {
    int width = SUMMED.size();
    for (int i = 0; i < width; i++) {
      sums[i] += row.getLong(KEY + i);
    }
    int sex = SEXES.indexOf(row.getString(1));
    if (sex >= 0) {
      sums[width + 2 * sex] += row.getLong(KEY + SUMMED.indexOf(TOLD));
      sums[width + 2 * sex + 1] +=
          row.getLong(KEY + SUMMED.indexOf("burdened"))
              + row.getLong(KEY + SUMMED.indexOf("included"));
    }
  }

  private static Sums named(Group of, long[] sums) {
    Map<String, Long> micro = new HashMap<>();
    for (int i = 0; i < SUMMED.size(); i++) {
      micro.put(SUMMED.get(i), sums[i]);
    }
    for (int i = 0; i < SEXES.size(); i++) {
      micro.put(of(TOLD, SEXES.get(i)), sums[SUMMED.size() + 2 * i]);
      micro.put(of(CONNECTED, SEXES.get(i)), sums[SUMMED.size() + 2 * i + 1]);
    }
    Sums named = new Sums(of.area(), of.sex(), of.ageBand(), of.disability(), micro);
    micro.put(KNOWN, named.get(PERSONS) - named.get(UNKNOWN));
    micro.put(CONNECTED, named.get("burdened") + named.get("included"));
    return named;
  }

  /** Everyone, and each of the groups by one trait that a group is in. */
  private static Set<Group> groups(String area, Row row) {
    String all = Tables.ALL;
    return Set.copyOf(
        List.of(
            new Group(area, all, all, all),
            new Group(area, row.getString(1), all, all),
            new Group(area, all, row.getString(2), all),
            new Group(area, all, all, row.getString(3))));
  }
}
