package org.inclusionmaps.radio;

import java.util.Arrays;

/**
 * Heights of the ground in a window of a global grid, where node (r, c) lies at latitude 90 − r/n
 * and longitude −180 + c/n for n samples a degree. Between nodes heights are bilinear.
 */
public final class Ground {
  /** Stands for a height that is not known. */
  public static final short UNKNOWN = Short.MIN_VALUE;

  /** Bits of the fraction in a position, and those of them that heights are interpolated by. */
  private static final int FIXED = 32;

  private static final int BITS = 12;
  private static final double PART = 1.0 / (1 << BITS);

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
   * Fills in the known heights of a square of nodes, as far as it lies in the window.
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
        short height = (short) ((big[at] << 8) | (big[at + 1] & 0xFF));
        if (height != UNKNOWN) {
          halfMetres[target + c] = height;
        }
      }
    }
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
   * Heights at equal steps along a curve, m: bilinear between four nodes, NaN where one of them is
   * unknown or outside the window. Step i is at row {@code row + i (rows + i rowBend)}, and so for
   * the column.
   *
   * @param into takes the heights from step 0 on
   * @param steps how many
   */
  void heights(
      double row,
      double rows,
      double rowBend,
      double column,
      double columns,
      double columnBend,
      double[] into,
      int steps) {
    short[] heights = halfMetres;
    int width = this.columns;
    int lastRow = this.rows - 2;
    int lastColumn = width - 2;
    long r = fixed(row);
    long c = fixed(column);
    long rStep = fixed(rows + rowBend);
    long cStep = fixed(columns + columnBend);
    long rMore = fixed(2 * rowBend);
    long cMore = fixed(2 * columnBend);
    for (int i = 0; i < steps; i++) {
      int y = (int) (r >> FIXED);
      int x = (int) (c >> FIXED);
      double height = Double.NaN;
      if ((y | x | (lastRow - y) | (lastColumn - x)) >= 0) {
        int at = y * width + x;
        int northWest = heights[at];
        int northEast = heights[at + 1];
        int southWest = heights[at + width];
        int southEast = heights[at + width + 1];
        if (northWest != UNKNOWN
            && northEast != UNKNOWN
            && southWest != UNKNOWN
            && southEast != UNKNOWN) {
          int south = (int) r >>> (FIXED - BITS);
          int east = (int) c >>> (FIXED - BITS);
          int north = (northWest << BITS) + east * (northEast - northWest);
          int below = (southWest << BITS) + east * (southEast - southWest);
          height = (north + south * PART * (below - north)) * (0.5 * PART);
        }
      }
      into[i] = height;
      r += rStep;
      c += cStep;
      rStep += rMore;
      cStep += cMore;
    }
  }

  /** A number of nodes in units of 2⁻³². */
  private static long fixed(double nodes) {
    return Math.round(nodes * (1L << FIXED));
  }
}
