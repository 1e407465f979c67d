package org.inclusionmaps.sample;

/**
 * A radio cell as it is built.
 *
 * @param id operator's identifier
 * @param eirpDbm power radiated to the front on the reference channel, dBm
 * @param azimuthDeg direction of the front, degrees from north; 0 for an antenna without front
 * @param beamwidthDeg width of the beam at half power, degrees; 360 is an antenna without front
 * @param tiltDeg tilt below the horizon, degrees
 */
record RadioCell(
    String id,
    Technology technology,
    double frequencyMhz,
    double eirpDbm,
    double azimuthDeg,
    double beamwidthDeg,
    double tiltDeg) {
  /** Width of the beam of an antenna without front, degrees. */
  static final double ALL_AROUND_DEG = 360;

  /** Angle between the front and the way to a point, 0 to 180 degrees. */
  double offAxisDeg(double eastKm, double northKm) {
    double bearing = StrictMath.toDegrees(StrictMath.atan2(eastKm, northKm));
    return StrictMath.abs(StrictMath.IEEEremainder(bearing - azimuthDeg, 360));
  }
}
