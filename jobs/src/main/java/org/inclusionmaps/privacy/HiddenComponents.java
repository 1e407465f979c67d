package org.inclusionmaps.privacy;

import java.util.Arrays;

/**
 * Hidden cells that hang together by relations; cells of different components tell nothing of each
 * other.
 */
final class HiddenComponents {
  private final int[] above;
  private final int[] cells;
  private final int[] relationCount;
  private final int[] links;
  private final boolean[] isCut;
  private final int[] start;
  private final int[] inOrder;

  /** The components of the cells whose bounds are not a point. */
  HiddenComponents(Lattice lattice, HiddenBounds bounds) {
    Relations relations = lattice.relations();
    int count = lattice.cells();
    above = new int[count];
    Arrays.setAll(above, i -> i);
    cells = new int[count];
    relationCount = new int[count];
    links = new int[count];
    isCut = new boolean[count];
    for (int relation = 0; relation < relations.count(); relation++) {
      int first = Lattice.NONE;
      for (int i = 0; i < relations.size(relation); i++) {
        int cell = relations.cell(relation, i);
        if (!bounds.isPoint(cell)) {
          first = first == Lattice.NONE ? cell : first;
          above[Math.max(of(cell), of(first))] = Math.min(of(cell), of(first));
        }
      }
    }
    for (int cell = 0; cell < count; cell++) {
      cells[of(cell)] += bounds.isPoint(cell) ? 0 : 1;
    }
    for (int relation = 0; relation < relations.count(); relation++) {
      int first = Lattice.NONE;
      for (int i = 0; i < relations.size(relation); i++) {
        int cell = relations.cell(relation, i);
        if (!bounds.isPoint(cell)) {
          first = of(cell);
          links[first]++;
        }
      }
      if (first != Lattice.NONE) {
        relationCount[first]++;
        isCut[first] |= bounds.isCut(relation);
      }
    }
    start = new int[count + 1];
    for (int cell = 0; cell < count; cell++) {
      start[cell + 1] = start[cell] + cells[cell];
    }
    inOrder = new int[start[count]];
    int[] next = Arrays.copyOf(start, count);
    for (int cell = 0; cell < count; cell++) {
      if (!bounds.isPoint(cell)) {
        inOrder[next[of(cell)]++] = cell;
      }
    }
  }

  /** The component of a cell: its least cell. */
  int of(int cell) {
    int root = cell;
    while (above[root] != root) {
      root = above[root];
    }
    int at = cell;
    while (above[at] != root) {
      int up = above[at];
      above[at] = root;
      at = up;
    }
    return root;
  }

  /** The cells of a component, ascending. */
  int[] cellsOf(int component) {
    return Arrays.copyOfRange(inOrder, start[component], start[component + 1]);
  }

  int size(int component) {
    return cells[component];
  }

  /**
   * Whether its cells and relations form no ring and their bounds are at rest: they are attained.
   */
  boolean isTree(int component) {
    return links[component] == cells[component] + relationCount[component] - 1 && !isCut[component];
  }
}
