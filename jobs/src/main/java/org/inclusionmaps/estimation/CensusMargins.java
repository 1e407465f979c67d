package org.inclusionmaps.estimation;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The counts of one area: a census gives the same people several times, as a total, by sex, by sex
 * and age. The finest complete cross table gives the proportions, the row of everybody the total.
 *
 * <p>A cross table is complete where it has both sexes, both states of disability and bands from
 * age 0 to an open one, as far as it is split by these, and a count for each combination; or where
 * its counts sum to the row of everybody but for rounding of each to a whole person. No table is
 * made finer than the census gives it.
 */
public final class CensusMargins {
  private static final double MICRO = 1e6;

  private CensusMargins() {}

  private record CrossTable(SortedMap<PeopleGroup, Long> counts, boolean full) {
    long sum() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    int detail() {
      return counts.firstKey().detail();
    }
  }

  /**
   * The people of an area in groups that do not overlap.
   *
   * @param counts persons of groups that may overlap, 0 or more each, at least one
   * @return millionths of a person of each group; their sum is the area's total
   */
  public static SortedMap<PeopleGroup, Long> finest(Map<PeopleGroup, Double> counts) {
    SortedMap<PeopleGroup, Long> micro = new TreeMap<>();
    counts.forEach((group, persons) -> micro.put(group, Math.round(persons * MICRO)));
    Optional<Long> total = Optional.ofNullable(micro.get(PeopleGroup.EVERYBODY));
    List<CrossTable> tables =
        micro.keySet().stream()
            .collect(Collectors.groupingBy(CensusMargins::split))
            .values()
            .stream()
            .map(groups -> table(groups, micro))
            .filter(table -> !table.counts().isEmpty())
            .toList();
    Comparator<CrossTable> finer =
        Comparator.comparingInt(CrossTable::detail)
            .thenComparingInt(table -> table.counts().size())
            .thenComparing(table -> table.counts().firstKey());
    CrossTable best =
        tables.stream()
            .filter(table -> complete(table, total))
            .max(finer)
            .or(
                () ->
                    tables.stream()
                        .max(Comparator.comparingLong(CrossTable::sum).thenComparing(finer)))
            .orElseThrow(() -> new IllegalArgumentException("the age bands overlap"));
    return scaled(best.counts(), total.orElse(best.sum()));
  }

  private static boolean complete(CrossTable table, Optional<Long> total) {
    if (total.isEmpty()) {
      return table.full();
    }
    if (table.sum() == 0 && total.get() > 0) {
      return false;
    }
    double rounding = 0.5 * MICRO * table.counts().size();
    return table.full() || Math.abs(table.sum() - total.get()) <= rounding;
  }

  /** Which dimensions a group is split by, as a text to tell cross tables apart. */
  private static String split(PeopleGroup group) {
    return (group.sex().equals(PeopleGroup.ALL) ? "" : "s")
        + (group.age().equals(AgeBand.ALL_AGES) ? "" : "a")
        + (group.disability().equals(PeopleGroup.ALL) ? "" : "d");
  }

  private static CrossTable table(List<PeopleGroup> groups, Map<PeopleGroup, Long> micro) {
    SortedSet<AgeBand> bands =
        AgeBand.partition(
            groups.stream().map(PeopleGroup::age).collect(Collectors.toCollection(TreeSet::new)));
    SortedMap<PeopleGroup, Long> counts = new TreeMap<>();
    Set<String> sexes = new HashSet<>();
    Set<String> disabilities = new HashSet<>();
    for (PeopleGroup group : groups) {
      if (bands.contains(group.age())) {
        counts.put(group, micro.get(group));
        sexes.add(group.sex());
        disabilities.add(group.disability());
      }
    }
    boolean full =
        (sexes.size() == 2 || sexes.contains(PeopleGroup.ALL))
            && (disabilities.size() == 2 || disabilities.contains(PeopleGroup.ALL))
            && wholeLife(bands)
            && counts.size() == sexes.size() * disabilities.size() * bands.size();
    return new CrossTable(counts, full);
  }

  private static boolean wholeLife(SortedSet<AgeBand> bands) {
    int next = 0;
    for (AgeBand band : bands) {
      if (band.from() != next) {
        return false;
      }
      next = band.to() == AgeBand.OPEN ? AgeBand.OPEN : band.to() + 1;
    }
    return next == AgeBand.OPEN;
  }

  /** Counts in proportion to some, that sum to a total. */
  static SortedMap<PeopleGroup, Long> scaled(SortedMap<PeopleGroup, Long> counts, long total) {
    long[] weights = counts.values().stream().mapToLong(Long::longValue).toArray();
    long[] parts = Apportionment.largestRemainder(total, weights);
    SortedMap<PeopleGroup, Long> scaled = new TreeMap<>();
    int i = 0;
    for (PeopleGroup group : counts.keySet()) {
      scaled.put(group, parts[i++]);
    }
    return scaled;
  }
}
