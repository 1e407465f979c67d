package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.TerrainGrid;
import org.inclusionmaps.radio.Ground;

/**
 * Ground given node by node: as rows of the table terrain, and as one window that knows no tiles.
 */
record NodeGround(List<Row> tiles, Ground whole) {
  /**
   * The tile of a point and so many more on each side. The last tile of a row of tiles may reach
   * beyond the grid; its nodes there are unknown, as the ingest leaves them.
   *
   * @param halfMetres height by row and column of the grid
   */
  static NodeGround around(
      double lon, double lat, int samplesPerDegree, int more, IntBinaryOperator halfMetres) {
    TerrainGrid grid = new TerrainGrid(samplesPerDegree);
    int tilesRound = TerrainGrid.tile(grid.columns() - 1) + 1;
    int north = TerrainGrid.tile((int) grid.row(lat)) - more;
    int west = Math.floorMod(TerrainGrid.tile((int) grid.column(lon)) - more, tilesRound);
    List<Row> tiles = new ArrayList<>();
    int width = 0;
    for (int c = 0; c <= 2 * more; c++) {
      int column = (west + c) % tilesRound * TerrainGrid.TILE;
      width += Math.min(TerrainGrid.TILE, grid.columns() - column);
      for (int r = 0; r <= 2 * more; r++) {
        int row = (north + r) * TerrainGrid.TILE;
        byte[] heights = square(grid, row, column, TerrainGrid.TILE, grid.columns(), halfMetres);
        tiles.add(
            new GenericRowWithSchema(
                new Object[] {
                  TerrainGrid.tile(row), TerrainGrid.tile(column), samplesPerDegree, heights, 0
                },
                Tables.TERRAIN.schema()));
      }
    }
    int row = north * TerrainGrid.TILE;
    int column = west * TerrainGrid.TILE;
    int height = (2 * more + 1) * TerrainGrid.TILE;
    Ground whole = new Ground(samplesPerDegree, row, column, height, width);
    whole.put(row, column, height, square(grid, row, column, height, column + width, halfMetres));
    return new NodeGround(tiles, whole);
  }

  private static byte[] square(
      TerrainGrid grid, int row, int column, int side, int end, IntBinaryOperator halfMetres) {
    byte[] big = new byte[2 * side * side];
    for (int r = 0; r < side; r++) {
      for (int c = 0; c < side; c++) {
        int height =
            column + c < end
                ? halfMetres.applyAsInt(row + r, grid.wrap(column + c))
                : TerrainGrid.UNKNOWN;
        big[2 * (r * side + c)] = (byte) (height >> 8);
        big[2 * (r * side + c) + 1] = (byte) height;
      }
    }
    return big;
  }
}
