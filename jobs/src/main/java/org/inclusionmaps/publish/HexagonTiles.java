package org.inclusionmaps.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.inclusionmaps.format.mvt.Polygons;
import org.inclusionmaps.format.pmtiles.TileId;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.grid.WebMercator;

/**
 * Hexagons to features of every tile that they touch. None is dropped and none simplified. What is
 * shown coarsely alone is one hexagon at finer zooms too, in place of its parts.
 */
final class HexagonTiles {
  /** Units along a tile. */
  static final int EXTENT = 4096;

  /** The bits of an index that tell places of one resolution apart: base cell and digits. */
  private static final long WITHIN_RESOLUTION = (1L << 52) - 1;

  private HexagonTiles() {}

  /**
   * Features of all zooms that show a place's resolution.
   *
   * @param plan resolution to its zooms
   */
  static Stream<Row> of(Tenths.Place place, Map<Integer, List<Integer>> plan) {
    byte[] figures = Totals.bytes(place.figures());
    return plan.getOrDefault(place.resolution(), List.of()).stream()
        .flatMap(zoom -> features(place.place(), figures, zoom).stream());
  }

  static long id(long place) {
    return place & WITHIN_RESOLUTION;
  }

  private static List<Row> features(long place, byte[] figures, int zoom) {
    // Corners are rounded once, on the whole map, so that neighbours share them in every tile.
    double[] ring = Places.ring(place);
    long[] xy = new long[ring.length];
    long west = Long.MAX_VALUE;
    long east = Long.MIN_VALUE;
    long north = Long.MAX_VALUE;
    long south = Long.MIN_VALUE;
    for (int i = 0; i < ring.length; i += 2) {
      xy[i] = Math.round(WebMercator.pixelX(ring[i], zoom, EXTENT));
      xy[i + 1] = Math.round(WebMercator.pixelY(ring[i + 1], zoom, EXTENT));
      west = Math.min(west, xy[i]);
      east = Math.max(east, xy[i]);
      north = Math.min(north, xy[i + 1]);
      south = Math.max(south, xy[i + 1]);
    }
    LonLat centre = Places.centre(place);
    int tiles = WebMercator.tiles(zoom);
    int homeX = WebMercator.tileX(centre.lon(), zoom);
    int homeY = WebMercator.tileY(centre.lat(), zoom);
    List<Row> out = new ArrayList<>();
    boolean counted = false; // across 180° a tile can hold a hexagon at both its edges
    for (long x = Math.floorDiv(west, EXTENT); x <= Math.floorDiv(east - 1, EXTENT); x++) {
      for (long y = Math.max(0, Math.floorDiv(north, EXTENT));
          y <= Math.min(tiles - 1, Math.floorDiv(south - 1, EXTENT));
          y++) {
        int column = Math.floorMod(x, tiles);
        boolean home = !counted && column == homeX && y == homeY;
        counted |= home;
        out.add(
            new TileFeature(
                    TileId.of(zoom, column, (int) y),
                    TileFeature.PLACES,
                    id(place),
                    home,
                    -1,
                    Places.address(place),
                    "",
                    commands(xy, x * EXTENT, y * EXTENT),
                    figures)
                .row());
      }
    }
    return out;
  }

  private static int[] commands(long[] xy, long left, long top) {
    int[] ring = new int[xy.length];
    for (int i = 0; i < xy.length; i += 2) {
      ring[i] = (int) (xy[i] - left);
      ring[i + 1] = (int) (xy[i + 1] - top);
    }
    return Polygons.commands(List.of(List.of(ring)));
  }
}
