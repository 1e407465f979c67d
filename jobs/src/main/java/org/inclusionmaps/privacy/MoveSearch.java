package org.inclusionmaps.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import org.inclusionmaps.privacy.GroupMoves.GroupMove;
import org.jspecify.annotations.Nullable;

/**
 * The cheapest move that changes a cell: persons change groups in one branch of the tree, and the
 * other way round in a branch beside it, or up to the root with none beside. In two dimensions
 * these are the rectangles, in more the hypercubes, of cell suppression (S. Giessing, D. Repsilber,
 * in Inference Control in Statistical Databases, LNCS 2316, 2002), here over all levels of a tree.
 * A search that finds nothing proves nothing; a move that it finds can be checked.
 */
final class MoveSearch {
  /** The cost of a cell that must not change. */
  static final long NEVER = Long.MAX_VALUE;

  /** As far as a move without limit goes. */
  static final long FAR = Long.MAX_VALUE >> 8;

  /** Branches beside that are tried at each node, the first by key. */
  private static final int MOST_BESIDE = 256;

  /** Moves that are added up before one must do the rest. */
  private static final int MOST_MOVES = 64;

  private static final int[] NO_CELLS = {};

  private final Lattice lattice;
  private final GroupMoves groupMoves;
  private final long[] table;
  private final IntToLongFunction costs;
  private final Branch branch = new Branch();
  private final Branch beside = new Branch();
  private final Branch trial = new Branch();
  private int target;
  private int sign;
  private long need;
  private long leastRoom;
  private @Nullable Move best;

  /** How much of what is asked one move must do. */
  enum Step {
    /** Any part of it. */
    ANY,
    /** All of it. Upward there always is one: totals up to the root have no limit. */
    WHOLE
  }

  /** A node, and nodes below it, that change by one group move. */
  private static final class Branch {
    private int[] nodes = new int[16];
    private int size;
    private int sign;
    private long cost;
    private long room;

    void start(int withSign) {
      size = 0;
      sign = withSign;
      cost = 0;
      room = FAR;
    }

    boolean isOpen() {
      return cost != NEVER && room > 0;
    }
  }

  /**
   * A search.
   *
   * @param table whole numbers that add up; moves keep them 0 or more
   * @param costs of changing a cell: 0 where it is hidden, {@link #NEVER} where it must not change
   */
  MoveSearch(Lattice lattice, long[] table, IntToLongFunction costs) {
    this.lattice = lattice;
    this.table = table;
    this.costs = costs;
    groupMoves = new GroupMoves(lattice);
  }

  /**
   * The best move found.
   *
   * @param cell to change
   * @param withSign 1 for more persons, −1 for fewer
   * @param asked how many at the most, 1 to {@link #FAR}
   */
  @Nullable Move cheapest(int cell, int withSign, long asked, Step least) {
    target = cell;
    sign = withSign;
    need = asked;
    leastRoom = least == Step.WHOLE ? asked : 1;
    best = null;
    int node = lattice.nodeOf(cell);
    int group = lattice.groupOf(cell);
    if (lattice.isZone(node)) {
      for (int member : lattice.membersOf(node)) {
        search(member, group);
      }
    } else {
      search(node, group);
    }
    return best;
  }

  /**
   * How far a cell can be moved by the sum of several moves, the best one first; when many do not
   * reach, one move must do the rest. The table is as before in the end.
   *
   * @param each is told each move, when the table has it
   * @return up to what is asked
   */
  long reach(int cell, int withSign, long asked, Step least, Consumer<Move> each) {
    List<Move> made = new ArrayList<>();
    long reached = 0;
    while (reached < asked) {
      Step now = made.size() < MOST_MOVES ? least : Step.WHOLE;
      Move move = cheapest(cell, withSign, asked - reached, now);
      if (move == null) {
        break;
      }
      move.addTo(table, 1);
      made.add(move);
      each.accept(move);
      reached += move.units();
    }
    made.forEach(move -> move.addTo(table, -1));
    return reached;
  }

  private boolean isDone() {
    return best != null && best.isPerfect(need);
  }

