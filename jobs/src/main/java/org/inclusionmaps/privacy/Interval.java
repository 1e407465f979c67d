package org.inclusionmaps.privacy;

/**
 * What anyone can tell of a hidden cell: each bound is attained by a table of whole numbers that
 * agrees with all that is shown.
 *
 * @param least persons, 0 or more
 * @param greatest persons; {@link #UNBOUNDED} if what is shown sets no limit
 * @param isExact whether no table goes beyond the bounds; otherwise some may, and nobody is told
 *     more than this
 */
public record Interval(long least, long greatest, boolean isExact) {
  /** The greatest value of a cell that nothing bounds. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  /** Refuses bounds out of order. */
  public Interval {
    if (least < 0 || greatest < least) {
      throw new IllegalArgumentException("from %d to %d persons".formatted(least, greatest));
    }
  }

  /** Whether all of a protection is feasible. */
  boolean holds(Protection protection) {
    return least <= protection.low() && protection.high() <= greatest;
  }
}
