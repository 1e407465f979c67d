package org.inclusionmaps.radio;

/**
 * Median path loss by the Okumura-Hata model. Source: M. Hata, "Empirical formula for propagation
 * loss in land mobile radio services", IEEE Trans. Veh. Tech. VT-29 (1980).
 *
 * <p>The fit covers 150 to 1500 MHz, antennas of 30 to 200 m, handsets of 1 to 10 m and distances
 * of 1 to 20 km. Outside these the formulas are only extrapolated; nearer than about 300 m they can
 * fall below free space, which {@link LinkBudget} does not allow.
 */
public final class OkumuraHata {
  private OkumuraHata() {}

  /**
   * Urban loss in dB, small or medium city.
   *
   * @param frequencyMhz carrier frequency, 150 to 1500 MHz
   * @param baseHeightM antenna height above ground, 30 to 200 m
   * @param mobileHeightM handset height above ground, 1 to 10 m
   * @param distanceKm ground distance, 1 to 20 km
   */
  public static double urbanLossDb(
      double frequencyMhz, double baseHeightM, double mobileHeightM, double distanceKm) {
    return basicLossDb(frequencyMhz, baseHeightM, distanceKm)
        - mobileCorrectionDb(frequencyMhz, mobileHeightM);
  }

  /** Urban loss in dB, large city; parameters as in {@link #urbanLossDb}. */
  public static double largeCityLossDb(
      double frequencyMhz, double baseHeightM, double mobileHeightM, double distanceKm) {
    return basicLossDb(frequencyMhz, baseHeightM, distanceKm)
        - largeCityMobileCorrectionDb(frequencyMhz, mobileHeightM);
  }

  /** Suburban loss in dB; parameters as in {@link #urbanLossDb}. */
  public static double suburbanLossDb(
      double frequencyMhz, double baseHeightM, double mobileHeightM, double distanceKm) {
    return urbanLossDb(frequencyMhz, baseHeightM, mobileHeightM, distanceKm)
        - suburbanCorrectionDb(frequencyMhz);
  }

  /** Loss over open land in dB; parameters as in {@link #urbanLossDb}. */
  public static double openLossDb(
      double frequencyMhz, double baseHeightM, double mobileHeightM, double distanceKm) {
    return urbanLossDb(frequencyMhz, baseHeightM, mobileHeightM, distanceKm)
        - openCorrectionDb(frequencyMhz);
  }

  /** How far suburban loss lies under urban loss, dB. */
  static double suburbanCorrectionDb(double frequencyMhz) {
    double ratio = Math.log10(frequencyMhz / 28);
    return 2 * ratio * ratio + 5.4;
  }

  /** How far loss over open land lies under urban loss, dB. */
  static double openCorrectionDb(double frequencyMhz) {
    double logF = Math.log10(frequencyMhz);
    return 4.78 * logF * logF - 18.33 * logF + 40.94;
  }

  /** The handset's height correction a(hm) of a small or medium city, dB. */
  static double mobileCorrectionDb(double frequencyMhz, double mobileHeightM) {
    double logF = Math.log10(frequencyMhz);
    return (1.1 * logF - 0.7) * mobileHeightM - (1.56 * logF - 0.8);
  }

  /** The handset's height correction a(hm) of a large city, dB; the formula changes at 300 MHz. */
  static double largeCityMobileCorrectionDb(double frequencyMhz, double mobileHeightM) {
    if (frequencyMhz >= 300) {
      double log = Math.log10(11.75 * mobileHeightM);
      return 3.2 * log * log - 4.97;
    }
    double log = Math.log10(1.54 * mobileHeightM);
    return 8.29 * log * log - 1.1;
  }

  private static double basicLossDb(double frequencyMhz, double baseHeightM, double distanceKm) {
    return 69.55
        + 26.16 * Math.log10(frequencyMhz)
        - 13.82 * Math.log10(baseHeightM)
        + slopeDb(baseHeightM) * Math.log10(distanceKm);
  }

  /** Loss in dB for each tenfold distance. */
  static double slopeDb(double baseHeightM) {
    return 44.9 - 6.55 * Math.log10(baseHeightM);
  }
}
