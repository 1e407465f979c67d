package org.inclusionmaps.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.inclusionmaps.config.TerrainSettings;
import org.inclusionmaps.grid.TerrainGrid;
import org.jspecify.annotations.Nullable;

/**
 * Which tiles are made together, from which files. A task goes down a group of tiles row by row and
 * holds the pixels of its width and two rows of blocks: groups are as wide as that fits, and so
 * high that few blocks lie in two of them.
 *
 * @param grid the nodes
 * @param tileRows rows of tiles in a group
 * @param tileColumns columns of tiles in a group
 */
record TerrainPlan(TerrainGrid grid, int tileRows, int tileColumns) implements Serializable {
  /** The most pixels that a task holds of the files of a group: 32 MB. */
  private static final double PIXELS_HELD = 1 << 23;

  /** The most that it may be where even one column of tiles takes more: 128 MB. */
  private static final double MOST_PIXELS_HELD = 1 << 25;

  private static final int MOST_TILE_ROWS = 16;
  private static final int MOST_TILE_COLUMNS = 256;

  /** A group: its place among groups, and the numbers of the files that it reads, in order. */
  record Group(int row, int column, List<Integer> files) implements Serializable {}

  static TerrainPlan of(List<TerrainFile> files, TerrainSettings settings) {
    Integer given = settings.samplesPerDegree();
    long own = files.stream().mapToLong(file -> Math.round(1 / file.dy())).max().orElse(1);
    int most = TerrainGrid.MOST_PER_DEGREE;
    TerrainGrid grid =
        new TerrainGrid(given != null ? given : (int) Math.min(most, Math.max(1, own)));
    double held = files.stream().mapToDouble(file -> held(file, grid)).max().orElse(1);
    double rows =
        files.stream()
            .mapToDouble(file -> 4 * file.blockHeight() / file.rowsPerNode(grid))
            .max()
            .orElse(1);
    return new TerrainPlan(
        grid,
        (int) Math.min(MOST_TILE_ROWS, Math.max(1, Math.ceil(rows / TerrainGrid.TILE))),
        (int) Math.min(MOST_TILE_COLUMNS, Math.max(1, PIXELS_HELD / held)));
  }

  /** Pixels that a task holds of a file in the width of a tile: two rows of blocks, at least. */
  private static double held(TerrainFile file, TerrainGrid grid) {
    double rows = Math.min(file.height(), 2.0 * file.blockHeight() + file.rowsPerNode(grid) + 4);
    double columns = TerrainGrid.TILE * file.columnsPerNode(grid) + 4;
    return rows * Math.min(columns, file.width());
  }

  /** What is wrong with reading a file on this grid; null where nothing is. */
  @Nullable String fault(TerrainFile file) {
    if (held(file, grid) > MOST_PIXELS_HELD) {
      return "it is too fine for %d heights a degree, with %.0f pixels in one; gdalwarp -tr %s %s"
              .formatted(
                  grid.samplesPerDegree(),
                  file.columnsPerNode(grid) * file.rowsPerNode(grid),
                  1.0 / grid.samplesPerDegree(),
                  1.0 / grid.samplesPerDegree())
          + " -r average IN OUT makes it coarser";
    }
    double south = file.north() - (file.height() - 0.5) * file.dy();
    double tolerance = file.dy() + 1e-6;
    if (file.north() > 90 + tolerance || south < -90 - tolerance) {
      return "it reaches from latitude %s to %s, beyond a pole; correct its place"
          .formatted(file.north(), south);
    }
    if (file.width() * file.dx() > 360 + file.dx() + 1e-6) {
      return "it is %s degrees wide, more than once around the earth; correct its place"
          .formatted(file.width() * file.dx());
    }
    return null;
  }

  int groupRows() {
    return tileRows * TerrainGrid.TILE;
  }

  int groupColumns() {
    return tileColumns * TerrainGrid.TILE;
  }

  /** The groups that hold a node of any file, in order. */
  List<Group> groups(List<TerrainFile> files) {
    Map<Long, TreeSet<Integer>> readers = new TreeMap<>();
    TreeSet<Long> wanted = new TreeSet<>();
    for (TerrainFile file : files) {
      for (long group : touched(file, 0)) {
        wanted.add(group);
      }
      // A node at a file's edge is interpolated with the pixels of the file beside it.
      for (long group : touched(file, 2)) {
        readers.computeIfAbsent(group, made -> new TreeSet<>()).add(file.number());
      }
    }
    List<Group> groups = new ArrayList<>();
    for (long group : wanted) {
      TreeSet<Integer> numbers = readers.getOrDefault(group, new TreeSet<>());
      groups.add(new Group((int) (group >> 32), (int) group, List.copyOf(numbers)));
    }
    return groups;
  }

  /** The groups that a file grown by some nodes and pixels has part in: row, then column. */
  private List<Long> touched(TerrainFile file, int margin) {
    double growLat = file.dy() / 2 + margin * Math.max(file.dy(), 1.0 / grid.samplesPerDegree());
    double growLon = file.dx() / 2 + margin * Math.max(file.dx(), 1.0 / grid.samplesPerDegree());
    double south = file.north() - (file.height() - 1) * file.dy();
    double east = file.west() + (file.width() - 1) * file.dx();
    int top = clipped(grid.row(file.north() + growLat), grid.rows()) / groupRows();
    int bottom = clipped(grid.row(south - growLat), grid.rows()) / groupRows();
    List<Long> touched = new ArrayList<>();
    for (int turn : PlacedRaster.TURNS) {
      double left = (file.west() - growLon + turn + 180) * grid.samplesPerDegree();
      double right = (east + growLon + turn + 180) * grid.samplesPerDegree();
      if (right < 0 || left > grid.columns() - 1) {
        continue;
      }
      int first = clipped(left, grid.columns()) / groupColumns();
      int last = clipped(right, grid.columns()) / groupColumns();
      for (int row = top; row <= bottom; row++) {
        for (int column = first; column <= last; column++) {
          touched.add(((long) row << 32) | column);
        }
      }
    }
    return touched;
  }

  private static int clipped(double node, int nodes) {
    return (int) Math.max(0, Math.min(nodes - 1, Math.floor(node)));
  }
}
