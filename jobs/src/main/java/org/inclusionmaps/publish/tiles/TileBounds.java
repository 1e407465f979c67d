package org.inclusionmaps.publish.tiles;

import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.format.pmtiles.TileId;
import org.inclusionmaps.grid.WebMercator;

/**
 * What an archive says that it covers. Readers ask for no tile outside, and hexagons of lower zooms
 * reach farther than those of the places within them.
 */
final class TileBounds {
  /** How far bounds reach into a tile that they would not meet, of its side. */
  private static final double INTO = 0.01;

  private TileBounds() {}

  /** Bounds, moved just so far that they meet a tile; the same where they do. */
  static Bounds meeting(Bounds bounds, long tile) {
    int zoom = TileId.zoom(tile);
    double tiles = WebMercator.tiles(zoom);
    int x = TileId.x(tile);
    int y = TileId.y(tile);
    boolean west = x < Math.floor(WebMercator.x(bounds.west()) * tiles);
    boolean east = x >= Math.ceil(WebMercator.x(bounds.east()) * tiles);
    boolean north = y < Math.floor(WebMercator.y(bounds.north()) * tiles);
    boolean south = y >= Math.ceil(WebMercator.y(bounds.south()) * tiles);
    return new Bounds(
        west ? WebMercator.lon((x + 1 - INTO) / tiles) : bounds.west(),
        south ? WebMercator.lat((y + INTO) / tiles) : bounds.south(),
        east ? WebMercator.lon((x + INTO) / tiles) : bounds.east(),
        north ? WebMercator.lat((y + 1 - INTO) / tiles) : bounds.north());
  }
}
