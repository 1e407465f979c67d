package org.inclusionmaps.privacy;

/** A change of whole numbers in some cells after which all relations still hold. */
final class Move {
  private final int[] cells;
  private final int[] signs;
  private final long units;
  private final long cost;

  /**
   * A change.
   *
   * @param cells each once
   * @param signs 1 or −1 for each cell
   * @param units how far it may go with no cell below 0, and no further than was asked
   * @param cost of hiding those of its cells that are shown
   */
  Move(int[] cells, int[] signs, long units, long cost) {
    this.cells = cells;
    this.signs = signs;
    this.units = units;
    this.cost = cost;
  }

  int size() {
    return cells.length;
  }

  int cell(int at) {
    return cells[at];
  }

  int sign(int at) {
    return signs[at];
  }

  /** By how much it changes a cell. */
  long change(int cell) {
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] == cell) {
        return signs[i] * units;
      }
    }
    return 0;
  }

  long units() {
    return units;
  }

  /** Less for the same persons is better; then the one that goes further. */
  boolean isBetterThan(Move other) {
    double mine = cost / (double) units;
    double theirs = other.cost / (double) other.units;
    return mine < theirs || (mine == theirs && units > other.units);
  }

  /** Whether nothing can be better: it costs nothing and goes as far as is asked. */
  boolean isPerfect(long asked) {
    return cost == 0 && units == asked;
  }

  /** Adds it to a table, or takes it off with −1. */
  void addTo(long[] table, int times) {
    long change = times * units;
    for (int i = 0; i < cells.length; i++) {
      table[cells[i]] = Math.addExact(table[cells[i]], signs[i] * change);
    }
  }
}
