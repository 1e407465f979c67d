package org.inclusionmaps.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.grid.AxisWeights;
import org.inclusionmaps.grid.TerrainGrid;
import org.jspecify.annotations.Nullable;

/**
 * Goes down a group of tiles, row by row of nodes, and makes their heights from the files. A node
 * is interpolated between the pixels around it; where a file is finer, it is the mean of the pixels
 * known in its cell.
 */
final class TerrainSweep implements AutoCloseable {
  /** From this many pixels along a node's side on, they are averaged. */
  private static final double AVERAGED = 1.5;

  /** A node this far outside a raster, in pixels, counts as on its edge. */
  private static final double EDGE = 1e-3;

  private final TerrainGrid grid;
  private final int firstColumn;
  private final int lastColumn;
  private final int lastRow;
  private final List<PlacedRaster> rasters = new ArrayList<>();

  /** For each raster and column of nodes its weights; null where the raster does not reach. */
  private final List<@Nullable AxisWeights[]> weights = new ArrayList<>();

  private int row;

  TerrainSweep(
      TerrainPlan plan, TerrainPlan.Group group, List<TerrainFile> files, Configuration hadoop) {
    this.grid = plan.grid();
    this.row = group.row() * plan.groupRows();
    this.lastRow = Math.min(grid.rows(), row + plan.groupRows()) - 1;
    this.firstColumn = group.column() * plan.groupColumns();
    this.lastColumn = Math.min(grid.columns(), firstColumn + plan.groupColumns()) - 1;
    for (int number : group.files()) {
      for (int turn : PlacedRaster.TURNS) {
        place(files.get(number), turn, hadoop);
      }
    }
    PlacedRaster.join(rasters);
  }

  private void place(TerrainFile file, int turn, Configuration hadoop) {
    double cell = 1.0 / grid.samplesPerDegree();
    double west = grid.longitude(firstColumn) - cell / 2;
    double east = grid.longitude(lastColumn) + cell / 2;
    double margin = 2 * file.dx();
    double left = file.west() + turn;
    if (left - margin > east || left + (file.width() - 1) * file.dx() + margin < west) {
      return;
    }
    PlacedRaster raster = new PlacedRaster(file, turn, west, east, hadoop);
    @Nullable AxisWeights[] columns = new @Nullable AxisWeights[lastColumn - firstColumn + 1];
    for (int i = 0; i < columns.length; i++) {
      double at = raster.column(grid.longitude(firstColumn + i));
      columns[i] = within(at, file.width()) ? weights(at, file.columnsPerNode(grid)) : null;
    }
    rasters.add(raster);
    weights.add(columns);
  }

  private static boolean within(double at, int pixels) {
    return at >= -0.5 - EDGE && at <= pixels - 0.5 + EDGE;
  }

  private static AxisWeights weights(double at, double pixelsPerNode) {
    return pixelsPerNode >= AVERAGED ? AxisWeights.mean(at, pixelsPerNode) : AxisWeights.linear(at);
  }

  boolean hasNext() {
    return row <= lastRow;
  }

  /** The next row of tiles to the south. */
  List<TerrainTile> next() throws IOException {
    List<TerrainTile> tiles = new ArrayList<>();
    int tileRow = TerrainGrid.tile(row);
    for (int i = TerrainGrid.tile(firstColumn); i <= TerrainGrid.tile(lastColumn); i++) {
      tiles.add(new TerrainTile(tileRow, i));
    }
    int end = Math.min(lastRow, (tileRow + 1) * TerrainGrid.TILE - 1);
    for (; row <= end; row++) {
      nodes(tiles);
    }
    return tiles;
  }

  private void nodes(List<TerrainTile> tiles) throws IOException {
    double latitude = grid.latitude(row);
    @Nullable AxisWeights[] downs = new @Nullable AxisWeights[rasters.size()];
    for (int i = 0; i < downs.length; i++) {
      PlacedRaster raster = rasters.get(i);
      double at = raster.row(latitude);
      double perNode = raster.file().rowsPerNode(grid);
      downs[i] = within(at, raster.file().height()) ? weights(at, perNode) : null;
      raster.forgetBefore(at - perNode / 2 - 2);
    }
    int firstTile = TerrainGrid.tile(firstColumn);
    for (int column = firstColumn; column <= lastColumn; column++) {
      node(tiles.get(TerrainGrid.tile(column) - firstTile), column, downs);
    }
  }

  /** The first raster that knows the node gives its height. */
  private void node(TerrainTile tile, int column, @Nullable AxisWeights[] downs)
      throws IOException {
    boolean covered = false;
    for (int i = 0; i < downs.length; i++) {
      AxisWeights down = downs[i];
      AxisWeights across = weights.get(i)[column - firstColumn];
      if (down == null || across == null) {
        continue;
      }
      covered = true;
      PlacedRaster raster = rasters.get(i);
      double heightM =
          averages(raster.file()) ? mean(raster, across, down) : linear(raster, across, down);
      if (!Double.isNaN(heightM)) {
        tile.set(row, column, heightM);
        return;
      }
    }
    if (covered) {
      tile.set(row, column, Double.NaN);
    }
  }

  private boolean averages(TerrainFile file) {
    return file.columnsPerNode(grid) >= AVERAGED || file.rowsPerNode(grid) >= AVERAGED;
  }

  /** NaN where one of the pixels is not known. At the edge of all files the edge's height holds. */
  private static double linear(PlacedRaster raster, AxisWeights across, AxisWeights down)
      throws IOException {
    double sum = 0;
    for (int j = 0; j < down.size(); j++) {
      for (int i = 0; i < across.size(); i++) {
        float heightM = raster.pixelOrEdge(across.first() + i, down.first() + j);
        sum += across.weight(i) * down.weight(j) * heightM;
      }
    }
    return sum;
  }

  /** NaN where none of the pixels is known. */
  private static double mean(PlacedRaster raster, AxisWeights across, AxisWeights down)
      throws IOException {
    double sum = 0;
    double known = 0;
    for (int j = 0; j < down.size(); j++) {
      for (int i = 0; i < across.size(); i++) {
        float heightM = raster.pixel(across.first() + i, down.first() + j);
        if (!Float.isNaN(heightM) && heightM != PlacedRaster.NOWHERE) {
          double weight = across.weight(i) * down.weight(j);
          sum += weight * heightM;
          known += weight;
        }
      }
    }
    return known > 0 ? sum / known : Double.NaN;
  }

  @Override
  public void close() {
    rasters.forEach(PlacedRaster::close);
  }
}
