package org.inclusionmaps.privacy;

import java.util.ArrayDeque;

/**
 * Bounds of hidden cells from one relation after the other, until none gets narrower: a total is
 * within the sums of its parts' bounds, a part within the total less the others. No table of whole
 * numbers goes beyond them. Where the hidden cells and their relations form no ring, each bound is
 * attained. Source: L. Buzzigoli, A. Giusti, An Algorithm to Calculate the Lower and Upper Bounds
 * of the Elements of an Array Given its Marginals, Statistical Data Protection 1998 (shuttle
 * algorithm), here over all sums of a lattice.
 */
final class HiddenBounds {
  /** How often a relation is looked at; bounds that creep are left wider than they might be. */
  private static final int MOST_VISITS = 200;

  private static final long UNBOUNDED = Interval.UNBOUNDED;

  private final Relations relations;
  private final long[] least;
  private final long[] greatest;
  private final boolean[] isCut;
  private final boolean[] waits;
  private final ArrayDeque<Integer> queue = new ArrayDeque<>();

  /**
   * The bounds.
   *
   * @param table the values; only those that are known are read
   * @param isKnown what anyone knows; other cells are 0 or more
   */
  HiddenBounds(Lattice lattice, long[] table, boolean[] isKnown) {
    relations = lattice.relations();
    least = new long[table.length];
    greatest = new long[table.length];
    for (int cell = 0; cell < table.length; cell++) {
      least[cell] = isKnown[cell] ? table[cell] : 0;
      greatest[cell] = isKnown[cell] ? table[cell] : UNBOUNDED;
    }
    waits = new boolean[relations.count()];
    isCut = new boolean[relations.count()];
    for (int relation = 0; relation < relations.count(); relation++) {
      push(relation);
    }
    int[] visits = new int[relations.count()];
    while (!queue.isEmpty()) {
      int relation = queue.remove();
      waits[relation] = false;
      if (visits[relation]++ < MOST_VISITS) {
        narrow(relation);
      } else {
        isCut[relation] = true;
      }
    }
  }

  private void push(int relation) {
    if (!waits[relation]) {
      waits[relation] = true;
      queue.add(relation);
    }
  }

  private void narrow(int relation) {
    int size = relations.size(relation);
    int total = relations.cell(relation, 0);
    long low = 0;
    long high = 0;
    int open = 0;
    for (int i = 1; i < size; i++) {
      int part = relations.cell(relation, i);
      low = Math.addExact(low, least[part]);
      if (greatest[part] == UNBOUNDED) {
        open++;
      } else {
        high = Math.addExact(high, greatest[part]);
      }
    }
    set(total, low, open == 0 ? high : UNBOUNDED);
    for (int i = 1; i < size; i++) {
      int part = relations.cell(relation, i);
      int othersOpen = open - (greatest[part] == UNBOUNDED ? 1 : 0);
      long othersHigh = greatest[part] == UNBOUNDED ? high : high - greatest[part];
      set(
          part,
          othersOpen == 0 ? least[total] - othersHigh : 0,
          greatest[total] == UNBOUNDED ? UNBOUNDED : greatest[total] - (low - least[part]));
    }
  }

  private void set(int cell, long low, long high) {
    if (low <= least[cell] && high >= greatest[cell]) {
      return;
    }
    least[cell] = Math.max(low, least[cell]);
    greatest[cell] = Math.min(high, greatest[cell]);
    if (least[cell] > greatest[cell]) {
      throw new IllegalArgumentException("what is shown does not add up");
    }
    for (int i = 0; i < relations.countOf(cell); i++) {
      push(relations.of(cell, i));
    }
  }

  long least(int cell) {
    return least[cell];
  }

  /** {@link Interval#UNBOUNDED} where nothing sets a limit. */
  long greatest(int cell) {
    return greatest[cell];
  }

  /** Whether the cell follows from what is known. */
  boolean isPoint(int cell) {
    return least[cell] == greatest[cell];
  }

  /** Whether a relation was left before its bounds had come to rest. */
  boolean isCut(int relation) {
    return isCut[relation];
  }
}
