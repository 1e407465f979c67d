package org.inclusionmaps.radio;

/** Geometry that the 3GPP macro models share. */
final class Slant {
  /** The speed of light as 3GPP rounds it, m/s. */
  static final double LIGHT_M_S = 3e8;

  /** The nearest ground distance that the models are given for, m. */
  static final double NEAREST_M = 10;

  private Slant() {}

  /** Distance between antenna and handset, m, from that on the ground and both heights in m. */
  static double distanceM(double groundM, double baseHeightM, double mobileHeightM) {
    double rise = baseHeightM - mobileHeightM;
    return Math.sqrt(groundM * groundM + rise * rise);
  }
}
