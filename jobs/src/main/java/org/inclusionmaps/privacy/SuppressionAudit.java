package org.inclusionmaps.privacy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What anyone can tell of hidden cells from what is shown, now and earlier: relations hold, and
 * persons are whole and 0 or more. For each hidden cell it gives the least and the greatest value
 * that some table attains.
 *
 * <p>Components of hidden cells without rings, such as all of a tree without groups, have both in
 * closed form; others of up to {@link #MOST_EXACT} cells by exact linear and integer programming.
 * In larger ones the bounds are those of tables that were found: anyone is told no more than that,
 * and a cell whose protection is not proven is refused.
 */
public final class SuppressionAudit {
  /** Cells of a component up to which its bounds are exact. */
  public static final int MOST_EXACT = 300;

  /** A step of search for bounds that are far off. */
  private static final long ALL = MoveSearch.FAR;

  private final int mostExact;
  private final Map<Integer, List<List<Move>>> moves;
  private final Lattice lattice;
  private final long[] table;
  private final boolean[] isKnown;
  private final HiddenBounds bounds;
  private final HiddenComponents components;
  private final Witnesses witnesses;
  private final Map<Integer, Optional<WholeRange>> ranges = new HashMap<>();

  /**
   * A cell that is not protected.
   *
   * @param cell its number
   * @param name its public name
   * @param reason why it must not be told
   * @param told what anyone can tell of it
   */
  public record Refusal(int cell, String name, Protection.Reason reason, Interval told) {}

  /**
   * An audit.
   *
   * @param counts the true values, and what was shown earlier
   * @param isShown for each cell whether it is to be shown; cells of zones never are
   * @throws IllegalArgumentException if the counts do not add up, or there are not as many
   */
  public SuppressionAudit(CellCounts counts, boolean[] isShown) {
    this(counts, isShown, MOST_EXACT, Map.of());
  }

  /**
   * An audit that is told where to look.
   *
   * @param mostExact it is exact in components of up to so many cells
   * @param moves cell to moves that may prove its protection; they are checked
   */
  SuppressionAudit(
      CellCounts counts, boolean[] isShown, int mostExact, Map<Integer, List<List<Move>>> moves) {
    this.mostExact = mostExact;
    this.moves = moves;
    counts.requireSums();
    lattice = counts.lattice();
    if (isShown.length != lattice.cells()) {
      throw new IllegalArgumentException(
          "%d cells for a lattice of %d".formatted(isShown.length, lattice.cells()));
    }
    table = counts.table();
    isKnown = new boolean[table.length];
    for (int cell = 0; cell < table.length; cell++) {
      isKnown[cell] =
          counts.isKnown(cell) || (isShown[cell] && !lattice.isZone(lattice.nodeOf(cell)));
    }
    bounds = new HiddenBounds(lattice, table, isKnown);
    components = new HiddenComponents(lattice, bounds);
    witnesses = new Witnesses(lattice, table, isKnown);
  }

  /** What anyone can tell of a cell: one number if it is shown. */
  public Interval told(int cell) {
    int component = components.of(cell);
    if (bounds.isPoint(cell) || components.isTree(component)) {
      return new Interval(bounds.least(cell), bounds.greatest(cell), true);
    }
    if (components.size(component) <= mostExact) {
      Interval exact = solve(cell, component);
      if (exact != null) {
        return exact;
      }
    }
    return found(cell);
  }

  /**
   * How many hidden cells hang together with a cell, itself among them; 0 if it follows from what
   * is shown.
   */
  public int componentSize(int cell) {
    return bounds.isPoint(cell) ? 0 : components.size(components.of(cell));
  }

  /**
   * The cells that are not protected, ascending. A release with any of them must not be published.
   *
   * @param protections of each cell; empty where it may be told
   */
  public List<Refusal> refusals(List<Optional<Protection>> protections) {
    return IntStream.range(0, table.length)
        .filter(cell -> protections.get(cell).isPresent())
        .filter(cell -> !isProtected(cell, protections.get(cell).orElseThrow()))
        .mapToObj(
            cell ->
                new Refusal(
                    cell,
                    lattice.name(cell),
                    protections.get(cell).orElseThrow().reason(),
                    told(cell)))
        .toList();
  }

  private boolean isProtected(int cell, Protection protection) {
    if (bounds.least(cell) > protection.low() || bounds.greatest(cell) < protection.high()) {
      return false;
    }
    long more = Math.max(0, protection.high() - table[cell]);
    long fewer = Math.max(0, table[cell] - protection.low());
    if (isReached(cell, 1, more) && isReached(cell, -1, fewer)) {
      return true;
    }
    return told(cell).holds(protection);
  }

  private boolean isReached(int cell, int sign, long asked) {
    return witnesses.reach(cell, sign, asked) == asked
        || moves.getOrDefault(cell, List.of()).stream()
            .anyMatch(given -> sign * witnesses.reach(cell, given) >= asked);
  }

  /** By tables that were found, and bounds that none goes beyond. */
  private Interval found(int cell) {
    long least = table[cell] - witnesses.reach(cell, -1, table[cell] - bounds.least(cell));
    long limit = bounds.greatest(cell);
    long more = witnesses.reach(cell, 1, limit == Interval.UNBOUNDED ? ALL : limit - table[cell]);
    long greatest = more == ALL ? Interval.UNBOUNDED : table[cell] + more;
    return new Interval(least, greatest, least == bounds.least(cell) && greatest == limit);
  }

  private @Nullable Interval solve(int cell, int component) {
    try {
      WholeRange range =
          ranges
              .computeIfAbsent(component, key -> Optional.of(program(components.cellsOf(key))))
              .orElse(null);
      if (range == null) {
        return null;
      }
      int variable = Arrays.binarySearch(components.cellsOf(component), cell);
      WholeRange.Bound least = range.bound(variable, -1, table[cell]);
      WholeRange.Bound greatest = range.bound(variable, 1, table[cell]);
      return new Interval(least.value(), greatest.value(), least.isExact() && greatest.isExact());
    } catch (ArithmeticException tooLarge) {
      // Numbers beyond 64 bits: the bounds of tables that are found take the place of exact ones.
      ranges.put(component, Optional.empty());
      return null;
    }
  }

  /** The relations of a component; what is known of them is on the right-hand side. */
  private WholeRange program(int[] cells) {
    Relations relations = lattice.relations();
    Map<Integer, long[]> equations = new TreeMap<>();
    for (int i = 0; i < cells.length; i++) {
      for (int j = 0; j < relations.countOf(cells[i]); j++) {
        int relation = relations.of(cells[i], j);
        long[] equation = equations.computeIfAbsent(relation, key -> new long[cells.length + 1]);
        int coefficient = relations.coefficient(relation, cells[i]);
        equation[i] = coefficient;
        // The true values meet the relation, so the known part is what they leave.
        equation[cells.length] =
            Math.addExact(equation[cells.length], Math.multiplyExact(coefficient, table[cells[i]]));
      }
    }
    return new WholeRange(equations.values().toArray(long[][]::new), cells.length);
  }
}
