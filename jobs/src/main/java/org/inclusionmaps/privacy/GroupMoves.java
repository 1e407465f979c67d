package org.inclusionmaps.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ways in which persons of one node may change groups so that categories still add up: the
 * products, over dimensions, of "one more in this category, one less in that" and "one more in this
 * category, so one more in all".
 */
final class GroupMoves {
  private final Lattice lattice;
  private final List<int[][]> all;

  /** Depth and group to the moves that add one to the group, told apart from that depth down. */
  private final Map<Integer, List<GroupMove>> found = new HashMap<>();

  /** One move, as the cells of a node at each depth see it. */
  static final class GroupMove {
    /** By depth: the places of the cells among the node's. */
    private final int[][] slots;

    private final int[][] signs;
    private final int lastDepth;

    private GroupMove(int[][] slots, int[][] signs) {
      this.slots = slots;
      this.signs = signs;
      int last = 0;
      for (int depth = 0; depth < slots.length; depth++) {
        last = slots[depth].length > 0 ? depth : last;
      }
      lastDepth = last;
    }

    int size(int depth) {
      return slots[depth].length;
    }

    int slot(int depth, int at) {
      return slots[depth][at];
    }

    int sign(int depth, int at) {
      return signs[depth][at];
    }

    /** The lowest depth at which anything changes. */
    int lastDepth() {
      return lastDepth;
    }
  }

  GroupMoves(Lattice lattice) {
    this.lattice = lattice;
    all = products(lattice.groups());
  }

  /** Each as its groups and their signs. */
  private static List<int[][]> products(Groups groups) {
    List<int[][]> products = new ArrayList<>();
    products.add(new int[][] {{Groups.TOTAL}, {1}});
    for (int i = 0; i < groups.dimensions(); i++) {
      List<int[][]> longer = new ArrayList<>();
      for (int[][] product : products) {
        for (int first = 0; first <= groups.categories(i); first++) {
          for (int second = first + 1; second <= groups.categories(i); second++) {
            longer.add(times(product, groups, i, first, second));
          }
        }
      }
      products = longer;
    }
    return products;
  }

  private static int[][] times(int[][] product, Groups groups, int i, int first, int second) {
    int length = product[0].length;
    int[] to = new int[2 * length];
    int[] signs = new int[2 * length];
    for (int j = 0; j < length; j++) {
      to[j] = groups.with(product[0][j], i, first);
      to[length + j] = groups.with(product[0][j], i, second);
      signs[j] = product[1][j];
      signs[length + j] = first == 0 ? product[1][j] : -product[1][j];
    }
    return new int[][] {to, signs};
  }

  /**
   * The moves that add one to a group. Those that are the same at this depth and all below it are
   * one.
   */
  List<GroupMove> of(int topDepth, int group) {
    return found.computeIfAbsent(
        topDepth * lattice.groups().size() + group, key -> find(topDepth, group));
  }

  private List<GroupMove> find(int topDepth, int group) {
    List<GroupMove> moves = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int[][] product : all) {
      int at = 0;
      while (at < product[0].length && product[0][at] != group) {
        at++;
      }
      if (at == product[0].length) {
        continue;
      }
      int[][] slots = new int[lattice.depthsTold()][];
      int[][] signs = new int[lattice.depthsTold()][];
      for (int depth = 0; depth < slots.length; depth++) {
        see(product, product[1][at], lattice.slotsAt(depth), depth, slots, signs);
      }
      String below =
          Arrays.deepToString(Arrays.copyOfRange(slots, topDepth, slots.length))
              + Arrays.deepToString(Arrays.copyOfRange(signs, topDepth, signs.length));
      if (seen.add(below)) {
        moves.add(new GroupMove(slots, signs));
      }
    }
    return List.copyOf(moves);
  }

  private static void see(
      int[][] product, int sign, int[] slotOf, int depth, int[][] slots, int[][] signs) {
    int[] some = new int[product[0].length];
    int[] theirs = new int[some.length];
    int count = 0;
    for (int i = 0; i < some.length; i++) {
      int slot = slotOf[product[0][i]];
      if (slot != Lattice.NONE) {
        some[count] = slot;
        theirs[count++] = sign * product[1][i];
      }
    }
    slots[depth] = Arrays.copyOf(some, count);
    signs[depth] = Arrays.copyOf(theirs, count);
  }
}
