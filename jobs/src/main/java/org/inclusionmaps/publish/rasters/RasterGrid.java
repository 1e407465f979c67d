package org.inclusionmaps.publish.rasters;

import java.io.Serial;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.Set;
import org.inclusionmaps.format.geotiff.CogRaster;
import org.inclusionmaps.grid.PixelShares;
import org.inclusionmaps.grid.PixelShares.Box;
import org.inclusionmaps.grid.Places;
import org.locationtech.jts.geom.Envelope;

/**
 * The pixels of the rasters: a window of one grid for the whole Earth, which starts where the
 * equator meets Greenwich, so that rasters of countries lie pixel on pixel. It travels to
 * executors.
 *
 * @param pixelM side of a pixel, m
 * @param column first column of the window, counted from Greenwich to the east
 * @param row first row, counted from the equator to the south
 */
public record RasterGrid(int pixelM, int column, int row, int width, int height)
    implements Serializable {
  /** The coordinate system of the plane, an equal-area one: {@link PixelShares}. */
  public static final int EPSG = 6933;

  private static final int TILE = CogRaster.TILE;

  @Serial private static final long serialVersionUID = 1;

  /** A tile of the whole image, counted from the window's first. */
  record Tile(int row, int column) {}

  /**
   * The window around hexagons.
   *
   * @param resolution of the places
   * @param box of their outlines, degrees
   */
  public static RasterGrid of(int resolution, Envelope box) {
    int pixelM = pixelM(resolution);
    int west = (int) Math.floor(PixelShares.x(box.getMinX(), pixelM));
    int north = (int) Math.floor(PixelShares.y(box.getMaxY(), pixelM));
    int east = (int) Math.ceil(PixelShares.x(box.getMaxX(), pixelM));
    int south = (int) Math.ceil(PixelShares.y(box.getMinY(), pixelM));
    return new RasterGrid(pixelM, west, north, east - west, south - north);
  }

  /** The side of a square as large as a mean hexagon, to one digit, m. */
  static int pixelM(int resolution) {
    double side = Math.sqrt(Places.meanAreaKm2(resolution)) * 1000;
    double unit = Math.pow(10, Math.floor(Math.log10(side)));
    return (int) (Math.round(side / unit) * unit);
  }

  int levels() {
    return CogRaster.levels(width, height);
  }

  /** The tiles that hold some of an outline, and perhaps some beside it. */
  Set<Tile> tiles(PixelShares outline) {
    Set<Tile> tiles = new LinkedHashSet<>();
    for (Box box : outline.boxes()) {
      for (int y = (box.north() - row) / TILE; y <= (box.south() - 1 - row) / TILE; y++) {
        for (int x = (box.west() - column) / TILE; x <= (box.east() - 1 - column) / TILE; x++) {
          tiles.add(new Tile(y, x));
        }
      }
    }
    return tiles;
  }

  /** The pixels of a tile. */
  Box pixels(Tile tile) {
    int west = column + tile.column() * TILE;
    int north = row + tile.row() * TILE;
    return new Box(west, north, west + TILE, north + TILE);
  }

  /** The number of a tile of a level, by rows. */
  long number(int level, int tileRow, int tileColumn) {
    return (long) tileRow * CogRaster.tiles(width, level) + tileColumn;
  }
}
