package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.privacy.Estimate;
import org.inclusionmaps.privacy.GroupFit;
import org.inclusionmaps.privacy.TreeConsistency;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one operator at places or its radio cells, and in areas, fitted by least squares so
 * that they add up. Where cells are counted, an area without one has nobody, as everyone knows: it
 * is left out.
 */
final class CountedTree {
  /** Some of the groups of a node: their counts together, each with a variance of its own. */
  record Counts(double count, double variance, int groups) {
    Counts plus(Counts other) {
      return new Counts(
          count + other.count, Math.max(variance, other.variance), groups + other.groups);
    }
  }

  /** What was counted in a leaf or area. */
  record Node(String kind, String leaf, @Nullable String parent, SortedMap<String, Counts> bySex) {
    Counts all() {
      return bySex.values().stream().reduce(Counts::plus).orElseThrow();
    }

    Estimate measured() {
      Counts all = all();
      return GroupFit.measuredTotal(all.count(), all.variance(), all.groups());
    }

    boolean isArea() {
      return kind.equals(Tables.AREA);
    }
  }

  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> cells = new HashSet<>();
  private List<Estimate> measured = List.of();
  private List<Estimate> fitted = List.of();
  private int[] above = {};

  /** Adds the counts of a sex; those of one node come one after the other. */
  void add(String kind, String leaf, @Nullable String parent, String sex, Counts counts) {
    Node last = nodes.isEmpty() ? null : nodes.get(nodes.size() - 1);
    if (last == null || !last.kind().equals(kind) || !last.leaf().equals(leaf)) {
      last = new Node(kind, leaf, parent, new TreeMap<>());
      nodes.add(last);
    }
    last.bySex().put(sex, counts);
    if (kind.equals(Tables.CELL)) {
      cells.add(leaf);
    }
  }

  /** Fits all that was added. */
  void fit() {
    if (!cells.isEmpty()) {
      Set<String> holding = holding();
      nodes.removeIf(node -> node.isArea() && !holding.contains(node.leaf()));
    }
    Map<String, Integer> areas = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).isArea()) {
        areas.put(nodes.get(i).leaf(), i);
      }
    }
    above = new int[nodes.size()];
    for (int i = 0; i < above.length; i++) {
      String parent = nodes.get(i).parent();
      above[i] = parent == null ? -1 : areas.getOrDefault(parent, -1);
    }
    measured = nodes.stream().map(Node::measured).toList();
    fitted = TreeConsistency.fit(above, measured);
  }

  /** The areas that hold a cell. */
  private Set<String> holding() {
    Map<String, @Nullable String> parents = new HashMap<>();
    Set<String> holding = new HashSet<>();
    for (Node node : nodes) {
      if (node.isArea()) {
        parents.put(node.leaf(), node.parent());
      }
    }
    for (Node node : nodes) {
      String at = node.isArea() ? null : node.parent();
      while (at != null && holding.add(at)) {
        at = parents.get(at);
      }
    }
    return holding;
  }

  /** Whether persons were counted at a cell. */
  boolean hasCell(String cell) {
    return cells.contains(cell);
  }

  List<Node> nodes() {
    return nodes;
  }

  /** The estimate of a node, by its number. */
  Estimate fitted(int node) {
    return fitted.get(node);
  }

  /** The estimate of a sex in a node. */
  Estimate fitted(int node, Counts ofSex) {
    Counts all = nodes.get(node).all();
    return new GroupFit(fitted.get(node), all.count(), all.variance(), all.groups())
        .margin(ofSex.count(), ofSex.groups());
  }

  /** What the estimates of all nodes are off by, for one draw of the noise of all counts. */
  List<Estimate> noise(ToDoubleFunction<Node> normal) {
    List<Estimate> drawn = new ArrayList<>();
    for (int i = 0; i < above.length; i++) {
      Estimate of = measured.get(i);
      drawn.add(
          new Estimate(of.standardError() * normal.applyAsDouble(nodes.get(i)), of.variance()));
    }
    return TreeConsistency.fit(above, drawn);
  }
}
