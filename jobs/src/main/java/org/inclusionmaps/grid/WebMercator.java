package org.inclusionmaps.grid;

/**
 * The web's Mercator map (EPSG:3857) as a unit square and as tiles: x grows eastward from the
 * antimeridian, y southward from 85.05° north.
 */
public final class WebMercator {
  /** The latitude at which the map is square, degrees. */
  public static final double LIMIT_DEG = Math.toDegrees(Math.atan(Math.sinh(Math.PI)));

  private WebMercator() {}

  /** Longitude in degrees to the unit square; 0 to 1 for −180 to 180, beyond it past those. */
  public static double x(double lon) {
    return lon / 360 + 0.5;
  }

  /** Latitude in degrees to the unit square, 0 to 1; beyond ±85.05° the map's edge. */
  public static double y(double lat) {
    double held = Math.max(-LIMIT_DEG, Math.min(LIMIT_DEG, lat));
    double sin = Math.sin(Math.toRadians(held));
    double y = 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
    return Math.max(0, Math.min(1, y));
  }

  /** Longitude in degrees of a place in the unit square. */
  public static double lon(double x) {
    return (x - 0.5) * 360;
  }

  /** Latitude in degrees of a place in the unit square. */
  public static double lat(double y) {
    return Math.toDegrees(Math.atan(Math.sinh(Math.PI * (1 - 2 * y))));
  }

  /**
   * Longitude in pixels from the map's western edge.
   *
   * @param zoom 0 to 30
   * @param tileSize pixels along a tile, such as 256, or 4096 for vector tiles
   */
  public static double pixelX(double lon, int zoom, int tileSize) {
    return x(lon) * tiles(zoom) * tileSize;
  }

  /** Latitude in pixels from the map's northern edge; parameters as in {@link #pixelX}. */
  public static double pixelY(double lat, int zoom, int tileSize) {
    return y(lat) * tiles(zoom) * tileSize;
  }

  /** Column of the tile that holds a longitude, 0 to 2^zoom − 1; 180° belongs to the last. */
  public static int tileX(double lon, int zoom) {
    return tile(x(lon), zoom);
  }

  /** Row of the tile that holds a latitude, 0 to 2^zoom − 1, from the north. */
  public static int tileY(double lat, int zoom) {
    return tile(y(lat), zoom);
  }

  /** Tiles along the map at a zoom from 0 to 30. */
  public static int tiles(int zoom) {
    if (zoom < 0 || zoom > 30) {
      throw new IllegalArgumentException("zoom is 0 to 30, not " + zoom);
    }
    return 1 << zoom;
  }

  private static int tile(double unit, int zoom) {
    int tiles = tiles(zoom);
    return Math.max(0, Math.min(tiles - 1, (int) Math.floor(unit * tiles)));
  }
}
