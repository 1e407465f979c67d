package org.inclusionmaps.radio;

/**
 * Path loss of an urban macro cell (UMa). Source: 3GPP TR 38.901, tables 7.4.1-1 and 7.4.2-1.
 *
 * <p>Given for 0.5 to 100 GHz, antennas of 25 m, handsets of 1.5 to 13 m, to 5 km; beyond these it
 * is extrapolated. Nearer than 10 m, 10 m is taken.
 */
public final class UrbanMacro {
  /** Standard deviation of shadowing in sight and out of sight, dB. */
  public static final double LOS_SIGMA_DB = 4;

  public static final double NLOS_SIGMA_DB = 6;

  /** Height of the effective environment, m. */
  private static final double EFFECTIVE_M = 1;

  private UrbanMacro() {}

  /**
   * Loss in line of sight, dB.
   *
   * @param frequencyGhz carrier frequency, 0.5 to 100 GHz
   * @param baseHeightM antenna height above ground, over 1 m
   * @param mobileHeightM handset height above ground, 1.5 to 13 m
   * @param groundM distance on the ground, 10 to 5,000 m
   */
  public static double losLossDb(
      double frequencyGhz, double baseHeightM, double mobileHeightM, double groundM) {
    double ground = Math.max(groundM, Slant.NEAREST_M);
    double slant = Slant.distanceM(ground, baseHeightM, mobileHeightM);
    double breakpoint =
        4
            * (baseHeightM - EFFECTIVE_M)
            * (mobileHeightM - EFFECTIVE_M)
            * frequencyGhz
            * 1e9
            / Slant.LIGHT_M_S;
    double logF = Math.log10(frequencyGhz);
    if (ground <= breakpoint) {
      return 28 + 22 * Math.log10(slant) + 20 * logF;
    }
    double rise = baseHeightM - mobileHeightM;
    return 28
        + 40 * Math.log10(slant)
        + 20 * logF
        - 9 * Math.log10(breakpoint * breakpoint + rise * rise);
  }

  /** Loss out of sight, dB: never under that in sight; parameters as in {@link #losLossDb}. */
  public static double nlosLossDb(
      double frequencyGhz, double baseHeightM, double mobileHeightM, double groundM) {
    double slant = Slant.distanceM(Math.max(groundM, Slant.NEAREST_M), baseHeightM, mobileHeightM);
    double loss =
        13.54
            + 39.08 * Math.log10(slant)
            + 20 * Math.log10(frequencyGhz)
            - 0.6 * (mobileHeightM - 1.5);
    return Math.max(loss, losLossDb(frequencyGhz, baseHeightM, mobileHeightM, groundM));
  }

  /** Probability of line of sight at a distance on the ground in m, for a handset under 13 m. */
  public static double losProbability(double groundM) {
    if (groundM <= 18) {
      return 1;
    }
    double near = 18 / groundM;
    return near + Math.exp(-groundM / 63) * (1 - near);
  }
}
