package org.inclusionmaps.sample;

import java.io.Serializable;

/**
 * A smooth random field over the plane: mean 0, variance 1 everywhere, independent beyond one wave
 * length. Keyed by coordinates, so that any part of it can be had without the rest.
 *
 * @param draws where its numbers come from
 * @param what which field
 * @param waveKm distance over which values are alike, km, above 0
 */
record Noise(Draws draws, What what, double waveKm) implements Serializable {

  /**
   * The value at a point.
   *
   * @param field which of the fields of this kind, such as a site's own
   * @param xKm east, km
   * @param yKm north, km
   */
  double at(long field, double xKm, double yKm) {
    double u = xKm / waveKm;
    double v = yKm / waveKm;
    long i = (long) StrictMath.floor(u);
    long j = (long) StrictMath.floor(v);
    double s = smooth(u - i);
    double t = smooth(v - j);
    double w00 = (1 - s) * (1 - t);
    double w10 = s * (1 - t);
    double w01 = (1 - s) * t;
    double w11 = s * t;
    double sum =
        w00 * corner(field, i, j)
            + w10 * corner(field, i + 1, j)
            + w01 * corner(field, i, j + 1)
            + w11 * corner(field, i + 1, j + 1);
    return sum / StrictMath.sqrt(w00 * w00 + w10 * w10 + w01 * w01 + w11 * w11);
  }

  private double corner(long field, long i, long j) {
    return draws.bell(what, (i << 32) ^ (j & 0xFFFFFFFFL), field);
  }

  private static double smooth(double t) {
    return t * t * t * (t * (t * 6 - 15) + 10);
  }
}
