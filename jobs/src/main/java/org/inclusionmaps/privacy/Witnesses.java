package org.inclusionmaps.privacy;

import java.util.List;
import org.inclusionmaps.privacy.MoveSearch.Step;

/**
 * How far a hidden cell can be moved from its value, by tables of whole numbers that agree with all
 * that is shown. Each table is checked against the relations themselves, so what is found is
 * proven, however it was found.
 */
final class Witnesses {
  private final Lattice lattice;
  private final boolean[] isKnown;
  private final long[] table;
  private final MoveSearch search;
  private final int[] net;

  /**
   * Witnesses for what is hidden.
   *
   * @param table the true values
   * @param isKnown what anyone knows
   */
  Witnesses(Lattice lattice, long[] table, boolean[] isKnown) {
    this.lattice = lattice;
    this.isKnown = isKnown;
    this.table = table.clone();
    search = new MoveSearch(lattice, this.table, cell -> isKnown[cell] ? MoveSearch.NEVER : 0);
    net = new int[lattice.relations().count()];
  }

  /** How many persons more (1) or fewer (−1) are feasible, up to a number that is asked. */
  long reach(int cell, int sign, long asked) {
    return search.reach(cell, sign, asked, Step.ANY, this::check);
  }

  /** How far moves that are given change a cell; they must be a witness. */
  long reach(int cell, List<Move> given) {
    long reached = 0;
    for (Move move : given) {
      move.addTo(table, 1);
      check(move);
      reached += move.change(cell);
    }
    given.forEach(move -> move.addTo(table, -1));
    return reached;
  }

  /** Refuses a table that is none: this is what makes a witness a proof. */
  private void check(Move move) {
    Relations relations = lattice.relations();
    for (int step = 1; step >= 0; step--) {
      for (int i = 0; i < move.size(); i++) {
        int cell = move.cell(i);
        for (int j = 0; j < relations.countOf(cell); j++) {
          int relation = relations.of(cell, j);
          if (step == 1) {
            net[relation] += move.sign(i) * relations.coefficient(relation, cell);
          } else if (net[relation] != 0) {
            throw new IllegalStateException("a move breaks a sum");
          }
        }
        if (isKnown[cell] || table[cell] < 0) {
          throw new IllegalStateException("a move changes what is known, or goes below 0");
        }
      }
    }
  }
}
