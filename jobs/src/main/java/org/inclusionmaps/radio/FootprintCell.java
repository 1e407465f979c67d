package org.inclusionmaps.radio;

/**
 * A cell with all that its footprint depends on.
 *
 * @param lon longitude of the mast, degrees
 * @param lat latitude of the mast, degrees
 * @param heightM antenna height above ground, 1 m or more; places lie on the ground
 * @param powerDbm power, dBm: 10 log10 of its watts, and 30
 * @param pathLossExponent how fast the signal fades: 2 in free space
 * @param rangeKm no place farther away is looked at, at most 100 km
 * @param azimuthDeg direction of the antenna, degrees from north; NaN if the same all round
 * @param tiltDeg angle of the boresight below the horizon, degrees; of no use if all round
 * @param acrossDeg spread of the beam in the horizontal plane: {@link NormalBeam#spreadDeg}
 * @param downDeg spread of the beam in the vertical plane
 */
public record FootprintCell(
    double lon,
    double lat,
    double heightM,
    double powerDbm,
    double pathLossExponent,
    double rangeKm,
    double azimuthDeg,
    double tiltDeg,
    double acrossDeg,
    double downDeg) {
  public FootprintCell {
    if (!(heightM >= 1 && pathLossExponent > 0 && rangeKm >= 0 && rangeKm <= 100)) {
      throw new IllegalArgumentException(
          "height %s m, exponent %s or range %s km is out of bounds"
              .formatted(heightM, pathLossExponent, rangeKm));
    }
  }

  /** Whether the signal is the same in each direction. */
  boolean round() {
    return Double.isNaN(azimuthDeg);
  }
}
