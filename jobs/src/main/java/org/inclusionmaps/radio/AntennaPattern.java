package org.inclusionmaps.radio;

/**
 * Gain of a sector antenna away from its boresight. Source: 3GPP TR 36.814, table A.2.1.1-2: a
 * parabola in decibels in each plane, 12 (angle / beamwidth)², down to a floor.
 */
public final class AntennaPattern {
  /** Vertical beamwidth at half power where nothing else is known, degrees. */
  public static final double VERTICAL_BEAMWIDTH_DEG = 10;

  private static final double FRONT_TO_BACK_DB = 25;
  private static final double SIDE_LOBE_DB = 20;

  private AntennaPattern() {}

  /**
   * Gain in the horizontal plane relative to boresight, dB, from −25 to 0.
   *
   * @param offAzimuthDeg angle between antenna and receiver as seen from above, any degrees
   * @param beamwidthDeg width at half power, over 0; from 360 the antenna is the same all round
   */
  public static double horizontalDb(double offAzimuthDeg, double beamwidthDeg) {
    if (beamwidthDeg >= 360) {
      return 0;
    }
    double ratio = Math.IEEEremainder(offAzimuthDeg, 360) / beamwidthDeg;
    return -Math.min(12 * ratio * ratio, FRONT_TO_BACK_DB);
  }

  /**
   * Gain in the vertical plane relative to boresight, dB, from −20 to 0.
   *
   * @param depressionDeg angle of the receiver below the antenna's horizon, −90 to 90 degrees
   * @param tiltDeg angle of the boresight below the horizon, degrees
   * @param beamwidthDeg width at half power, over 0
   */
  public static double verticalDb(double depressionDeg, double tiltDeg, double beamwidthDeg) {
    double ratio = (depressionDeg - tiltDeg) / beamwidthDeg;
    return -Math.min(12 * ratio * ratio, SIDE_LOBE_DB);
  }

  /** Both planes together, dB, from −25 to 0: the sum, never under the front-to-back floor. */
  public static double combinedDb(double horizontalDb, double verticalDb) {
    return -Math.min(-(horizontalDb + verticalDb), FRONT_TO_BACK_DB);
  }
}
