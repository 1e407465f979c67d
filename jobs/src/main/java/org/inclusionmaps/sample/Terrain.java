package org.inclusionmaps.sample;

import java.io.Serializable;

/** The ground of the country: fractal hills, high where the mountains are. */
final class Terrain implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double[] WAVES_KM = {16, 8, 4, 2, 1};
  private static final double PLAIN_M = 14;
  private static final double MOUNTAIN_M = 150;
  private static final double STEP_KM = 0.25;
  private static final int MOST_STEPS = 64;
  private static final double EFFECTIVE_EARTH_KM = 8_500;

  private final Noise mountains;
  private final Noise[] hills = new Noise[WAVES_KM.length];

  Terrain(Draws draws) {
    mountains = new Noise(draws, What.MOUNTAINS, 40);
    for (int i = 0; i < hills.length; i++) {
      hills[i] = new Noise(draws, What.HILLS, WAVES_KM[i]);
    }
  }

  /** How much of a mountain region a point lies in, 0 (plain) to 1. */
  double mountainShare(double xKm, double yKm) {
    double level = 0.5 + 0.9 * (mountains.at(0, xKm, yKm) - 0.35);
    double share = StrictMath.min(1, StrictMath.max(0, level));
    return share * share * (3 - 2 * share);
  }

  /** Height of the ground, m above the sea. */
  double heightM(double xKm, double yKm) {
    double share = mountainShare(xKm, yKm);
    double relief = 0;
    double amplitude = 1;
    for (int i = 0; i < hills.length; i++) {
      relief += amplitude * hills[i].at(i, xKm, yKm);
      amplitude *= 0.5;
    }
    double spread = PLAIN_M + (MOUNTAIN_M - PLAIN_M) * share;
    return StrictMath.max(1, 60 + 500 * share + spread * relief);
  }

  /**
   * How far the highest ridge stands into a path, over and above what a smooth earth does.
   *
   * <p>The measure is v = c·√(D/(d1·d2)) with c the height of the ridge over the straight line
   * between the antennas and d1, d2 its distances to them, all in m; times √(2/wave length) it is
   * the parameter of knife-edge diffraction.
   *
   * @param mastM height of the mast over its ground, m
   * @param handsetM height of the handset over its ground, m
   * @return the largest v of the ground, then the largest v of a smooth earth, 1/√m
   */
  double[] obstruction(
      double fromXKm, double fromYKm, double mastM, double toXKm, double toYKm, double handsetM) {
    double distanceKm = StrictMath.hypot(toXKm - fromXKm, toYKm - fromYKm);
    int steps =
        (int) StrictMath.min(MOST_STEPS, StrictMath.max(2, StrictMath.ceil(distanceKm / STEP_KM)));
    double fromM = heightM(fromXKm, fromYKm) + mastM;
    double toM = heightM(toXKm, toYKm) + handsetM;
    double ground = Double.NEGATIVE_INFINITY;
    double smooth = Double.NEGATIVE_INFINITY;
    for (int k = 1; k < steps; k++) {
      double share = (double) k / steps;
      double d1 = distanceKm * share;
      double d2 = distanceKm - d1;
      double bulgeM = d1 * d2 / (2 * EFFECTIVE_EARTH_KM) * 1000;
      double measure = StrictMath.sqrt(distanceKm / (d1 * d2) / 1000);
      double heightM =
          heightM(fromXKm + share * (toXKm - fromXKm), fromYKm + share * (toYKm - fromYKm));
      double lineM = fromM + share * (toM - fromM);
      ground = StrictMath.max(ground, (heightM + bulgeM - lineM) * measure);
      double smoothLineM = mastM + share * (handsetM - mastM);
      smooth = StrictMath.max(smooth, (bulgeM - smoothLineM) * measure);
    }
    return new double[] {ground, smooth};
  }
}
