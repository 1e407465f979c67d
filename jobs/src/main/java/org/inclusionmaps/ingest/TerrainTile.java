package org.inclusionmaps.ingest;

import java.nio.ByteBuffer;
import org.inclusionmaps.grid.TerrainGrid;

/** A tile that is being filled with heights. */
final class TerrainTile {
  private final int row;
  private final int column;
  private final ByteBuffer heights = ByteBuffer.allocate(TerrainGrid.TILE_NODES * Short.BYTES);
  private int known;
  private int holes;

  TerrainTile(int row, int column) {
    this.row = row;
    this.column = column;
    for (int i = 0; i < TerrainGrid.TILE_NODES; i++) {
      heights.putShort(i * Short.BYTES, TerrainGrid.UNKNOWN);
    }
  }

  int row() {
    return row;
  }

  int column() {
    return column;
  }

  /**
   * Sets the height of a node of the grid, once; NaN where the files that have it do not know it.
   */
  void set(int nodeRow, int nodeColumn, double heightM) {
    if (Double.isNaN(heightM)) {
      holes++;
      return;
    }
    known++;
    int at = TerrainGrid.position(nodeRow, nodeColumn) * Short.BYTES;
    heights.putShort(at, (short) Math.rint(2 * heightM));
  }

  /** Nodes whose height is known. */
  int known() {
    return known;
  }

  /** Nodes inside the files whose height is not known. */
  int holes() {
    return holes;
  }

  /** The heights as the table has them. */
  byte[] bytes() {
    return heights.array();
  }
}