  private void search(int node, int group) {
    for (int top = node; top != Lattice.NONE && !isDone(); top = lattice.parent(top)) {
      int parent = lattice.parent(top);
      for (GroupMove move : groupMoves.of(lattice.depth(top), group)) {
        branch.start(sign);
        for (int at = node; at != parent && branch.isOpen(); at = lattice.parent(at)) {
          add(branch, at, move);
        }
        descend(branch, node, move);
        if (!canWin(branch.cost, branch.room)) {
          continue;
        }
        if (parent == Lattice.NONE) {
          beside.start(-sign);
          offer(move);
        } else {
          searchBeside(top, parent, move);
        }
      }
    }
  }

  private void searchBeside(int top, int parent, GroupMove move) {
    int first = lattice.firstChild(parent);
    int last = first + Math.min(lattice.children(parent), MOST_BESIDE);
    for (int other = first; other < last && !isDone(); other++) {
      if (other == top) {
        continue;
      }
      beside.start(-sign);
      add(beside, other, move);
      if (beside.isOpen() && canWin(branch.cost + beside.cost, beside.room)) {
        descend(beside, other, move);
        if (beside.isOpen()) {
          offer(move);
        }
      }
    }
  }

  /** Goes on to the leaves, each time to the child that costs least for the persons it has. */
  private void descend(Branch to, int from, GroupMove move) {
    int node = from;
    while (to.isOpen() && lattice.depth(node) < move.lastDepth() && lattice.children(node) > 0) {
      int found = Lattice.NONE;
      double least = Double.POSITIVE_INFINITY;
      int first = lattice.firstChild(node);
      int last = first + Math.min(lattice.children(node), MOST_BESIDE);
      for (int child = first; child < last; child++) {
        trial.start(to.sign);
        add(trial, child, move);
        if (trial.isOpen()) {
          double rate = (trial.cost + 1.0) / Math.min(trial.room, need);
          if (rate < least) {
            least = rate;
            found = child;
          }
        }
      }
      if (found == Lattice.NONE) {
        to.room = 0;
        return;
      }
      add(to, found, move);
      node = found;
    }
  }

  private void add(Branch to, int node, GroupMove move) {
    int depth = lattice.depth(node);
    int first = lattice.firstCell(node);
    for (int i = 0; i < move.size(depth); i++) {
      int cell = first + move.slot(depth, i);
      long cost = costs.applyAsLong(cell);
      if (cost == NEVER) {
        to.cost = NEVER;
        return;
      }
      to.cost += cost;
      if (move.sign(depth, i) * to.sign < 0) {
        to.room = Math.min(to.room, table[cell]);
      }
    }
    if (to.size == to.nodes.length) {
      to.nodes = Arrays.copyOf(to.nodes, 2 * to.size);
    }
    to.nodes[to.size++] = node;
  }

  private boolean canWin(long cost, long room) {
    if (cost == NEVER || room < leastRoom) {
      return false;
    }
    return best == null
        || new Move(NO_CELLS, NO_CELLS, Math.min(room, need), cost).isBetterThan(best);
  }

  private void offer(GroupMove move) {
    long cost = branch.cost + beside.cost;
    long room = Math.min(branch.room, beside.room);
    if (!canWin(cost, room)) {
      return;
    }
    SortedMap<Integer, Integer> changes = new TreeMap<>();
    collect(branch, move, changes);
    collect(beside, move, changes);
    changes.values().removeIf(change -> change == 0);
    if (changes.getOrDefault(target, 0) != sign) {
      return;
    }
    for (int cell : changes.keySet()) {
      if (costs.applyAsLong(cell) == NEVER) {
        return;
      }
    }
    best =
        new Move(
            changes.keySet().stream().mapToInt(i -> i).toArray(),
            changes.values().stream().mapToInt(i -> i).toArray(),
            Math.min(room, need),
            cost);
  }

  /** The cells that a branch changes, and those of the zones that it is in. */
  private void collect(Branch from, GroupMove move, SortedMap<Integer, Integer> changes) {
    for (int i = 0; i < from.size; i++) {
      int node = from.nodes[i];
      int depth = lattice.depth(node);
      for (int j = 0; j < move.size(depth); j++) {
        int cell = lattice.firstCell(node) + move.slot(depth, j);
        int change = from.sign * move.sign(depth, j);
        changes.merge(cell, change, Integer::sum);
        for (int zone : lattice.zonesOf(node)) {
          int sum = lattice.cell(zone, lattice.groupOf(cell));
          if (sum != Lattice.NONE) {
            changes.merge(sum, change, Integer::sum);
          }
        }
      }
    }
  }
}
