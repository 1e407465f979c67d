package org.inclusionmaps.sample;

import java.io.Serializable;

/**
 * How a signal fades in the made-up country. Not any of the models that estimates are made with:
 * plane earth with clutter that grows with the density of building, one knife edge on the highest
 * ridge, and shadowing that is alike at near points and partly shared by all sites.
 */
final class Propagation implements Serializable {
  private static final long serialVersionUID = 1L;
  static final double HANDSET_M = 1.5;
  private static final double BODY_LOSS_DB = 3;
  private static final double SHADOW_DB = 7;
  static final double MOST_SHADOW_DB = 20;
  private static final double SHARED = 0.5;
  private static final double VEGETATION_DB = 3;
  private static final double BACK_DB = 22;
  private static final double NEAREST_KM = 0.05;

  private final Terrain terrain;
  private final Noise clutter;
  private final Noise shared;
  private final Noise ofSite;

  Propagation(Draws draws, Terrain terrain) {
    this.terrain = terrain;
    clutter = new Noise(draws, What.CLUTTER, 3);
    shared = new Noise(draws, What.SHADOW, 0.8);
    ofSite = new Noise(draws, What.SHADOW_OF_SITE, 0.8);
  }

  /**
   * Signal without ridge and shadow, dBm.
   *
   * @param eirpDbm power radiated to the front, dBm
   * @param offAxisDeg angle between the antenna's front and the handset, 0 to 180 degrees
   * @param beamwidthDeg width of the beam at half power, degrees; 360 is an antenna without front
   * @param clutterDb loss in the surroundings of the handset, dB
   */
  static double flatDbm(
      double eirpDbm,
      double frequencyMhz,
      double mastM,
      double distanceKm,
      double offAxisDeg,
      double beamwidthDeg,
      double clutterDb) {
    double d = StrictMath.max(NEAREST_KM, distanceKm);
    double free = 32.45 + 20 * StrictMath.log10(frequencyMhz) + 20 * StrictMath.log10(d);
    double plane =
        40 * StrictMath.log10(d * 1000)
            - 20 * StrictMath.log10(mastM * HANDSET_M)
            + 20 * StrictMath.log10(frequencyMhz / 900);
    return eirpDbm
        + patternDb(offAxisDeg, beamwidthDeg)
        - BODY_LOSS_DB
        - StrictMath.max(free, plane + clutterDb);
  }

  /** Gain to a side relative to the front: a power of a cosine with a floor, dB, at most 0. */
  static double patternDb(double offAxisDeg, double beamwidthDeg) {
    if (beamwidthDeg >= 360) {
      return 0;
    }
    double half = 10 * StrictMath.log10(StrictMath.cos(StrictMath.toRadians(beamwidthDeg / 4)));
    double power = -3 / half;
    double cosine = StrictMath.cos(StrictMath.toRadians(StrictMath.min(179, offAxisDeg) / 2));
    return StrictMath.max(-BACK_DB, power * 10 * StrictMath.log10(cosine));
  }

  /** Loss in the surroundings of a point: 6 dB in the open to 37 dB in a dense city, and woods. */
  double clutterDb(double personsPerKm2, double xKm, double yKm) {
    double built = StrictMath.log10(StrictMath.max(1, personsPerKm2 / 100)) / 1.2;
    double built01 = StrictMath.min(1.5, built);
    return StrictMath.max(0, 6 + 20.7 * built01 + VEGETATION_DB * clutter.at(0, xKm, yKm));
  }

  /** Shadowing of a site's signal at a point, dB, mean 0, within {@link #MOST_SHADOW_DB} of 0. */
  double shadowDb(long site, double xKm, double yKm) {
    double shadow =
        SHADOW_DB
            * (StrictMath.sqrt(SHARED) * shared.at(0, xKm, yKm)
                + StrictMath.sqrt(1 - SHARED) * ofSite.at(site, xKm, yKm));
    return StrictMath.min(MOST_SHADOW_DB, StrictMath.max(-MOST_SHADOW_DB, shadow));
  }

  /** The obstruction on the way from a mast to a point, as {@link Terrain#obstruction} gives it. */
  double[] obstruction(double fromXKm, double fromYKm, double mastM, double toXKm, double toYKm) {
    return terrain.obstruction(fromXKm, fromYKm, mastM, toXKm, toYKm, HANDSET_M);
  }

  /** Loss over the ridge beyond the smooth earth's, dB, at least 0. */
  static double ridgeDb(double[] obstruction, double frequencyMhz) {
    double scale = StrictMath.sqrt(2 * frequencyMhz / 299.792458);
    return StrictMath.max(
        0, knifeEdgeDb(obstruction[0] * scale) - knifeEdgeDb(obstruction[1] * scale));
  }

  /** Knife-edge loss in dB by Lee's approximation (W. Lee, Mobile Communications Engineering). */
  static double knifeEdgeDb(double v) {
    if (v <= -0.8) {
      return 0;
    }
    if (v <= 0) {
      return -20 * StrictMath.log10(0.5 - 0.62 * v);
    }
    if (v <= 1) {
      return -20 * StrictMath.log10(0.5 * StrictMath.exp(-0.95 * v));
    }
    if (v <= 2.4) {
      double inner = 0.38 - 0.1 * v;
      return -20 * StrictMath.log10(0.4 - StrictMath.sqrt(0.1184 - inner * inner));
    }
    return -20 * StrictMath.log10(0.225 / v);
  }
}
