package org.inclusionmaps.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inclusionmaps.privacy.MoveSearch.Step;
import org.inclusionmaps.privacy.Protection.Reason;
import org.inclusionmaps.privacy.SuppressionAudit.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Which cells of a release without noise are hidden. First those that break a rule; then, for each
 * of them, the cells of the cheapest moves that keep it uncertain by all of its protection, over
 * all levels and margins at once. At the end all is audited; what fails is opened up to the root,
 * and at worst all cells are hidden. What even that does not protect is told by earlier releases,
 * and is refused.
 *
 * <p>The true values and all moves are whole numbers that add up, so a cell that is protected stays
 * so when more are hidden: one pass is a fixpoint. Cells cost their persons, so that small ones are
 * hidden first. The choice is greedy, not the least one; the best is by integer programming (M.
 * Fischetti, J. J. Salazar, Management Science 47, 2001), which does not reach national size.
 */
public final class Suppression {
  private final Lattice lattice;
  private final CellCounts counts;
  private final List<Optional<Protection>> protections;
  private final boolean[] isHidden;
  private final long[] table;
  private final MoveSearch search;

  /** Cell to the moves that were made to protect it, each way: the audit checks them. */
  private final Map<Integer, List<List<Move>>> moves = new HashMap<>();

  private List<Refusal> refusals = List.of();

  private Suppression(CellCounts counts, Thresholds thresholds) {
    counts.requireSums();
    this.counts = counts;
    lattice = counts.lattice();
    protections = thresholds.of(counts);
    isHidden = new boolean[lattice.cells()];
    for (int cell = 0; cell < isHidden.length; cell++) {
      isHidden[cell] = protections.get(cell).isPresent() || lattice.isZone(lattice.nodeOf(cell));
    }
    table = counts.table();
    search = new MoveSearch(lattice, table, this::cost);
  }

  /**
   * The release.
   *
   * @param counts distinct persons after bounding, the largest operator's, and earlier releases
   * @throws IllegalArgumentException if the counts do not add up
   */
  public static Suppression of(CellCounts counts, Thresholds thresholds) {
    Suppression suppression = new Suppression(counts, thresholds);
    suppression.protectAll();
    suppression.hideUntilSafe();
    return suppression;
  }

  private long cost(int cell) {
    if (counts.isKnown(cell)) {
      return MoveSearch.NEVER;
    }
    return isHidden[cell] ? 0 : 1 + counts.persons(cell);
  }

  private void protectAll() {
    for (int cell = 0; cell < isHidden.length; cell++) {
      Optional<Protection> protection = protections.get(cell);
      if (protection.isPresent() && !counts.isKnown(cell)) {
        protect(cell, 1, protection.get().high() - table[cell], Step.ANY);
        protect(cell, -1, table[cell] - protection.get().low(), Step.ANY);
      }
    }
  }

  /** Hides the cells of the moves that change a cell by as much as is asked, if there are any. */
  private void protect(int cell, int sign, long asked, Step least) {
    if (asked == 0) {
      return;
    }
    List<Move> made = new ArrayList<>();
    search.reach(
        cell,
        sign,
        asked,
        least,
        move -> {
          made.add(move);
          for (int i = 0; i < move.size(); i++) {
            isHidden[move.cell(i)] = true;
          }
        });
    moves.computeIfAbsent(cell, key -> new ArrayList<>()).add(made);
  }

  private void hideUntilSafe() {
    refusals = audit().refusals(protections);
    if (refusals.isEmpty()) {
      return;
    }
    for (Refusal refusal : refusals) {
      Protection protection = protections.get(refusal.cell()).orElseThrow();
      protect(refusal.cell(), 1, protection.high() - table[refusal.cell()], Step.WHOLE);
      protect(refusal.cell(), -1, table[refusal.cell()] - protection.low(), Step.WHOLE);
    }
    refusals = audit().refusals(protections);
    if (refusals.isEmpty()) {
      return;
    }
    Arrays.fill(isHidden, true);
    refusals = audit().refusals(protections);
  }

  /** The audit of this release. */
  public SuppressionAudit audit() {
    return new SuppressionAudit(counts, shown(), SuppressionAudit.MOST_EXACT, moves);
  }

  /** Whether a cell is shown. */
  public boolean shows(int cell) {
    return !isHidden[cell];
  }

  /** For each cell whether it is shown. */
  public boolean[] shown() {
    boolean[] shown = new boolean[isHidden.length];
    for (int cell = 0; cell < shown.length; cell++) {
      shown[cell] = !isHidden[cell];
    }
    return shown;
  }

  /** Why a cell is hidden; null if it is shown, or is a zone that no rule hides. */
  public @Nullable Reason reason(int cell) {
    if (protections.get(cell).isPresent()) {
      return protections.get(cell).get().reason();
    }
    boolean isComplement = isHidden[cell] && !lattice.isZone(lattice.nodeOf(cell));
    return isComplement ? Reason.COMPLEMENTARY : null;
  }

  /** What must stay possible for each cell; empty where it may be told. */
  public List<Optional<Protection>> protections() {
    return protections;
  }

  /** The cells that stay unprotected, because earlier releases tell them: publish nothing then. */
  public List<Refusal> refusals() {
    return refusals;
  }
}
