package org.inclusionmaps.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Noisy counts of the nodes of a tree to estimates of least variance that add up: each parent is
 * the sum of its children. For a tree that fits in memory; {@link TreeSteps} has the same, one
 * parent at a time. Time and memory are O(nodes).
 */
public final class TreeConsistency {
  private static final int ROOT = -1;

  private TreeConsistency() {}

  /**
   * The final estimate of each node: unbiased, not rounded, and below 0 where noise is larger than
   * the count.
   *
   * @param parents each node's parent as an index, -1 for a root; several roots are several trees
   * @param measured each node's noisy count with the noise's variance, errors independent; {@link
   *     Estimate#NOT_MEASURED} where a level was left out, but each leaf is measured
   * @throws IllegalArgumentException if the two are not as long, a parent is no node, parents go
   *     round in a ring, or a leaf is not measured
   */
  public static List<Estimate> fit(int[] parents, List<Estimate> measured) {
    int[] order = parentsFirst(parents, measured.size());
    Estimate[] sums = new Estimate[order.length];
    Estimate[] seen = new Estimate[order.length];
    Arrays.fill(sums, Estimate.NOT_MEASURED);
    for (int i = order.length - 1; i >= 0; i--) {
      int node = order[i];
      seen[node] = TreeSteps.up(measured.get(node), sums[node]);
      if (!seen[node].isMeasured()) {
        throw new IllegalArgumentException("leaf %d is not measured".formatted(node));
      }
      int parent = parents[node];
      if (parent != ROOT) {
        sums[parent] = sums[parent].isMeasured() ? sums[parent].plus(seen[node]) : seen[node];
      }
    }
    Estimate[] fitted = new Estimate[order.length];
    for (int node : order) {
      int parent = parents[node];
      fitted[node] =
          parent == ROOT ? seen[node] : TreeSteps.down(fitted[parent], sums[parent], seen[node]);
    }
    return List.of(fitted);
  }

  /** The nodes, each after its parent; children of one parent in the order of their indices. */
  private static int[] parentsFirst(int[] parents, int nodes) {
    if (parents.length != nodes) {
      throw new IllegalArgumentException(
          "%d parents and %d measurements must be as many".formatted(parents.length, nodes));
    }
    List<List<Integer>> children = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      children.add(new ArrayList<>());
    }
    int[] order = new int[nodes];
    int found = 0;
    for (int i = 0; i < nodes; i++) {
      if (parents[i] < ROOT || parents[i] >= nodes) {
        throw new IllegalArgumentException(
            "the parent %d of node %d is no node".formatted(parents[i], i));
      }
      if (parents[i] == ROOT) {
        order[found++] = i;
      } else {
        children.get(parents[i]).add(i);
      }
    }
    for (int i = 0; i < found; i++) {
      for (int child : children.get(order[i])) {
        order[found++] = child;
      }
    }
    if (found < nodes) {
      throw new IllegalArgumentException(
          "the parents of %d nodes go round in a ring".formatted(nodes - found));
    }
    return order;
  }
}
