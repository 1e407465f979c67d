package org.inclusionmaps.privacy;

/**
 * Why a cell may not be shown, and what must stay possible for it: nobody may be able to rule out
 * the low value or the high one.
 *
 * @param reason why it is hidden
 * @param low persons, 0 or more
 * @param high persons, at least low
 */
public record Protection(Reason reason, long low, long high) {
  /** Refuses values out of order. */
  public Protection {
    if (low < 0 || high < low) {
      throw new IllegalArgumentException("from %d to %d persons".formatted(low, high));
    }
  }

  /** Why a cell is hidden. */
  public enum Reason {
    /** Fewer persons than the threshold, none among them. */
    FEW_PERSONS,
    /** All persons of a margin: the margin tells each one's attribute. */
    ALL_OF_A_MARGIN,
    /** One operator has too large a share: the cell tells its customers. */
    ONE_OPERATOR,
    /** An earlier release shows it with a few persons more or less. */
    FEW_CHANGED,
    /** Only so that no other hidden cell can be reckoned. */
    COMPLEMENTARY
  }
}
