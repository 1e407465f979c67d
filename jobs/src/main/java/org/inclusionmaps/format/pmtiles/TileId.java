package org.inclusionmaps.format.pmtiles;

/**
 * Identifiers of tiles: zoom by zoom along a Hilbert curve. Source: PMTiles specification 3,
 * section 4.1.
 */
public final class TileId {
  /** The deepest zoom whose identifiers fit. */
  public static final int MAX_ZOOM = 26;

  private TileId() {}

  /**
   * The identifier of a tile: 0 for the whole world, 1 to 4 for zoom 1, and so on.
   *
   * @param zoom 0 to 26
   * @param x column, 0 to 2^zoom − 1, from the west
   * @param y row, 0 to 2^zoom − 1, from the north
   */
  public static long of(int zoom, int x, int y) {
    if (zoom < 0 || zoom > MAX_ZOOM || (x | y) < 0 || x >>> zoom != 0 || y >>> zoom != 0) {
      throw new IllegalArgumentException("no tile " + zoom + "/" + x + "/" + y);
    }
    long position = 0;
    int column = x;
    int row = y;
    for (int bit = zoom - 1; bit >= 0; bit--) {
      int side = 1 << bit;
      int rx = (column >>> bit) & 1;
      int ry = (row >>> bit) & 1;
      position += (long) side * side * ((3 * rx) ^ ry);
      column &= side - 1;
      row &= side - 1;
      if (ry == 0) {
        int kept = rx == 1 ? side - 1 - row : row;
        row = rx == 1 ? side - 1 - column : column;
        column = kept;
      }
    }
    return first(zoom) + position;
  }

  /** The zoom of an identifier of 0 or more. */
  public static int zoom(long id) {
    if (id < 0 || id >= first(MAX_ZOOM + 1)) {
      throw new IllegalArgumentException("tile id " + id);
    }
    // 3 id + 1 lies in [4^zoom, 4^(zoom+1)).
    return (63 - Long.numberOfLeadingZeros(3 * id + 1)) / 2;
  }

  /** The column of a tile, from the west. */
  public static int x(long id) {
    return place(id)[0];
  }

  /** The row of a tile, from the north. */
  public static int y(long id) {
    return place(id)[1];
  }

  /** Column and row: what {@link #of} does, backwards, from the least bit to the greatest. */
  private static int[] place(long id) {
    int zoom = zoom(id);
    long position = id - first(zoom);
    int column = 0;
    int row = 0;
    for (int bit = 0; bit < zoom; bit++) {
      int side = 1 << bit;
      int quarter = (int) ((position >>> (2 * bit)) & 3);
      int rx = quarter >> 1;
      int ry = (quarter & 1) ^ rx;
      if (ry == 0) {
        int kept = rx == 1 ? side - 1 - row : row;
        row = rx == 1 ? side - 1 - column : column;
        column = kept;
      }
      column += side * rx;
      row += side * ry;
    }
    return new int[] {column, row};
  }

  /** The identifier of the first tile of a zoom: how many tiles the zooms above have. */
  public static long first(int zoom) {
    return ((1L << (2 * zoom)) - 1) / 3;
  }
}
