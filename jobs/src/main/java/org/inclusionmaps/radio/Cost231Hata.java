package org.inclusionmaps.radio;

/**
 * Median path loss by the COST-231 extension of Hata's model. Source: COST Action 231 final report,
 * EUR 18957 (1999), section 4.4.1.
 *
 * <p>The fit covers 1500 to 2000 MHz, antennas of 30 to 200 m, handsets of 1 to 10 m and distances
 * of 1 to 20 km; outside these it is only extrapolated. The report has no suburban and no open
 * form: here Hata's own corrections are taken from its urban loss.
 */
public final class Cost231Hata {
  private static final double METROPOLITAN_DB = 3;

  private Cost231Hata() {}

  /**
   * Urban loss in dB, medium city.
   *
   * @param frequencyMhz carrier frequency, 1500 to 2000 MHz
   * @param baseHeightM antenna height above ground, 30 to 200 m
   * @param mobileHeightM handset height above ground, 1 to 10 m
   * @param distanceKm ground distance, 1 to 20 km
   */
  public static double urbanLossDb(
      double frequencyMhz, double baseHeightM, double mobileHeightM, double distanceKm) {
    return basicLossDb(frequencyMhz, baseHeightM, distanceKm)
        - OkumuraHata.mobileCorrectionDb(frequencyMhz, mobileHeightM);
  }

  /** Loss in dB in a metropolitan centre; parameters as in {@link #urbanLossDb}. */
  public static double metropolitanLossDb(
      double frequencyMhz, double baseHeightM, double mobileHeightM, double distanceKm) {
    return basicLossDb(frequencyMhz, baseHeightM, distanceKm)
        - OkumuraHata.largeCityMobileCorrectionDb(frequencyMhz, mobileHeightM)
        + METROPOLITAN_DB;
  }

  /** Suburban loss in dB; parameters as in {@link #urbanLossDb}. */
  public static double suburbanLossDb(
      double frequencyMhz, double baseHeightM, double mobileHeightM, double distanceKm) {
    return urbanLossDb(frequencyMhz, baseHeightM, mobileHeightM, distanceKm)
        - OkumuraHata.suburbanCorrectionDb(frequencyMhz);
  }

  /** Loss over open land in dB; parameters as in {@link #urbanLossDb}. */
  public static double openLossDb(
      double frequencyMhz, double baseHeightM, double mobileHeightM, double distanceKm) {
    return urbanLossDb(frequencyMhz, baseHeightM, mobileHeightM, distanceKm)
        - OkumuraHata.openCorrectionDb(frequencyMhz);
  }

  private static double basicLossDb(double frequencyMhz, double baseHeightM, double distanceKm) {
    return 46.3
        + 33.9 * Math.log10(frequencyMhz)
        - 13.82 * Math.log10(baseHeightM)
        + OkumuraHata.slopeDb(baseHeightM) * Math.log10(distanceKm);
  }
}
