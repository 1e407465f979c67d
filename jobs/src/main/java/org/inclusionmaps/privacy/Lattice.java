package org.inclusionmaps.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All cells of a release and how they add up: a cell is a node of the tree of areas and places, and
 * a group. Children add up to their parent in each group that both have; categories add up to their
 * margins and total in each node. Zones are sums of nodes that are not in the tree, such as areas
 * of an earlier release. Cells are numbers from 0 on, by depth and name, never by the order of
 * input.
 */
public final class Lattice {
  static final int NONE = -1;

  private final Groups groups;

  /** Nodes parents first, children of one node side by side, then zones. */
  private final List<String> names = new ArrayList<>();

  private final Map<String, Integer> numbers = new HashMap<>();
  private final int treeNodes;
  private final int[] parents;
  private final int[] depths;
  private final int[] firstChild;
  private final int[] children;

  /** First cell of each node; one more than nodes. */
  private final int[] firstCell;

  private final int[] nodeOfCell;
  private final int[] groupOfCell;

  /** Dimensions told at each depth, as bits. */
  private final int[] detail;

  /** Dimensions to the place of each group among the cells of a node. */
  private final Map<Integer, int[]> slots = new TreeMap<>();

  private final SortedMap<Integer, List<Integer>> zonesOfNode = new TreeMap<>();
  private final SortedMap<Integer, List<Integer>> members = new TreeMap<>();
  private final Relations relations;

  /**
   * The cells of a release.
   *
   * @param groups of persons
   * @param detail for each depth of the tree, from the roots on, the dimensions that are told there
   *     with all their margins
   * @param parents each node to its parent, empty text for a root; several roots are several trees
   * @param zones name to the nodes that it is the sum of, which must not overlap; a zone has the
   *     groups that all of them have
   * @throws IllegalArgumentException if a parent is no node, parents go round in a ring, the tree
   *     is deeper than the detail, a zone's name is a node's, or its nodes overlap or are none
   */
  public Lattice(
      Groups groups,
      List<Set<String>> detail,
      Map<String, String> parents,
      Map<String, Set<String>> zones) {
    this.groups = groups;
    this.detail = detail.stream().mapToInt(groups::bits).toArray();
    treeNodes = parents.size();
    int nodes = treeNodes + zones.size();
    this.parents = new int[nodes];
    depths = new int[nodes];
    firstChild = new int[treeNodes];
    children = new int[treeNodes];
    Arrays.fill(this.parents, NONE);
    Arrays.fill(depths, NONE);
    number(parents);
    int[] bits = new int[nodes];
    for (int i = 0; i < treeNodes; i++) {
      bits[i] = this.detail[depths[i]];
    }
    new TreeMap<>(zones).forEach((name, of) -> addZone(name, of, bits));
    firstCell = new int[nodes + 1];
    for (int i = 0; i < nodes; i++) {
      int[] slot = slots.computeIfAbsent(bits[i], this::slots);
      int count = (int) Arrays.stream(slot).filter(at -> at != NONE).count();
      firstCell[i + 1] = Math.addExact(firstCell[i], count);
    }
    nodeOfCell = new int[cells()];
    groupOfCell = new int[cells()];
    for (int i = 0; i < nodes; i++) {
      int[] slot = slots.getOrDefault(bits[i], new int[0]);
      for (int group = 0; group < slot.length; group++) {
        if (slot[group] != NONE) {
          nodeOfCell[firstCell[i] + slot[group]] = i;
          groupOfCell[firstCell[i] + slot[group]] = group;
        }
      }
    }
    relations = Relations.of(this, bits);
  }

  private void number(Map<String, String> parentOf) {
    Map<String, TreeSet<String>> below = new HashMap<>();
    parentOf.forEach(
        (node, parent) -> {
          if (!parent.isEmpty() && !parentOf.containsKey(parent)) {
            throw new IllegalArgumentException(
                "the parent %s of %s is no node".formatted(parent, node));
          }
          below.computeIfAbsent(parent, key -> new TreeSet<>()).add(node);
        });
    below.getOrDefault("", new TreeSet<>()).forEach(root -> addNode(root, NONE));
    for (int i = 0; i < names.size(); i++) {
      firstChild[i] = names.size();
      for (String child : below.getOrDefault(names.get(i), new TreeSet<>())) {
        addNode(child, i);
      }
      children[i] = names.size() - firstChild[i];
    }
    if (names.size() < treeNodes) {
      throw new IllegalArgumentException(
          "the parents of %d nodes go round in a ring".formatted(treeNodes - names.size()));
    }
  }

