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
public final class RadialSweep {
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
   */
  public RadialSweep(Ground ground, double stepM, double reachKm) {
    this.ground = ground;
    this.stepM = stepM;
    fall = falls(stepM, reachKm);
    int last = fall.length - 1;
    radials = (int) Math.ceil(2 * Math.PI * last);
    obstructions = new Obstructions(stepM, last);
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
  public void mast(double mastLon, double mastLat) {
    lat = mastLat;
    row = ground.row(mastLat);
    column = ground.column(mastLon);
  }

  /** Radials around a mast; radial r leaves it in the direction of r/n of a turn from north. */
  public int radials() {
    return radials;
  }

  /** The radial nearest to a direction in radians clockwise from north, −π to 2π. */
  public int radial(double azimuth) {
    return Math.floorMod((int) Math.rint(azimuth / (2 * Math.PI) * radials), radials);
  }

  /** The sample nearest to a distance, at least 1. */
  public int sample(double km) {
    return Math.max(1, Math.min(fall.length - 1, (int) (km * 1000 / stepM + 0.5)));
  }

  /**
   * The obstructions of paths to receivers on one radial, in √m, as {@link Bullington} takes them;
   * or {@code clear}, if they are less.
   *
   * @param radial number of the radial
   * @param antennaM height of the mast's antenna above its ground, m
   * @param handsetM height of receivers above the ground, m
   * @param clear what the lowest frequency takes for clear, by {@link Bullington#clear}
   * @param samples where they are, ascending, at least 1
   * @param from the first of them that is asked for
   * @param to the first after it that is not
   * @param into takes the result for {@code samples[j]} at j
   */
  public void obstructions(
      int radial,
      double antennaM,
      double handsetM,
      double clear,
      int[] samples,
      int from,
      int to,
      double[] into) {
    survey(2 * Math.PI * radial / radials, samples[to - 1]);
    obstructions.along(z, antennaM, handsetM, clear, samples, from, to, into);
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
    ground.heights(row, -nodes * step * north, rowBend, column, columns, columnBend, z, last + 1);
    double before = Double.NaN;
    for (int i = 0; i <= last; i++) {
      double height = z[i];
      if (Double.isNaN(height)) {
        height = before;
      } else if (Double.isNaN(before)) {
        level(i, height);
      }
      before = height;
      z[i] = height - fall[i];
    }
    if (Double.isNaN(before)) {
      level(last + 1, 0);
    }
  }

  /** Gives the first samples one height. */
  private void level(int samples, double heightM) {
    for (int i = 0; i < samples; i++) {
      z[i] = heightM - fall[i];
    }
  }
}
