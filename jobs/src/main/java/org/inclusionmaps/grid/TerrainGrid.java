package org.inclusionmaps.grid;

import java.io.Serializable;

/**
 * The global grid of ground heights: nodes at whole steps of latitude and longitude from the north
 * pole and the 180th meridian, in tiles of 128 x 128 nodes.
 *
 * <p>Node (row, column) is at latitude 90 - row / n and longitude -180 + column / n. There are 180
 * n + 1 rows and 360 n columns; the last tile of a row or column of tiles may reach beyond them.
 *
 * @param samplesPerDegree n, nodes in a degree of latitude and of longitude, 1 to 1200
 */
public record TerrainGrid(int samplesPerDegree) implements Serializable {
  /** Nodes along the side of a tile. */
  public static final int TILE = 128;

  /** Nodes of a tile. */
  public static final int TILE_NODES = TILE * TILE;

  /** Stands for a height that is not known. */
  public static final short UNKNOWN = Short.MIN_VALUE;

  /** The most nodes in a degree: 3 seconds of arc, 93 m. */
  public static final int MOST_PER_DEGREE = 1200;

  public TerrainGrid {
    if (samplesPerDegree < 1 || samplesPerDegree > MOST_PER_DEGREE) {
      throw new IllegalArgumentException("samples per degree: " + samplesPerDegree);
    }
  }

  /** Rows of nodes from pole to pole, both included. */
  public int rows() {
    return 180 * samplesPerDegree + 1;
  }

  /** Columns of nodes around the earth. */
  public int columns() {
    return 360 * samplesPerDegree;
  }

  /** The tile row or tile column of a node's row or column. */
  public static int tile(int node) {
    return Math.floorDiv(node, TILE);
  }

  /** Where in its tile a node's height stands, 0 to 16383: row by row from the north-west. */
  public static int position(int row, int column) {
    return Math.floorMod(row, TILE) * TILE + Math.floorMod(column, TILE);
  }

  /** The column of this grid that is the same meridian as a column counted beyond either end. */
  public int wrap(int column) {
    return Math.floorMod(column, columns());
  }

  /** Latitude of a row of nodes, degrees. */
  public double latitude(int row) {
    return 90 - (double) row / samplesPerDegree;
  }

  /** Longitude of a column of nodes, degrees, -180 up to but not 180 for a column of the grid. */
  public double longitude(int column) {
    return -180 + (double) column / samplesPerDegree;
  }

  /** The row at which a latitude lies, whole at nodes; 0 at the north pole. */
  public double row(double latitude) {
    return (90 - latitude) * samplesPerDegree;
  }

  /** The column at which a longitude lies, whole at nodes, 0 up to but not {@link #columns()}. */
  public double column(double longitude) {
    double column = (longitude + 180) * samplesPerDegree;
    double wrapped = column - Math.floor(column / columns()) * columns();
    return wrapped >= columns()
        ? 0
        : wrapped; // a hair west of the 180th meridian rounds to its end
  }
}
