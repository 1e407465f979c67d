package org.inclusionmaps.radio;

/**
 * Path loss of a rural macro cell (RMa). Source: 3GPP TR 38.901, tables 7.4.1-1 and 7.4.2-1.
 *
 * <p>Given for 0.5 to 30 GHz, antennas of 10 to 150 m, handsets of 1 to 10 m, to 10 km in line of
 * sight and to 5 km out of it; beyond these it is extrapolated. Nearer than 10 m, 10 m is taken.
 * Distances are on the ground; losses use the slant distance.
 */
public final class RuralMacro {
  /** Mean height of buildings and width of streets where nothing else is known, m. */
  private static final double BUILDING_HEIGHT_M = 5;

  private static final double STREET_WIDTH_M = 20;

  /** Standard deviation of shadowing out of sight, dB. */
  public static final double NLOS_SIGMA_DB = 8;

  private RuralMacro() {}

  /**
   * Loss in line of sight, dB.
   *
   * @param frequencyGhz carrier frequency, 0.5 to 30 GHz
   * @param baseHeightM antenna height above ground, 10 to 150 m
   * @param mobileHeightM handset height above ground, 1 to 10 m
   * @param groundM distance on the ground, 10 to 10,000 m
   */
  public static double losLossDb(
      double frequencyGhz, double baseHeightM, double mobileHeightM, double groundM) {
    double ground = Math.max(groundM, Slant.NEAREST_M);
    double slant = Slant.distanceM(ground, baseHeightM, mobileHeightM);
    double breakpoint = breakpointM(frequencyGhz, baseHeightM, mobileHeightM);
    if (ground <= breakpoint) {
      return nearLossDb(frequencyGhz, slant);
    }
    return nearLossDb(frequencyGhz, breakpoint) + 40 * Math.log10(slant / breakpoint);
  }

  /** Loss out of sight, dB: never under that in sight; parameters as in {@link #losLossDb}. */
  public static double nlosLossDb(
      double frequencyGhz, double baseHeightM, double mobileHeightM, double groundM) {
    double slant = Slant.distanceM(Math.max(groundM, Slant.NEAREST_M), baseHeightM, mobileHeightM);
    double ratio = BUILDING_HEIGHT_M / baseHeightM;
    double logBase = Math.log10(baseHeightM);
    double logMobile = Math.log10(11.75 * mobileHeightM);
    double loss =
        161.04
            - 7.1 * Math.log10(STREET_WIDTH_M)
            + 7.5 * Math.log10(BUILDING_HEIGHT_M)
            - (24.37 - 3.7 * ratio * ratio) * logBase
            + (43.42 - 3.1 * logBase) * (Math.log10(slant) - 3)
            + 20 * Math.log10(frequencyGhz)
            - (3.2 * logMobile * logMobile - 4.97);
    return Math.max(loss, losLossDb(frequencyGhz, baseHeightM, mobileHeightM, groundM));
  }

  /** Probability of line of sight at a distance on the ground in m. */
  public static double losProbability(double groundM) {
    return groundM <= 10 ? 1 : Math.exp(-(groundM - 10) / 1000);
  }

  /** Standard deviation of shadowing in sight, dB: it grows beyond the breakpoint. */
  public static double losSigmaDb(
      double frequencyGhz, double baseHeightM, double mobileHeightM, double groundM) {
    return groundM <= breakpointM(frequencyGhz, baseHeightM, mobileHeightM) ? 4 : 6;
  }

  private static double breakpointM(double frequencyGhz, double baseHeightM, double mobileHeightM) {
    return 2 * Math.PI * baseHeightM * mobileHeightM * frequencyGhz * 1e9 / Slant.LIGHT_M_S;
  }

  private static double nearLossDb(double frequencyGhz, double slantM) {
    double power = Math.pow(BUILDING_HEIGHT_M, 1.72);
    return 20 * Math.log10(40 * Math.PI * slantM * frequencyGhz / 3)
        + Math.min(0.03 * power, 10) * Math.log10(slantM)
        - Math.min(0.044 * power, 14.77)
        + 0.002 * Math.log10(BUILDING_HEIGHT_M) * slantM;
  }
}
