package org.inclusionmaps.radio;

import org.inclusionmaps.grid.Distances;

/** Points as unit vectors, so that distances need no trigonometry and no seam. */
final class SpherePoints {
  final double[] x;
  final double[] y;
  final double[] z;

  /** Chord from the first point to the farthest other one, in radii of the Earth. */
  final double spread;

  /**
   * Any number of points.
   *
   * @param lon longitudes, degrees
   * @param lat latitudes, degrees
   */
  SpherePoints(double[] lon, double[] lat) {
    x = new double[lon.length];
    y = new double[lon.length];
    z = new double[lon.length];
    double farthest = 0;
    for (int i = 0; i < lon.length; i++) {
      double phi = Math.toRadians(lat[i]);
      double lambda = Math.toRadians(lon[i]);
      x[i] = Math.cos(phi) * Math.cos(lambda);
      y[i] = Math.cos(phi) * Math.sin(lambda);
      z[i] = Math.sin(phi);
      farthest = Math.max(farthest, chord2(0, x[i], y[i], z[i]));
    }
    spread = Math.sqrt(farthest);
  }

  /** The chord under a distance along the surface, in radii of the Earth. */
  static double chord(double km) {
    return 2 * Math.sin(km / (2 * Distances.EARTH_RADIUS_KM));
  }

  /** Square of the chord from a point to another of the unit sphere. */
  double chord2(int i, double px, double py, double pz) {
    return square(x[i] - px, y[i] - py, z[i] - pz);
  }

  /** Square of the length of a vector. */
  static double square(double dx, double dy, double dz) {
    return dx * dx + dy * dy + dz * dz;
  }
}
