package org.inclusionmaps.format.geotiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which tiles of a Cloud-Optimised GeoTIFF have data, and how many bytes. It holds 12 bytes for
 * each of these tiles and nothing for the others.
 */
public final class CogIndex {
  /** The tiles of one level, in order. */
  private static final class Level {
    private long[] tiles = new long[16];
    private int[] sizes = new int[16];
    private int count;
  }

  private final List<Level> levels = new ArrayList<>();

  /**
   * Adds a tile. Levels come from the smallest overview to 0, the tiles of each by rows.
   *
   * @param size its packed bytes, above 0
   */
  public void add(int level, long tile, int size) {
    while (levels.size() <= level) {
      levels.add(new Level());
    }
    Level at = levels.get(level);
    if (size < 1 || (at.count > 0 && at.tiles[at.count - 1] >= tile)) {
      throw new IllegalArgumentException(
          "tile %d of level %d with %d bytes is out of order".formatted(tile, level, size));
    }
    if (at.count == at.tiles.length) {
      at.tiles = Arrays.copyOf(at.tiles, 2 * at.count);
      at.sizes = Arrays.copyOf(at.sizes, 2 * at.count);
    }
    at.tiles[at.count] = tile;
    at.sizes[at.count++] = size;
  }

  /** How many tiles of a level have data. */
  int count(int level) {
    return level < levels.size() ? levels.get(level).count : 0;
  }

  long tile(int level, int i) {
    return levels.get(level).tiles[i];
  }

  int size(int level, int i) {
    return levels.get(level).sizes[i];
  }
}
