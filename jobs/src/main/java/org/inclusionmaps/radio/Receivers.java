package org.inclusionmaps.radio;

import org.inclusionmaps.grid.Distances;

/**
 * The receivers of one place: where people live, and how many. Positions are unit vectors, so that
 * distances need no trigonometry and no seam.
 */
public final class Receivers {
  final Environment environment;
  final double[] lon;
  final double[] lat;
  final double[] x;
  final double[] y;
  final double[] z;
  final long[] persons;

  /** Chord from the first receiver to the farthest other one, in radii of the Earth. */
  final double spread;

  /**
   * Receivers in one environment, at least one.
   *
   * @param lon longitudes, degrees
   * @param lat latitudes, degrees
   * @param persons weights, over 0
   */
  public Receivers(Environment environment, double[] lon, double[] lat, long[] persons) {
    if (lon.length == 0 || lat.length != lon.length || persons.length != lon.length) {
      throw new IllegalArgumentException("receivers need positions and persons, one each");
    }
    this.environment = environment;
    this.lon = lon.clone();
    this.lat = lat.clone();
    this.persons = persons.clone();
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

  int size() {
    return x.length;
  }

  /** Square of the chord from a receiver to a point of the unit sphere. */
  double chord2(int i, double px, double py, double pz) {
    double dx = x[i] - px;
    double dy = y[i] - py;
    double dz = z[i] - pz;
    return dx * dx + dy * dy + dz * dz;
  }

  /** Mean of values of the receivers, weighted by persons, in the receivers' order. */
  double mean(double[] values) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < persons.length; i++) {
      sum += persons[i] * values[i];
      weights += persons[i];
    }
    return Math.min(1, sum / weights);
  }
}