  private void addNode(String name, int parent) {
    int number = names.size();
    names.add(name);
    numbers.put(name, number);
    parents[number] = parent;
    depths[number] = parent == NONE ? 0 : depths[parent] + 1;
    if (depths[number] >= detail.length) {
      throw new IllegalArgumentException(
          "%s is at depth %d, and the detail of %d depths is given"
              .formatted(name, depths[number], detail.length));
    }
  }

  private void addZone(String name, Set<String> of, int[] bits) {
    int zone = names.size();
    if (numbers.putIfAbsent(name, zone) != null || of.isEmpty()) {
      throw new IllegalArgumentException("zone %s is a node, or has none".formatted(name));
    }
    names.add(name);
    Set<Integer> inside = new TreeSet<>();
    bits[zone] = -1;
    for (String node : new TreeSet<>(of)) {
      int at = node(node);
      if (at >= treeNodes) {
        throw new IllegalArgumentException("%s of zone %s is a zone".formatted(node, name));
      }
      inside.add(at);
      bits[zone] &= bits[at];
      zonesOfNode.computeIfAbsent(at, key -> new ArrayList<>()).add(zone);
    }
    for (int at : inside) {
      for (int above = parents[at]; above != NONE; above = parents[above]) {
        if (inside.contains(above)) {
          throw new IllegalArgumentException(
              "zone %s has both %s and %s in it".formatted(name, names.get(above), names.get(at)));
        }
      }
    }
    members.put(zone, List.copyOf(inside));
  }

  private int[] slots(int bits) {
    int[] slot = new int[groups.size()];
    int next = 0;
    for (int group = 0; group < slot.length; group++) {
      slot[group] = (groups.bits(group) & ~bits) == 0 ? next++ : NONE;
    }
    return slot;
  }

  /** How many cells there are. */
  public int cells() {
    return firstCell[firstCell.length - 1];
  }

  /**
   * The number of a cell.
   *
   * @throws IllegalArgumentException if there is no such node, or its depth does not tell the group
   */
  public int cell(String node, int group) {
    int cell = cell(node(node), group);
    if (cell == NONE) {
      throw new IllegalArgumentException(
          "%s has no cell of %s".formatted(node, groups.name(group)));
    }
    return cell;
  }

  /** Its public name: node and group. */
  public String name(int cell) {
    return names.get(nodeOfCell[cell]) + ": " + groups.name(groupOfCell[cell]);
  }

  private int node(String name) {
    Integer number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException(name + " is no node");
    }
    return number;
  }

  /** The cell, or {@link #NONE} where the node does not tell the group. */
  int cell(int node, int group) {
    int size = firstCell[node + 1] - firstCell[node];
    if (size == groups.size()) {
      return firstCell[node] + group;
    }
    int at = Arrays.binarySearch(groupOfCell, firstCell[node], firstCell[node + 1], group);
    return at < 0 ? NONE : at;
  }

  /** The groups of persons. */
  public Groups groups() {
    return groups;
  }

  Relations relations() {
    return relations;
  }

  int depthsTold() {
    return detail.length;
  }

  /** The place of each group among a node's cells at a depth, {@link #NONE} where it has none. */
  int[] slotsAt(int depth) {
    return slots(detail[depth]);
  }

  int nodes() {
    return names.size();
  }

  int nodeOf(int cell) {
    return nodeOfCell[cell];
  }

  int groupOf(int cell) {
    return groupOfCell[cell];
  }

  int firstCell(int node) {
    return firstCell[node];
  }

  int parent(int node) {
    return parents[node];
  }

  /** From 0 at a root; {@link #NONE} for a zone. */
  int depth(int node) {
    return depths[node];
  }

  int firstChild(int node) {
    return firstChild[node];
  }

  int children(int node) {
    return node < treeNodes ? children[node] : 0;
  }

  boolean isZone(int node) {
    return node >= treeNodes;
  }

  /** The nodes that a zone is the sum of. */
  List<Integer> membersOf(int zone) {
    return members.getOrDefault(zone, List.of());
  }

  List<Integer> zonesOf(int node) {
    return zonesOfNode.getOrDefault(node, List.of());
  }
}
