package org.inclusionmaps.publish.tiles;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.inclusionmaps.format.ByteSink;
import org.inclusionmaps.format.mvt.Geometries;
import org.inclusionmaps.format.pmtiles.TileId;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.grid.WebMercator;
import org.inclusionmaps.publish.figures.Hexagon;

/**
 * Hexagons to features of every tile that they touch. None is dropped and none simplified. What is
 * shown coarsely alone is one hexagon at finer zooms too, in place of its parts.
 */
final class HexagonTiles implements Iterator<Row> {
  /** Units along a tile. */
  static final int EXTENT = 4096;

  /** Bytes of features that are held before they are handed on. */
  private static final int HELD = 16 << 20;

  /** The bits of an index but those of its resolution, which all places of one share. */
  private static final long BASE_AND_DIGITS = (1L << 52) - 1;

  private final Iterator<Hexagon> hexagons;
  private final Map<Integer, List<Integer>> plan;
  private final TileAttributes attributes;
  private final Map<Long, Open> open = new TreeMap<>();
  private final ArrayDeque<Row> done = new ArrayDeque<>();
  private final ByteSink geometry = new ByteSink();
  private final ByteSink numbers = new ByteSink();
  private final int coarse;
  private int held;
  private long chunk = -1;

  /**
   * The features of a tile so far, all of one chunk. Hexagons come in the order of these bits of
   * their indexes, a coarser one after those within it: so the bits of the first order what is
   * handed on, whichever chunks a partition has.
   */
  private record Open(long first, ByteSink features) {}

  /**
   * Rows of {@link TileFeatures} for all zooms that show the resolutions of hexagons.
   *
   * @param hexagons in order of places
   * @param coarse resolution of the chunks that partitions are made of
   * @param plan resolution to its zooms
   */
  HexagonTiles(
      Iterator<Hexagon> hexagons,
      int coarse,
      Map<Integer, List<Integer>> plan,
      TileAttributes attributes) {
    this.hexagons = hexagons;
    this.coarse = coarse;
    this.plan = plan;
    this.attributes = attributes;
  }

  @Override
  public boolean hasNext() {
    while (done.isEmpty() && hexagons.hasNext()) {
      add(hexagons.next());
    }
    if (done.isEmpty()) {
      flush();
    }
    return !done.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return done.remove();
  }

  private void add(Hexagon hexagon) {
    long place = hexagon.place();
    long own = Places.parent(place, coarse);
    if (own != chunk) {
      flush();
      chunk = own;
    }
    TileFeatures.numbers(attributes.values(hexagon.totals()), numbers);
    double[] ring = Places.ring(place);
    for (int i = 0; i < ring.length; i += 2) {
      ring[i] = WebMercator.x(ring[i]);
      ring[i + 1] = WebMercator.y(ring[i + 1]);
    }
    LonLat centre = Places.centre(place);
    for (int zoom : plan.getOrDefault(hexagon.resolution(), List.of())) {
      add(place, ring, centre, zoom);
    }
    if (held > HELD) {
      flush();
    }
  }

  /**
   * The identifier of a hexagon's features: a one, then base cell and digits of its index. Its
   * length in bits tells the resolution. It is less than 2^53 at all resolutions.
   */
  static long id(long place) {
    int digits = 3 * Places.resolution(place);
    return (1L << (7 + digits)) | (place & BASE_AND_DIGITS) >>> (45 - digits);
  }

  /** The place that an identifier stands for. */
  static long place(long id) {
    int digits = Long.SIZE - Long.numberOfLeadingZeros(id) - 8;
    long baseAndDigits = id - (1L << (7 + digits));
    int unused = 45 - digits;
    return (1L << 59)
        | (((long) digits / 3) << 52)
        | (baseAndDigits << unused)
        | ((1L << unused) - 1);
  }

  private void add(long place, double[] ring, LonLat centre, int zoom) {
    // Corners are rounded once, on the whole map, so that neighbours share them in every tile.
    int corners = ring.length / 2 - 1;
    long[] xy = new long[2 * corners];
    double scale = (double) WebMercator.tiles(zoom) * EXTENT;
    long west = Long.MAX_VALUE;
    long east = Long.MIN_VALUE;
    long north = Long.MAX_VALUE;
    long south = Long.MIN_VALUE;
    for (int i = 0; i < xy.length; i += 2) {
      xy[i] = Math.round(ring[i] * scale);
      xy[i + 1] = Math.round(ring[i + 1] * scale);
      west = Math.min(west, xy[i]);
      east = Math.max(east, xy[i]);
      north = Math.min(north, xy[i + 1]);
      south = Math.max(south, xy[i + 1]);
    }
    int tiles = WebMercator.tiles(zoom);
    int homeX = WebMercator.tileX(centre.lon(), zoom);
    int homeY = WebMercator.tileY(centre.lat(), zoom);
    boolean counted = false; // across 180° a tile can hold a hexagon at both its edges
    int[] points = new int[xy.length];
    long firstX = Math.floorDiv(west, EXTENT);
    long lastX = Math.floorDiv(east - 1, EXTENT);
    long firstY = Math.max(0, Math.floorDiv(north, EXTENT));
    long lastY = Math.min(tiles - 1, Math.floorDiv(south - 1, EXTENT));
    for (long x = firstX; x <= lastX; x++) {
      for (long y = firstY; y <= lastY; y++) {
        for (int i = 0; i < xy.length; i += 2) {
          points[i] = (int) (xy[i] - x * EXTENT);
          points[i + 1] = (int) (xy[i + 1] - y * EXTENT);
        }
        geometry.clear();
        Geometries.convex(points, corners, geometry);
        int column = Math.floorMod(x, tiles);
        boolean home = !counted && column == homeX && y == homeY;
        counted |= home;
        if (geometry.size() > 0) {
          ByteSink features =
              open.computeIfAbsent(
                      TileId.of(zoom, column, (int) y),
                      tile -> new Open(place & BASE_AND_DIGITS, new ByteSink()))
                  .features();
          int before = features.size();
          TileFeatures.pack(features, id(place), home, geometry, List.of(), numbers);
          held += features.size() - before;
        }
      }
    }
  }

  private void flush() {
    open.forEach(
        (tile, features) ->
            done.add(
                TileFeatures.row(tile, TileSchema.PLACES, features.first(), features.features())));
    open.clear();
    held = 0;
  }
}
