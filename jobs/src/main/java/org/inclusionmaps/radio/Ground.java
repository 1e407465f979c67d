package org.inclusionmaps.radio;

import java.util.Arrays;

/**
 * Heights of the ground in a window of a global grid, where node (r, c) lies at latitude 90 − r/n
 * and longitude −180 + c/n for n samples a degree.
 */
public final class Ground {
  /** Stands for a height that is not known. */
  public static final short UNKNOWN = Short.MIN_VALUE;

  private final int samplesPerDegree;
  private final int firstRow;
  private final int firstColumn;
  private final int rows;
  private final int columns;

  /** Heights in half-metres, row by row from the north-west. */
  private final short[] halfMetres;

  /**
   * A window without any height known.
   *
   * @param samplesPerDegree nodes a degree of latitude and of longitude, at least 1
   * @param firstRow its northernmost row
   * @param firstColumn its westernmost column; a window may pass the antimeridian
   * @param rows number of rows, at least 0
   * @param columns number of columns, at least 0
   */
  public Ground(int samplesPerDegree, int firstRow, int firstColumn, int rows, int columns) {
    this.samplesPerDegree = samplesPerDegree;
    this.firstRow = firstRow;
    this.firstColumn = firstColumn;
    this.rows = rows;
    this.columns = columns;
    halfMetres = new short[Math.multiplyExact(rows, columns)];
    Arrays.fill(halfMetres, UNKNOWN);
  }

  /**
   * Fills in the heights of a square of nodes, as far as it lies in the window.
   *
   * @param row northernmost row of the square
   * @param column westernmost column of the square, in the same turn as the window's
   * @param side nodes of a side
   * @param big its heights in half-metres, row by row, two bytes each, the higher first
   */
  public void put(int row, int column, int side, byte[] big) {
    int from = Math.max(0, firstColumn - column);
    int to = Math.min(side, firstColumn + columns - column);
    for (int r = Math.max(0, firstRow - row); r < side && row + r < firstRow + rows; r++) {
      int target = (row + r - firstRow) * columns + column - firstColumn;
      for (int c = from; c < to; c++) {
        int at = 2 * (r * side + c);
        halfMetres[target + c] = (short) ((big[at] << 8) | (big[at + 1] & 0xFF));
      }
    }
  }

  /**
   * The same ground with nodes so many times closer: bilinear between four known nodes, the same at
   * a node, unknown elsewhere.
   *
   * @param times at least 1
   */
  public Ground refined(int times) {
    if (times == 1 || rows < 2 || columns < 2) {
      return this;
    }
    Ground fine =
        new Ground(
            samplesPerDegree * times,
            firstRow * times,
            firstColumn * times,
            (rows - 1) * times + 1,
            (columns - 1) * times + 1);
    int at = 0;
    for (int r = 0; r < fine.rows; r++) {
      for (int c = 0; c < fine.columns; c++) {
        fine.halfMetres[at++] = between(r, c, times);
      }
    }
    return fine;
  }

  private short between(int fineRow, int fineColumn, int times) {
    int south = fineRow % times;
    int east = fineColumn % times;
    int at = fineRow / times * columns + fineColumn / times;
    int down = south == 0 ? 0 : columns;
    int right = east == 0 ? 0 : 1;
    int northWest = halfMetres[at];
    int northEast = halfMetres[at + right];
    int southWest = halfMetres[at + down];
    int southEast = halfMetres[at + down + right];
    if (Math.min(Math.min(northWest, northEast), Math.min(southWest, southEast)) == UNKNOWN) {
      return UNKNOWN;
    }
    int north = northWest * (times - east) + northEast * east;
    int below = southWest * (times - east) + southEast * east;
    return (short)
        Math.rint(
            ((long) north * (times - south) + (long) below * south) / ((double) times * times));
  }

  int samplesPerDegree() {
    return samplesPerDegree;
  }

  /** The row of a latitude in degrees, counted from the window's first, with its fraction. */
  double row(double lat) {
    return (90 - lat) * samplesPerDegree - firstRow;
  }

  /** The column of a longitude in degrees, from the window's first, in the turn of its middle. */
  double column(double lon) {
    double turn = 360.0 * samplesPerDegree;
    double column = (lon + 180) * samplesPerDegree - firstColumn;
    return column - turn * Math.rint((column - columns / 2.0) / turn);
  }

  /**
   * Height of a node in half-metres; {@link #UNKNOWN} outside the window.
   *
   * @param row its row from the window's first, in units of 2⁻³²; a fraction is cut off
   * @param column its column likewise
   */
  short halfMetres(long row, long column) {
    int r = (int) (row >> 32);
    int c = (int) (column >> 32);
    if ((r | c | rows - 1 - r | columns - 1 - c) < 0) {
      return UNKNOWN;
    }
    return halfMetres[r * columns + c];
  }
}
