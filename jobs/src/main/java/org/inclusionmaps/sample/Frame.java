package org.inclusionmaps.sample;

/** The country's plane in km east and north of its middle, on open ocean, and back to degrees. */
final class Frame {
  private static final double LON0 = -31.5;
  private static final double LAT0 = 8;
  private static final double KM_A_DEGREE_LAT = 110.6;
  private static final double KM_A_DEGREE_LON = 111.32 * StrictMath.cos(StrictMath.toRadians(LAT0));

  private Frame() {}

  /** Longitude of a point, degrees, to the millionth. */
  static double lon(double xKm) {
    return round(LON0 + xKm / KM_A_DEGREE_LON);
  }

  /** Latitude of a point, degrees, to the millionth. */
  static double lat(double yKm) {
    return round(LAT0 + yKm / KM_A_DEGREE_LAT);
  }

  /** km east of the middle. */
  static double xKm(double lon) {
    return (lon - LON0) * KM_A_DEGREE_LON;
  }

  /** km north of the middle. */
  static double yKm(double lat) {
    return (lat - LAT0) * KM_A_DEGREE_LAT;
  }

  private static double round(double degrees) {
    return StrictMath.rint(degrees * 1e6) / 1e6;
  }
}
