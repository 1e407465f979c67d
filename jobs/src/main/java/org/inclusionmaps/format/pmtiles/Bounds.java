package org.inclusionmaps.format.pmtiles;

/**
 * What an archive covers, degrees WGS84.
 *
 * @param west least longitude, −180 to 180
 * @param south least latitude, −90 to 90
 * @param east greatest longitude, not below west
 * @param north greatest latitude, not below south
 */
public record Bounds(double west, double south, double east, double north) {
  public Bounds {
    if (!(west >= -180 && west <= east && east <= 180 && south >= -90 && south <= north)
        || !(north <= 90)) {
      throw new IllegalArgumentException("bounds " + west + " " + south + " " + east + " " + north);
    }
  }

  double centreLon() {
    return (west + east) / 2;
  }

  double centreLat() {
    return (south + north) / 2;
  }

  /** The zoom at which the longer side is about a tile wide. */
  int zoom() {
    double side = Math.max(Math.max(east - west, north - south), 1e-6);
    return (int) Math.floor(Math.log(360 / side) / Math.log(2));
  }
}
