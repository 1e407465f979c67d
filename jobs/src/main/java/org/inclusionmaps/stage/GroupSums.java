package org.inclusionmaps.stage;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
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

  /** The sums of {@link Tables#AREA_SUMS}, in the order of its columns. */
  static final List<String> SUMMED =
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

  static final int PERSONS_AT = SUMMED.indexOf(PERSONS);
  static final int UNKNOWN_AT = SUMMED.indexOf(UNKNOWN);
  static final int TOLD_AT = SUMMED.indexOf(TOLD);
  static final int UNCOVERED_AT = SUMMED.indexOf("uncovered");
  static final int LACKING_AT = SUMMED.indexOf("lacking");

  private static final List<String> SEXES = List.of("female", "male");

  /** All sums of a group by name: those of the table, then persons told and connected by sex. */
  private static final List<String> LIST =
      Stream.concat(
              SUMMED.stream(),
              SEXES.stream().flatMap(sex -> Stream.of(of(TOLD, sex), of(CONNECTED, sex))))
          .toList();

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

  /**
   * Rows of {@link Tables#AREA_SUMS}, all of them, to the sums of the areas that hold them.
   *
   * @param up the areas to sum for that hold each area
   */
  static Stream<Sums> up(Iterator<Row> areaSums, Map<String, List<String>> up) {
    Map<Group, long[][]> sums = new TreeMap<>(ORDER);
    while (areaSums.hasNext()) {
      Row row = areaSums.next();
      long[][] own = sums(row);
      for (String area : up.getOrDefault(row.getString(0), List.of())) {
        for (Group group : groups(area, row)) {
          add(
              own,
              SEXES.indexOf(row.getString(1)),
              sums.computeIfAbsent(group, g -> new long[LIST.size()][own[0].length]));
        }
      }
    }
    return sums.entrySet().stream().map(sum -> named(sum.getKey(), sum.getValue()));
  }

  private static long[][] sums(Row row) {
    long[][] sums = new long[SUMMED.size()][];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = row.<Long>getList(KEY + i).stream().mapToLong(sum -> sum).toArray();
    }
    return sums;
  }

  /** Adds a row to the sums of a group, and to those of its sex: persons told, then connected. */
  private static void add(long[][] own, int sex, long[][] sums) {
    for (int i = 0; i < own.length; i++) {
      add(own[i], sums[i]);
    }
    if (sex >= 0) {
      int at = SUMMED.size() + 2 * sex;
      add(own[TOLD_AT], sums[at]);
      add(own[SUMMED.indexOf("burdened")], sums[at + 1]);
      add(own[SUMMED.indexOf("included")], sums[at + 1]);
    }
  }

  private static void add(long[] own, long[] sum) {
    for (int r = 0; r < sum.length; r++) {
      sum[r] += own[r];
    }
  }

  private static Sums named(Group of, long[][] sums) {
    Map<String, long[]> micro = new HashMap<>();
    for (int i = 0; i < sums.length; i++) {
      micro.put(LIST.get(i), sums[i]);
    }
    long[] known = sums[PERSONS_AT].clone();
    long[] connected = sums[SUMMED.indexOf("burdened")].clone();
    for (int r = 0; r < known.length; r++) {
      known[r] -= sums[UNKNOWN_AT][r];
      connected[r] += sums[SUMMED.indexOf("included")][r];
    }
    micro.put(KNOWN, known);
    micro.put(CONNECTED, connected);
    return new Sums(of.area(), of.sex(), of.ageBand(), of.disability(), micro, 0);
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
