package org.inclusionmaps.format.geotiff;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inclusionmaps.format.ByteSink;

/**
 * Writes a Cloud-Optimised GeoTIFF from front to back: all directories, then the tiles of the
 * smallest overview, and so on to those of the whole image. Tiles are packed one by one, so that
 * they can be made in parallel; one without data takes no bytes. It is a BigTIFF where addresses of
 * 32 bits do not reach.
 *
 * <p>Source: GDAL, "COG -- Cloud Optimized GeoTIFF generator", section "File format details": the
 * directories are announced before them, each tile has its size in 4 bytes before it and its last 4
 * bytes once more behind it.
 */
public final class CogWriter {
  private static final long MOST_CLASSIC = 0xFFFF_FFFFL;
  private static final int LEADER = Integer.BYTES;
  private static final int TRAILER = Integer.BYTES;
  private static final int LEVEL = 6;
  private static final String STRUCTURE =
      """
      LAYOUT=IFDS_BEFORE_DATA
      BLOCK_ORDER=ROW_MAJOR
      BLOCK_LEADER=SIZE_AS_UINT4
      BLOCK_TRAILER=LAST_4_BYTES_REPEATED
      KNOWN_INCOMPATIBLE_EDITION=NO
      \s""";

  private final OutputStream out;
  private final CogIndex index;
  private int level;
  private int next;

  /**
   * Writes what stands before the tiles.
   *
   * @param out where to; it stays open
   * @param index the tiles that will be added
   */
  public CogWriter(OutputStream out, CogRaster raster, CogIndex index) throws IOException {
    this(out, raster, index, MOST_CLASSIC);
  }

  /** The same with a limit of bytes from which on it is a BigTIFF. */
  CogWriter(OutputStream out, CogRaster raster, CogIndex index, long mostClassic)
      throws IOException {
    this.out = out;
    this.index = index;
    this.level = raster.levels() - 1;
    boolean big = size(raster, /* big= */ false) > mostClassic;
    byte[] ghost = ghost();
    long first = (long) TiffDirectory.header(big, 0).length + ghost.length;
    out.write(TiffDirectory.header(big, first));
    out.write(ghost);
    writeDirectories(raster, big, first);
  }

  /** Packs a tile: {@link CogRaster#TILE} rows of as many numbers, NaN where there is no data. */
  public static byte[] tile(float[] numbers) {
    return Packing.deflated(Packing.planes(numbers, CogRaster.TILE), LEVEL);
  }

  /** The announcement of the structure, of an even number of bytes, as directories stand even. */
  private static byte[] ghost() {
    String size = "GDAL_STRUCTURAL_METADATA_SIZE=%06d bytes\n".formatted(STRUCTURE.length());
    byte[] ghost = (size + STRUCTURE).getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(ghost, ghost.length + ghost.length % 2);
  }

  /** Bytes of the file with addresses of 4 or of 8 bytes. */
  private long size(CogRaster raster, boolean big) {
    long size = (long) TiffDirectory.header(big, 0).length + ghost().length;
    for (TiffDirectory directory : directories(raster, big, new long[raster.levels()])) {
      size += directory.size();
    }
    for (int at = 0; at < raster.levels(); at++) {
      size += dataSize(at);
    }
    return size;
  }

  private long dataSize(int at) {
    long size = 0;
    for (int i = 0; i < index.count(at); i++) {
      size += LEADER + index.size(at, i) + TRAILER;
    }
    return size;
  }

  /** The directories of all levels, whose tiles start at some addresses. */
  private List<TiffDirectory> directories(CogRaster raster, boolean big, long[] starts) {
    List<TiffDirectory> directories = new ArrayList<>();
    for (int at = 0; at < raster.levels(); at++) {
      long[] offsets = new long[raster.tiles(at)];
      int[] sizes = new int[offsets.length];
      long position = starts[at];
      for (int i = 0; i < index.count(at); i++) {
        int tile = Math.toIntExact(index.tile(at, i));
        offsets[tile] = position + LEADER;
        sizes[tile] = index.size(at, i);
        position += LEADER + index.size(at, i) + TRAILER;
      }
      directories.add(raster.directory(big, at, offsets, sizes));
    }
    return directories;
  }

  private void writeDirectories(CogRaster raster, boolean big, long first) throws IOException {
    long data = first;
    for (TiffDirectory directory : directories(raster, big, new long[raster.levels()])) {
      data += directory.size();
    }
    long[] starts = new long[raster.levels()];
    for (int at = starts.length - 1; at >= 0; at--) {
      starts[at] = data;
      data += dataSize(at);
    }
    long position = first;
    List<TiffDirectory> directories = directories(raster, big, starts);
    for (int at = 0; at < directories.size(); at++) {
      TiffDirectory directory = directories.get(at);
      long end = position + directory.size();
      out.write(directory.bytes(position, at == directories.size() - 1 ? 0 : end));
      position = end;
    }
  }

  /** Adds the next tile of the index, the smallest overview's first, as {@link #tile} packed it. */
  public void add(byte[] tile) throws IOException {
    while (level >= 0 && next == index.count(level)) {
      level--;
      next = 0;
    }
    if (level < 0 || tile.length != index.size(level, next)) {
      throw new IllegalArgumentException(
          "a tile of %d bytes is not the next of level %d".formatted(tile.length, level));
    }
    next++;
    out.write(new ByteSink().littleEndian(tile.length, LEADER).toBytes());
    out.write(tile);
    out.write(tile, tile.length - TRAILER, TRAILER);
  }

  /** Ends the file; every tile of the index must have been added. */
  public void finish() throws IOException {
    while (level >= 0 && next == index.count(level)) {
      level--;
      next = 0;
    }
    if (level >= 0) {
      throw new IllegalArgumentException("tiles of level %d are missing".formatted(level));
    }
    out.flush();
  }
}
