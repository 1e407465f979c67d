package org.inclusionmaps.grid;

/** Distances and directions on the sphere. */
public final class Distances {
  /** Mean radius of the Earth, km. Source: IUGG, (2a + b) / 3 of WGS84. */
  public static final double EARTH_RADIUS_KM = 6371.0088;

  /** Length of a degree of latitude, km. */
  public static final double DEGREE_KM = EARTH_RADIUS_KM * Math.PI / 180;

  private Distances() {}

  /**
   * Great-circle distance in km, by the haversine formula: within 0.56 % of the ellipsoid's.
   *
   * @param lon1 longitude of the one point, degrees, any turn
   * @param lat1 its latitude, degrees, −90 to 90
   * @param lon2 longitude of the other
   * @param lat2 its latitude
   */
  public static double km(double lon1, double lat1, double lon2, double lat2) {
    double sinLat = Math.sin(Math.toRadians(lat2 - lat1) / 2);
    double sinLon = Math.sin(Math.toRadians(lon2 - lon1) / 2);
    double h =
        sinLat * sinLat
            + Math.cos(Math.toRadians(lat1)) * Math.cos(Math.toRadians(lat2)) * sinLon * sinLon;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, h)));
  }

  /** Direction from the first point to the second, degrees clockwise from north, 0 to 360. */
  public static double bearingDeg(double lon1, double lat1, double lon2, double lat2) {
    double from = Math.toRadians(lat1);
    double to = Math.toRadians(lat2);
    double turn = Math.toRadians(lon2 - lon1);
    double east = Math.sin(turn) * Math.cos(to);
    double north = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(turn);
    double degrees = Math.toDegrees(Math.atan2(east, north));
    return degrees < 0 ? degrees + 360 : degrees + 0.0;
  }
}
