package org.inclusionmaps.radio;

import org.inclusionmaps.grid.Distances;

/**
 * Terrain along straight lines outward from masts: the ground is sampled at equal steps, and {@link
 * Obstructions} tells how far it stands into the paths to receivers at these samples. The lines
 * around each mast have the same directions, so that a result depends on the mast and the receiver
 * alone.
 *
 * <p>Where the ground is not known, the last known height before it holds: a hole is as flat as its
 * rim. A mast on unknown ground stands as high as the first known height of the line. For one
 * thread.
 */
final class RadialSweep {
  /** Radius of the Earth for radio waves: 4/3 of the mean radius, m. */
  private static final double EFFECTIVE_EARTH_M = 4.0 / 3 * Distances.EARTH_RADIUS_KM * 1000;

  private static final double EARTH_M = Distances.EARTH_RADIUS_KM * 1000;

  private final Ground ground;
  private final double stepM;
  private final int radials;
  private final Obstructions obstructions;

  /** Fall of the Earth's surface below the mast's horizontal, m, by sample. */
  private final double[] fall;

  private final double[] z;
  private double lat;
  private double row;
  private double column;

  /**
   * A sweep over ground.
   *
   * @param stepM distance of samples on a radial, over 0 m
   * @param reachKm length of the longest path, over 0
   * @param lowestMhz the lowest frequency: what it does not notice is not told
   */
  RadialSweep(Ground ground, double stepM, double reachKm, double lowestMhz) {
    this.ground = ground;
    this.stepM = stepM;
    fall = falls(stepM, reachKm);
    int last = fall.length - 1;
    radials = (int) Math.ceil(2 * Math.PI * last);
    obstructions = new Obstructions(stepM, last, Bullington.clear(lowestMhz));
    z = new double[last + 1];
  }

  /** Fall of the Earth's surface below the horizontal, m, at each sample to a distance. */
  static double[] falls(double stepM, double reachKm) {
    double[] falls = new double[(int) Math.ceil(reachKm * 1000 / stepM) + 2];
    for (int i = 0; i < falls.length; i++) {
      double x = i * stepM;
      falls[i] = x * x / (2 * EFFECTIVE_EARTH_M);
    }
    return falls;
  }

  /** Goes to a mast, degrees. */
  void mast(double mastLon, double mastLat) {
    lat = mastLat;
    row = ground.row(mastLat);
    column = ground.column(mastLon);
  }

  /** Radials around a mast; radial r leaves it in the direction of r/n of a turn from north. */
  int radials() {
    return radials;
  }

  /** The radial nearest to a direction in radians clockwise from north, −π to 2π. */
  int radial(double azimuth) {
    return Math.floorMod((int) Math.rint(azimuth / (2 * Math.PI) * radials), radials);
  }

  /** The sample nearest to a distance, at least 1. */
  int sample(double km) {
    return Math.max(1, Math.min(fall.length - 1, (int) (km * 1000 / stepM + 0.5)));
  }

  /**
   * The obstructions of paths to receivers on one radial, in √m, as {@link Bullington} takes them;
   * or what the lowest frequency takes for clear, if they are less.
   *
   * @param radial number of the radial
   * @param antennaM height of the mast's antenna above its ground, m
   * @param handsetM height of receivers above the ground, m
   * @param samples where they are, ascending, at least 1
   * @param from the first of them that is asked for
   * @param to the first after it that is not
   * @param into takes the result for {@code samples[j]} at j
   */
  void obstructions(
      int radial,
      double antennaM,
      double handsetM,
      int[] samples,
      int from,
      int to,
      double[] into) {
    survey(2 * Math.PI * radial / radials, samples[to - 1]);
    obstructions.along(z, antennaM, handsetM, samples, from, to, into);
  }

  /** Takes the heights of samples along a great circle, which it follows to the second order. */
  private void survey(double azimuth, int last) {
    double north = Math.cos(azimuth);
    double east = Math.sin(azimuth);
    double phi = Math.toRadians(lat);
    double step = stepM / EARTH_M;
    double nodes = Math.toDegrees(ground.samplesPerDegree());
    double rowBend = nodes * step * step * east * east * Math.tan(phi) / 2;
    double columns = nodes * step * east / Math.cos(phi);
    double columnBend = columns * step * north * Math.tan(phi);
    long r = fixed(row + 0.5);
    long c = fixed(column + 0.5);
    long rStep = fixed(rowBend - nodes * step * north);
    long cStep = fixed(columns + columnBend);
    long rMore = fixed(2 * rowBend);
    long cMore = fixed(2 * columnBend);
    int before = Ground.UNKNOWN;
    for (int i = 0; i <= last; i++) {
      int height = ground.halfMetres(r, c);
      if (height == Ground.UNKNOWN) {
        height = before;
      } else if (before == Ground.UNKNOWN) {
        level(i, height);
      }
      before = height;
      z[i] = 0.5 * height - fall[i];
      r += rStep;
      c += cStep;
      rStep += rMore;
      cStep += cMore;
    }
  }

  /** Gives the samples before one its height. */
  private void level(int sample, int halfMetres) {
    for (int i = 0; i < sample; i++) {
      z[i] = 0.5 * halfMetres - fall[i];
    }
  }

  /** A number of nodes in units of 2⁻³². */
  private static long fixed(double nodes) {
    return Math.round(nodes * 0x1p32);
  }
}
