package org.inclusionmaps.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.format.geotiff.GeoTiff;
import org.jspecify.annotations.Nullable;

/**
 * A file's pixels between two columns, read from north to south: it holds the rows of blocks that
 * were asked for, until they are let go.
 */
final class PlacedRaster implements AutoCloseable {
  /** Degrees by which a file's longitudes can differ from the grid's. */
  static final int[] TURNS = {-360, 0, 360};

  /** Stands for a pixel that no file has. */
  static final float NOWHERE = Float.POSITIVE_INFINITY;

  private static final float LOWEST_M = -12_000;
  private static final float HIGHEST_M = 9_000;

  /** Two rasters this near to each other's pixels, in pixels, have the same. */
  private static final double SAME = 0.01;

  /** A raster with the same lattice of pixels: its column and row of this one's first pixel. */
  private record Beside(PlacedRaster raster, int column, int row) {}

  private final TerrainFile file;
  private final double west;
  private final int firstColumn;
  private final int columns;
  private final Configuration hadoop;
  private final List<Beside> beside = new ArrayList<>();
  private final TreeMap<Integer, float[]> bands = new TreeMap<>();
  private int band = -1;
  private float[] pixels = new float[0];
  private @Nullable HadoopBytes bytes;
  private @Nullable GeoTiff tiff;

  /**
   * A file's pixels.
   *
   * @param turn degrees that are added to its longitudes, one of {@link #TURNS}
   * @param west longitude from which pixels will be asked for
   * @param east longitude up to which
   */
  PlacedRaster(TerrainFile file, int turn, double west, double east, Configuration hadoop) {
    this.file = file;
    this.west = file.west() + turn;
    this.hadoop = hadoop;
    this.firstColumn = inside((west - this.west) / file.dx() - 2);
    this.columns = inside((east - this.west) / file.dx() + 3) - firstColumn + 1;
  }

  private int inside(double column) {
    return (int) Math.max(0, Math.min(file.width() - 1, Math.floor(column)));
  }

  /** Makes rasters know which of them have the same lattice, in order. */
  static void join(List<PlacedRaster> rasters) {
    for (PlacedRaster one : rasters) {
      for (PlacedRaster other : rasters) {
        if (one != other) {
          one.join(other);
        }
      }
    }
  }

  private void join(PlacedRaster other) {
    double column = (west - other.west) / file.dx();
    double row = (other.file.north() - file.north()) / file.dy();
    boolean sameSteps =
        Math.abs(file.dx() - other.file.dx()) * file.width() < SAME * file.dx()
            && Math.abs(file.dy() - other.file.dy()) * file.height() < SAME * file.dy();
    if (sameSteps
        && Math.abs(column - Math.rint(column)) < SAME
        && Math.abs(row - Math.rint(row)) < SAME) {
      beside.add(new Beside(other, (int) Math.rint(column), (int) Math.rint(row)));
    }
  }

  TerrainFile file() {
    return file;
  }

  /** The column of pixels at which a longitude lies, whole at their centres. */
  double column(double longitude) {
    return (longitude - west) / file.dx();
  }

  /** The row of pixels at which a latitude lies, whole at their centres. */
  double row(double latitude) {
    return (file.north() - latitude) / file.dy();
  }

  private boolean has(int column, int row) {
    return column >= 0 && column < file.width() && row >= 0 && row < file.height();
  }

  /**
   * The height of a pixel of the lattice: the file's own, or of the first file beside it that knows
   * it; NaN where none knows it, {@link #NOWHERE} where none has it.
   */
  float pixel(int column, int row) throws IOException {
    if (has(column, row)) {
      return own(column, row);
    }
    float found = NOWHERE;
    for (Beside other : beside) {
      int there = column + other.column();
      int below = row + other.row();
      if (other.raster().has(there, below)) {
        found = other.raster().own(there, below);
        if (!Float.isNaN(found)) {
          return found;
        }
      }
    }
    return found;
  }

  /** The height of a pixel of the lattice; outside all files that of the one at their edge. */
  float pixelOrEdge(int column, int row) throws IOException {
    float found = pixel(column, row);
    if (found != NOWHERE) {
      return found;
    }
    int edgeColumn = Math.max(0, Math.min(file.width() - 1, column));
    int edgeRow = Math.max(0, Math.min(file.height() - 1, row));
    float sameColumn = pixel(column, edgeRow);
    if (sameColumn != NOWHERE) {
      return sameColumn;
    }
    float sameRow = pixel(edgeColumn, row);
    return sameRow != NOWHERE ? sameRow : own(edgeColumn, edgeRow);
  }

  private float own(int column, int row) throws IOException {
    int wanted = row / file.blockHeight();
    if (wanted != band) {
      float[] held = bands.get(wanted);
      if (held == null) {
        held = read(wanted);
        bands.put(wanted, held);
      }
      pixels = held;
      band = wanted;
    }
    return pixels[(row - band * file.blockHeight()) * columns + column - firstColumn];
  }

  /** Lets go of what lies north of a row of pixels. */
  void forgetBefore(double row) {
    int first = (int) Math.floor(row / file.blockHeight());
    if (band < first) {
      band = -1;
    }
    bands.headMap(first).clear();
  }

  /** Reads a row of blocks, each once. */
  private float[] read(int blockRow) throws IOException {
    try {
      return decoded(blockRow);
    } catch (IOException e) {
      throw new IOException(TerrainFeed.told(file.path(), String.valueOf(e.getMessage())), e);
    }
  }

  private float[] decoded(int blockRow) throws IOException {
    GeoTiff opened = opened();
    int top = blockRow * file.blockHeight();
    int rows = Math.min(file.blockHeight(), file.height() - top);
    float[] read = new float[rows * columns];
    int last = firstColumn + columns - 1;
    int width = file.blockWidth();
    for (int block = firstColumn / width; block <= last / width; block++) {
      float[] heights = opened.block(block, blockRow);
      int from = Math.max(firstColumn, block * width);
      int count = Math.min(last + 1, (block + 1) * width) - from;
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            heights,
            row * width + from - block * width,
            read,
            row * columns + from - firstColumn,
            count);
      }
    }
    check(read, top);
    return read;
  }

  private void check(float[] read, int top) throws IOException {
    for (int i = 0; i < read.length; i++) {
      if (read[i] < LOWEST_M || read[i] > HIGHEST_M) {
        throw new IOException(
            "the pixel in column %,d, row %,d is %s, but heights are -12000 to 9000 m: its unit is"
                    .formatted(firstColumn + i % columns, top + i / columns, read[i])
                + " another one, or its value for no data is not told (gdal_translate -a_nodata"
                + " VALUE IN OUT tells it)");
      }
    }
  }

  private GeoTiff opened() throws IOException {
    if (tiff == null) {
      bytes = new HadoopBytes(file.path(), hadoop);
      tiff = GeoTiff.open(bytes);
    }
    return tiff;
  }

  @Override
  public void close() {
    try {
      if (bytes != null) {
        bytes.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
