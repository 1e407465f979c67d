package org.inclusionmaps.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A small lattice with persons, drawn at random. Its relations are written here anew from the tree,
 * the groups and the zones, so that they owe nothing to what is tested.
 */
final class SmallWorld {
  private static final List<Set<String>> DETAILS =
      List.of(Set.of(), Set.of("sex"), Set.of("age"), Set.of("age", "sex"));

  final Lattice lattice;
  final CellCounts counts;

  /** In each the first cell is the total of the others. */
  private final List<int[]> relations = new ArrayList<>();

  private SmallWorld(Lattice lattice, CellCounts counts, List<int[]> relations) {
    this.lattice = lattice;
    this.counts = counts;
    this.relations.addAll(relations);
  }

  /** What is drawn. */
  record Shape(int mostChildren, int depths, int ages, int mostPersons, boolean hasZone) {}

  static SmallWorld draw(Random random, Shape shape) {
    List<String> ages = List.of("young", "middle", "old").subList(0, shape.ages());
    Groups groups =
        Groups.of(
            new Groups.Dimension("sex", List.of("f", "m")), new Groups.Dimension("age", ages));
    int depths = 1 + random.nextInt(shape.depths());
    List<Set<String>> detail = new ArrayList<>();
    for (int i = 0; i < depths; i++) {
      detail.add(DETAILS.get(random.nextInt(DETAILS.size())));
    }
    Map<String, String> parents = new LinkedHashMap<>();
    parents.put("r", "");
    List<String> level = List.of("r");
    for (int depth = 1; depth < depths; depth++) {
      List<String> next = new ArrayList<>();
      for (String parent : level) {
        int children = random.nextInt(shape.mostChildren() + 1);
        for (int i = 0; i < children; i++) {
          next.add(parent + i);
          parents.put(parent + i, parent);
        }
      }
      level = next;
    }
    Map<String, Set<String>> zones = new HashMap<>();
    if (shape.hasZone()) {
      Set<String> members = new HashSet<>();
      String leafDepth = parents.keySet().stream().reduce("r", (a, b) -> b);
      for (String node : parents.keySet()) {
        if (node.length() == leafDepth.length() && random.nextBoolean()) {
          members.add(node);
        }
      }
      if (!members.isEmpty()) {
        zones.put("zone", members);
      }
    }
    Lattice lattice = new Lattice(groups, detail, parents, zones);
    return fill(random, shape, lattice, parents, zones);
  }

  private static SmallWorld fill(
      Random random,
      Shape shape,
      Lattice lattice,
      Map<String, String> parents,
      Map<String, Set<String>> zones) {
    Groups groups = lattice.groups();
    // Persons of each node and finest group, from the leaves up.
    Map<String, long[]> persons = new HashMap<>();
    List<String> nodes = new ArrayList<>(parents.keySet());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      String node = nodes.get(i);
      long[] sum = new long[groups.size()];
      if (!parents.containsValue(node)) {
        for (int group = 0; group < sum.length; group++) {
          sum[group] = random.nextInt(3) == 0 ? 0 : random.nextInt(shape.mostPersons() + 1);
        }
      }
      parents.forEach(
          (child, parent) -> {
            for (int group = 0; parent.equals(node) && group < sum.length; group++) {
              sum[group] += persons.get(child)[group];
            }
          });
      persons.put(node, sum);
    }
    zones.forEach(
        (zone, members) -> {
          long[] sum = new long[groups.size()];
          members.forEach(member -> Arrays.setAll(sum, i -> sum[i] + persons.get(member)[i]));
          persons.put(zone, sum);
        });
    CellCounts counts = new CellCounts(lattice);
    List<int[]> relations = new ArrayList<>();
    persons.forEach(
        (node, finest) -> {
          for (int group = 0; group < groups.size(); group++) {
            int cell = cellOrNone(lattice, node, group);
            if (cell >= 0) {
              counts.persons(cell, sumWithin(groups, finest, group));
              relations.addAll(ofGroups(lattice, node, group));
              List<String> parts = new ArrayList<>(zones.getOrDefault(node, Set.of()));
              parents.forEach(
                  (child, parent) -> {
                    if (parent.equals(node)) {
                      parts.add(child);
                    }
                  });
              addIfAll(relations, lattice, cell, parts, group);
            }
          }
        });
    return new SmallWorld(lattice, counts, relations);
  }

  private static int cellOrNone(Lattice lattice, String node, int group) {
    try {
      return lattice.cell(node, group);
    } catch (IllegalArgumentException none) {
      return -1;
    }
  }

  private static boolean isWithin(Groups groups, int group, int margin) {
    for (int i = 0; i < groups.dimensions(); i++) {
      int asked = groups.category(margin, i);
      if (groups.category(group, i) == 0 || (asked > 0 && asked != groups.category(group, i))) {
        return false;
      }
    }
    return true;
  }

  private static long sumWithin(Groups groups, long[] finest, int margin) {
    long sum = 0;
    for (int group = 0; group < finest.length; group++) {
      sum += isWithin(groups, group, margin) ? finest[group] : 0;
    }
    return sum;
  }

  private static List<int[]> ofGroups(Lattice lattice, String node, int group) {
    List<int[]> found = new ArrayList<>();
    Groups groups = lattice.groups();
    for (int i = 0; i < groups.dimensions(); i++) {
      if (groups.category(group, i) == 0
          && cellOrNone(lattice, node, groups.with(group, i, 1)) >= 0) {
        int[] sum = new int[groups.categories(i) + 1];
        for (int category = 0; category < sum.length; category++) {
          sum[category] = lattice.cell(node, groups.with(group, i, category));
        }
        found.add(sum);
      }
    }
    return found;
  }

  private static void addIfAll(
      List<int[]> relations, Lattice lattice, int total, List<String> parts, int group) {
    int[] sum = new int[parts.size() + 1];
    sum[0] = total;
    for (int i = 0; i < parts.size(); i++) {
      sum[i + 1] = cellOrNone(lattice, parts.get(i), group);
      if (sum[i + 1] < 0) {
        return;
      }
    }
    if (!parts.isEmpty()) {
      relations.add(sum);
    }
  }

  /** All tables that agree with what is known. */
  AllTables tables(boolean[] isKnown, long most) {
    return new AllTables(relations, counts.table(), isKnown, most);
  }

  /** What anyone knows if these cells are shown. */
  boolean[] known(boolean[] isShown) {
    boolean[] known = new boolean[isShown.length];
    for (int cell = 0; cell < known.length; cell++) {
      boolean isZone = lattice.isZone(lattice.nodeOf(cell));
      known[cell] = counts.isKnown(cell) || (isShown[cell] && !isZone);
    }
    return known;
  }
}
