package org.inclusionmaps.privacy;

import java.util.Arrays;

/** The sums of a lattice: in each, the first cell is the total of the others. */
final class Relations {
  /** Grows as relations come; then has its length. */
  private int[] cells = new int[1024];

  private int[] starts = new int[256];
  private int count;

  /** Cell to its relations: those of cell i are at starts i to i + 1. */
  private int[] ofCell = new int[0];

  private int[] ofCellStarts = new int[0];

  private Relations() {}

  /**
   * All relations of a lattice.
   *
   * @param bits the dimensions that each node tells
   */
  static Relations of(Lattice lattice, int[] bits) {
    Relations relations = new Relations();
    for (int node = 0; node < lattice.nodes(); node++) {
      relations.addGroups(lattice, node, bits[node]);
      relations.addNodes(lattice, node);
    }
    relations.index(lattice.cells());
    return relations;
  }

  private void addGroups(Lattice lattice, int node, int bits) {
    Groups groups = lattice.groups();
    for (int group = 0; group < groups.size(); group++) {
      for (int i = 0; i < groups.dimensions(); i++) {
        if (groups.category(group, i) == 0 && ((groups.bits(group) | 1 << i) & ~bits) == 0) {
          int[] sum = new int[groups.categories(i) + 1];
          for (int category = 0; category < sum.length; category++) {
            sum[category] = lattice.cell(node, groups.with(group, i, category));
          }
          add(sum);
        }
      }
    }
  }

  private void addNodes(Lattice lattice, int node) {
    int[] parts =
        lattice.isZone(node)
            ? lattice.membersOf(node).stream().mapToInt(i -> i).toArray()
            : new int[lattice.children(node)];
    for (int i = 0; !lattice.isZone(node) && i < parts.length; i++) {
      parts[i] = lattice.firstChild(node) + i;
    }
    for (int group = 0; parts.length > 0 && group < lattice.groups().size(); group++) {
      int[] sum = new int[parts.length + 1];
      sum[0] = lattice.cell(node, group);
      boolean all = sum[0] != Lattice.NONE;
      for (int i = 0; all && i < parts.length; i++) {
        sum[i + 1] = lattice.cell(parts[i], group);
        all = sum[i + 1] != Lattice.NONE;
      }
      if (all) {
        add(sum);
      }
    }
  }

  private void add(int[] sum) {
    int at = starts[count];
    int end = Math.addExact(at, sum.length);
    if (end > cells.length) {
      cells = Arrays.copyOf(cells, Math.max(end, Math.multiplyExact(cells.length, 2)));
    }
    System.arraycopy(sum, 0, cells, at, sum.length);
    if (++count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    starts[count] = end;
  }

  private void index(int cellCount) {
    cells = Arrays.copyOf(cells, starts[count]);
    ofCellStarts = new int[cellCount + 1];
    for (int cell : cells) {
      ofCellStarts[cell + 1]++;
    }
    for (int i = 0; i < cellCount; i++) {
      ofCellStarts[i + 1] += ofCellStarts[i];
    }
    ofCell = new int[cells.length];
    int[] next = Arrays.copyOf(ofCellStarts, cellCount);
    for (int relation = 0; relation < count; relation++) {
      for (int i = starts[relation]; i < starts[relation + 1]; i++) {
        ofCell[next[cells[i]]++] = relation;
      }
    }
  }

  int count() {
    return count;
  }

  /** How many cells a relation has, the total among them. */
  int size(int relation) {
    return starts[relation + 1] - starts[relation];
  }

  /** A cell of a relation; the total at 0. */
  int cell(int relation, int at) {
    return cells[starts[relation] + at];
  }

  int countOf(int cell) {
    return ofCellStarts[cell + 1] - ofCellStarts[cell];
  }

  int of(int cell, int at) {
    return ofCell[ofCellStarts[cell] + at];
  }

  /** 1 where the cell is the total of a relation that it is in, −1 where it is a part. */
  int coefficient(int relation, int cell) {
    return cells[starts[relation]] == cell ? 1 : -1;
  }

  /** The total of the first relation that does not add up; {@link Lattice#NONE} if all do. */
  int firstBroken(long[] values) {
    for (int relation = 0; relation < count; relation++) {
      long rest = values[cells[starts[relation]]];
      for (int i = starts[relation] + 1; i < starts[relation + 1]; i++) {
        rest = Math.subtractExact(rest, values[cells[i]]);
      }
      if (rest != 0) {
        return cells[starts[relation]];
      }
    }
    return Lattice.NONE;
  }
}
