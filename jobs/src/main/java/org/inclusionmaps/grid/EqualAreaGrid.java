package org.inclusionmaps.grid;

/**
 * A grid of squares of 1 km² that covers the Earth: the cylindrical equal-area projection EPSG:6933
 * (true at 30° of latitude, WGS84), cut at whole kilometres. Source: J. P. Snyder, Map Projections,
 * USGS PP 1395 (1987), equations 10-13 to 10-15 and 3-12.
 */
public final class EqualAreaGrid {
  private static final double A = 6378137;
  private static final double F = 1 / 298.257223563;
  private static final double E2 = F * (2 - F);
  private static final double E = Math.sqrt(E2);
  private static final double K0 = Math.cos(Math.PI / 6) / Math.sqrt(1 - E2 / 4);
  private static final double SQUARE_M = 1000;
  private static final int OFFSET = 1 << 20;

  private EqualAreaGrid() {}

  /** Easting in m of a longitude in degrees, −180 to 180. */
  public static double eastM(double lon) {
    return A * K0 * Math.toRadians(lon);
  }

  /** Northing in m of a latitude in degrees, −90 to 90. */
  public static double northM(double lat) {
    double sin = Math.sin(Math.toRadians(lat));
    double q =
        (1 - E2) * (sin / (1 - E2 * sin * sin) - Math.log((1 - E * sin) / (1 + E * sin)) / (2 * E));
    return A * q / (2 * K0);
  }

  /** The square that holds a point; squares are compared and packed as one number. */
  public static long squareAt(double lon, double lat) {
    return square(
        (int) Math.floor(eastM(lon) / SQUARE_M), (int) Math.floor(northM(lat) / SQUARE_M));
  }

  /**
   * The square of a column, counted eastward from Greenwich, and a row, counted northward from the
   * equator; each within ±2²⁰.
   */
  public static long square(int column, int row) {
    return ((long) (row + OFFSET) << 32) | (column + OFFSET);
  }

  /** The column of a square. */
  public static int column(long square) {
    return (int) square - OFFSET;
  }

  /** The row of a square. */
  public static int row(long square) {
    return (int) (square >>> 32) - OFFSET;
  }
}
