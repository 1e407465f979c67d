package org.inclusionmaps.deprivation;

/**
 * The five parts of the persons of a place and group, in millionths of a person; they sum to the
 * persons exactly.
 *
 * <p>Only the margins are known: how many can afford the price, and how many are connected. How far
 * both are the same people is a choice: that those who can afford it connect first, or another.
 * {@link #pricedOutMin} and {@link #pricedOutMax} are the Fréchet bounds over every overlap; of
 * those who can connecting first, {@code pricedOut} is the upper one.
 *
 * @param uncovered no usable network where they live
 * @param pricedOut covered, the price over the threshold, not connected
 * @param burdened connected at a price over the threshold
 * @param heldBack covered, could afford it, not connected
 * @param included connected at a price within the threshold
 * @param pricedOutMin least that pricedOut can be, given the margins
 * @param pricedOutMax most that pricedOut can be, given the margins
 */
public record FiveParts(
    long uncovered,
    long pricedOut,
    long burdened,
    long heldBack,
    long included,
    long pricedOutMin,
    long pricedOutMax) {

  /**
   * The five parts.
   *
   * @param access network and price
   * @param connected persons connected, in millionths, 0 to those covered
   */
  public static FiveParts of(Access access, long connected) {
    return of(access, connected, 0);
  }

  /**
   * The five parts of another overlap.
   *
   * @param access network and price
   * @param connected persons connected, in millionths, 0 to those covered
   * @param overlap 0: those who can afford it connect first; 1: as many of those who can as of
   *     those who cannot; between them in proportion
   */
  public static FiveParts of(Access access, long connected, double overlap) {
    if (connected < 0 || connected > access.covered()) {
      throw new IllegalArgumentException(
          "connected is %d but must be 0 to the covered %d".formatted(connected, access.covered()));
    }
    if (!(overlap >= 0 && overlap <= 1)) {
      throw new IllegalArgumentException("overlap is %s but must be 0 to 1".formatted(overlap));
    }
    long least = Math.max(0, connected - access.affordable());
    long burdened = least;
    if (overlap > 0 && connected > 0) {
      double apart = (double) connected * access.unaffordable() / access.covered();
      long most = Math.min(connected, access.unaffordable());
      burdened = Math.max(least, Math.min(most, Math.round(least + overlap * (apart - least))));
    }
    long included = connected - burdened;
    return new FiveParts(
        access.uncovered(),
        access.unaffordable() - burdened,
        burdened,
        access.affordable() - included,
        included,
        Math.max(0, access.unaffordable() - connected),
        Math.min(access.unaffordable(), access.covered() - connected));
  }

  /** All persons. */
  public long persons() {
    return uncovered + pricedOut + burdened + heldBack + included;
  }

  /** Persons connected. */
  public long connected() {
    return burdened + included;
  }

  /** Persons who lack affordable access: uncovered, priced out or burdened. */
  public long lacking() {
    return uncovered + pricedOut + burdened;
  }
}
