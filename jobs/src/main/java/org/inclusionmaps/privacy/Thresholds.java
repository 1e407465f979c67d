package org.inclusionmaps.privacy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.inclusionmaps.privacy.Protection.Reason;

/**
 * Which cells must not be shown as they are, where no noise is added. Source of the rules: A.
 * Hundepool et al., Statistical Disclosure Control, Wiley 2012, chapters 4 (dominance) and 5
 * (frequency tables, group disclosure).
 *
 * @param leastPersons k, such as 15; 1 or more. A cell below it is protected from 0 to k: what is
 *     shown agrees with nobody there, and with enough to be shown
 * @param mostOperatorPct the largest share of a cell's persons that one operator may have, such as
 *     80; 1 to 100
 */
public record Thresholds(long leastPersons, int mostOperatorPct) {
  private static final int ALL_PCT = 100;

  /** Refuses limits out of range. */
  public Thresholds {
    if (leastPersons < 1 || mostOperatorPct < 1 || mostOperatorPct > ALL_PCT) {
      throw new IllegalArgumentException(
          "at least %d persons, at most %d %% of one operator"
              .formatted(leastPersons, mostOperatorPct));
    }
  }

  /** Why a cell must not be shown; empty where it may. The first reason counts. */
  Optional<Protection> of(CellCounts counts, int cell) {
    long persons = counts.persons(cell);
    boolean isPublished = !counts.lattice().isZone(counts.lattice().nodeOf(cell));
    // That nobody is unknown tells nothing of anybody.
    boolean isEmpty =
        persons == 0 && counts.lattice().groups().isUnknown(counts.lattice().groupOf(cell));
    if (isPublished && persons < leastPersons && !isEmpty) {
      return Optional.of(new Protection(Reason.FEW_PERSONS, 0, leastPersons));
    }
    long changed = Math.abs(persons - counts.earlier(cell));
    if (counts.wasShown(cell) && changed > 0 && changed < leastPersons) {
      return Optional.of(
          new Protection(
              Reason.FEW_CHANGED,
              Math.max(0, persons - leastPersons),
              Math.addExact(persons, leastPersons)));
    }
    if (isPublished && !isEmpty && isAllOfAMargin(counts, cell)) {
      return Optional.of(
          new Protection(Reason.ALL_OF_A_MARGIN, Math.max(0, persons - leastPersons), persons));
    }
    long largest = Math.multiplyExact(counts.largestOperator(cell), ALL_PCT);
    if (isPublished && largest > Math.multiplyExact(persons, mostOperatorPct)) {
      long high = (largest + mostOperatorPct - 1) / mostOperatorPct;
      return Optional.of(new Protection(Reason.ONE_OPERATOR, persons, high));
    }
    return Optional.empty();
  }

  private static boolean isAllOfAMargin(CellCounts counts, int cell) {
    Lattice lattice = counts.lattice();
    Groups groups = lattice.groups();
    int group = lattice.groupOf(cell);
    for (int i = 0; i < groups.dimensions(); i++) {
      if (groups.tells(group, i)) {
        int margin = lattice.cell(lattice.nodeOf(cell), groups.with(group, i, 0));
        if (counts.persons(margin) == counts.persons(cell)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The protection of each cell of a table, empty where it may be shown. */
  List<Optional<Protection>> of(CellCounts counts) {
    return IntStream.range(0, counts.lattice().cells()).mapToObj(cell -> of(counts, cell)).toList();
  }
}
