package org.inclusionmaps.estimation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts of areas that hold each other, to the people that each area has outside its counted
 * sub-areas. The sum over all areas is the sum of the totals of the topmost counted ones.
 */
public final class CensusTree {
  /** A way up the tree that is longer is a ring. */
  private static final int DEEPEST = 100;

  private final Map<String, @Nullable String> parents;
  private final SortedMap<String, SortedMap<PeopleGroup, Long>> counted = new TreeMap<>();
  private final SortedMap<String, List<String>> children = new TreeMap<>();
  private final SortedMap<String, SortedMap<PeopleGroup, Long>> own = new TreeMap<>();
  private long scaledAway;

  private CensusTree(Map<String, @Nullable String> parents) {
    this.parents = parents;
  }

  /**
   * Brings the counts of areas together.
   *
   * <p>Sub-areas that together have more people than the area that holds them are scaled down to
   * it. An area's own people are its people less its sub-areas'; they keep its groups only where
   * each group of the sub-areas lies in one of them and none falls below 0, and are everybody else.
   *
   * @param parents each area's parent, null at the top; an area may be missing
   * @param counts persons of each counted area, as for {@link CensusMargins#finest}
   */
  public static CensusTree of(
      Map<String, @Nullable String> parents, Map<String, Map<PeopleGroup, Double>> counts) {
    CensusTree tree = new CensusTree(parents);
    counts.forEach((area, rows) -> tree.counted.put(area, CensusMargins.finest(rows)));
    List<String> tops = new ArrayList<>();
    for (String area : tree.counted.keySet()) {
      tree.holder(area)
          .ifPresentOrElse(
              holder -> tree.children.computeIfAbsent(holder, h -> new ArrayList<>()).add(area),
              () -> tops.add(area));
    }
    tops.forEach(tree::walk);
    return tree;
  }

  /** Millionths of a person by area and group; no row where there is nobody. */
  public SortedMap<String, SortedMap<PeopleGroup, Long>> own() {
    return own;
  }

  /** The persons of sub-areas that the areas holding them do not have, in millionths of one. */
  public long scaledAway() {
    return scaledAway;
  }

  /** The nearest area above that is counted too. */
  private Optional<String> holder(String area) {
    int steps = 0;
    for (String at = parents.get(area); at != null; at = parents.get(at)) {
      if (counted.containsKey(at)) {
        return Optional.of(at);
      }
      if (steps++ > DEEPEST) {
        throw new IllegalArgumentException("the parents of area " + area + " go round in a ring");
      }
    }
    return Optional.empty();
  }

  private void walk(String area) {
    SortedMap<PeopleGroup, Long> people = people(area);
    List<String> subAreas = children.getOrDefault(area, List.of());
    long[] totals = subAreas.stream().mapToLong(sub -> sum(people(sub))).toArray();
    long total = sum(people);
    long below = 0;
    for (long sub : totals) {
      below += sub;
    }
    if (below > total) {
      scaledAway += below - total;
      totals = Apportionment.largestRemainder(total, totals);
    }
    for (int i = 0; i < totals.length; i++) {
      String sub = subAreas.get(i);
      if (sum(people(sub)) != totals[i]) {
        counted.put(sub, CensusMargins.scaled(people(sub), totals[i]));
      }
    }
    SortedMap<PeopleGroup, Long> rest = rest(people, subAreas, total - Math.min(below, total));
    rest.values().removeIf(persons -> persons == 0);
    if (!rest.isEmpty()) {
      own.put(area, rest);
    }
    subAreas.forEach(this::walk);
  }

  private SortedMap<PeopleGroup, Long> rest(
      SortedMap<PeopleGroup, Long> people, List<String> subAreas, long persons) {
    SortedMap<PeopleGroup, Long> rest = new TreeMap<>(people);
    for (String sub : subAreas) {
      for (Map.Entry<PeopleGroup, Long> part : people(sub).entrySet()) {
        Optional<PeopleGroup> within =
            people.keySet().stream().filter(group -> group.holds(part.getKey())).findFirst();
        if (within.isEmpty() || rest.merge(within.get(), -part.getValue(), Long::sum) < 0) {
          return new TreeMap<>(Map.of(PeopleGroup.EVERYBODY, persons));
        }
      }
    }
    return rest;
  }

  private SortedMap<PeopleGroup, Long> people(String area) {
    return Objects.requireNonNull(counted.get(area), area);
  }

  private static long sum(SortedMap<PeopleGroup, Long> people) {
    return people.values().stream().mapToLong(Long::longValue).sum();
  }
}
