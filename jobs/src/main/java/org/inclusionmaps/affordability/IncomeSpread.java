package org.inclusionmaps.affordability;

/**
 * The spread of incomes within places, given that of the nation and the means of its areas: the
 * variance of the logarithm of income is the variance within areas plus that between them. The
 * nation's own spread must not be used again inside each place.
 *
 * @param sigma standard deviation of the logarithm of income within a place
 * @param means mean income of each area; moved towards the national mean where shrunk
 * @param shrunk whether the areas differed more than the nation's spread allows
 */
@SuppressWarnings("ArrayRecordComponent") // A kernel's result, read once, never compared.
public record IncomeSpread(double sigma, double[] means, boolean shrunk) {
  /** At least this part of the nation's variance is within places. */
  public static final double LEAST_WITHIN = 0.1;

  /**
   * Splits the nation's variance.
   *
   * <p>Where the areas' means alone would leave less than {@link #LEAST_WITHIN} of it within
   * places, their logarithms are moved towards their mean until that much is left, and then all
   * scaled to keep the national mean.
   *
   * @param nationalSigma standard deviation of the logarithm of income in the nation, 0 or more
   * @param persons persons of each area, 0 or more, some above 0
   * @param areaMeans mean income of each area, above 0
   */
  public static IncomeSpread within(double nationalSigma, double[] persons, double[] areaMeans) {
    check(nationalSigma, persons, areaMeans);
    double total = 0;
    double logMean = 0;
    double money = 0;
    for (int i = 0; i < persons.length; i++) {
      total += persons[i];
      logMean += persons[i] * Math.log(areaMeans[i]);
      money += persons[i] * areaMeans[i];
    }
    if (!(total > 0)) {
      throw new IllegalArgumentException("no area has persons");
    }
    logMean /= total;
    double between = 0;
    for (int i = 0; i < persons.length; i++) {
      double apart = Math.log(areaMeans[i]) - logMean;
      between += persons[i] / total * apart * apart;
    }
    double variance = nationalSigma * nationalSigma;
    if (between <= (1 - LEAST_WITHIN) * variance) {
      return new IncomeSpread(Math.sqrt(variance - between), areaMeans.clone(), false);
    }
    double factor = Math.sqrt((1 - LEAST_WITHIN) * variance / between);
    return new IncomeSpread(
        Math.sqrt(LEAST_WITHIN * variance),
        shrink(persons, areaMeans, logMean, factor, money),
        factor < 1 - 1e-12);
  }

  private static double[] shrink(
      double[] persons, double[] areaMeans, double logMean, double factor, double money) {
    double[] means = new double[areaMeans.length];
    double shrunkMoney = 0;
    for (int i = 0; i < means.length; i++) {
      means[i] = Math.exp(logMean + factor * (Math.log(areaMeans[i]) - logMean));
      shrunkMoney += persons[i] * means[i];
    }
    for (int i = 0; i < means.length; i++) {
      means[i] *= money / shrunkMoney;
    }
    return means;
  }

  private static void check(double nationalSigma, double[] persons, double[] areaMeans) {
    if (!(nationalSigma >= 0) || persons.length != areaMeans.length) {
      throw new IllegalArgumentException(
          "sigma %s must be 0 or more, and %d areas have %d means"
              .formatted(nationalSigma, persons.length, areaMeans.length));
    }
    for (int i = 0; i < persons.length; i++) {
      if (!(persons[i] >= 0) || !(areaMeans[i] > 0)) {
        throw new IllegalArgumentException(
            "persons %s must be 0 or more, mean %s above 0".formatted(persons[i], areaMeans[i]));
      }
    }
  }
}
