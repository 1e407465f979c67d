package org.inclusionmaps.estimation;

/**
 * No numbers meet the totals asked for: they contradict each other, or ask for people where there
 * are none. Where the totals came from a user, the caller names them in a message to the user.
 */
public final class InfeasibleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int margin;
  private final int index;
  private final double wanted;
  private final double reached;

  InfeasibleException(String message, int margin, int index, double wanted, double reached) {
    super(message);
    this.margin = margin;
    this.index = index;
    this.wanted = wanted;
    this.reached = reached;
  }

  /** The margin that is missed, counted from 0; 0 where there is but one. */
  public int margin() {
    return margin;
  }

  /** Which of the margin's totals is missed, counted from 0; −1 where it is their sum. */
  public int index() {
    return index;
  }

  /** The total asked for. */
  public double wanted() {
    return wanted;
  }

  /** The total that was reached, or the nearest that can be. */
  public double reached() {
    return reached;
  }
}
