package org.inclusionmaps.radio;

import java.util.Comparator;

/**
 * A cell with all that its signal depends on.
 *
 * @param network number of its operator and technology among those looked at, from 0
 * @param lon longitude of the mast, degrees
 * @param lat latitude of the mast, degrees
 * @param heightM antenna height above ground, over 1 m
 * @param frequencyMhz carrier frequency, 150 to 71,000 MHz
 * @param eirpDbm power radiated on the reference channel, dBm
 * @param azimuthDeg direction of the antenna, degrees from north
 * @param beamwidthDeg width of the beam at half power; from 360 the antenna is the same all round
 * @param tiltDeg tilt below the horizon, degrees; NaN for the same gain at each depression
 * @param errorKm standard error of the mast's place, at least 0
 * @param reachKm no receiver farther away is served, at most 100 km
 * @param defaults how many of these were assumed
 */
public record RadioCell(
    int network,
    double lon,
    double lat,
    double heightM,
    double frequencyMhz,
    double eirpDbm,
    double azimuthDeg,
    double beamwidthDeg,
    double tiltDeg,
    double errorKm,
    double reachKm,
    int defaults) {
  /** Cells of one mast and height follow each other, and of these, those of one network. */
  public static final Comparator<RadioCell> BY_SITE =
      Comparator.comparingDouble(RadioCell::lon)
          .thenComparingDouble(RadioCell::lat)
          .thenComparingDouble(RadioCell::heightM)
          .thenComparingInt(RadioCell::network)
          .thenComparingDouble(RadioCell::frequencyMhz)
          .thenComparingDouble(RadioCell::eirpDbm)
          .thenComparingDouble(RadioCell::azimuthDeg)
          .thenComparingDouble(RadioCell::beamwidthDeg)
          .thenComparingDouble(RadioCell::tiltDeg)
          .thenComparingDouble(RadioCell::errorKm)
          .thenComparingDouble(RadioCell::reachKm)
          .thenComparingInt(RadioCell::defaults);

  /**
   * Gain towards a receiver relative to boresight, dB, 0 or less.
   *
   * @param bearingDeg direction of the receiver, degrees from north
   * @param depressionDeg angle of the receiver below the antenna's horizon, degrees
   */
  double gainDb(double bearingDeg, double depressionDeg) {
    double across = AntennaPattern.horizontalDb(bearingDeg - azimuthDeg, beamwidthDeg);
    if (Double.isNaN(tiltDeg)) {
      return across;
    }
    double down =
        AntennaPattern.verticalDb(depressionDeg, tiltDeg, AntennaPattern.VERTICAL_BEAMWIDTH_DEG);
    return AntennaPattern.combinedDb(across, down);
  }

  /** Whether two cells stand on one mast at one height. */
  boolean sharesSite(RadioCell other) {
    return lon == other.lon && lat == other.lat && heightM == other.heightM;
  }

  /** Whether the signal is the same in each direction. */
  boolean round() {
    return beamwidthDeg >= 360 && Double.isNaN(tiltDeg);
  }
}
