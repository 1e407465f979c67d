package org.inclusionmaps.estimation;

/**
 * Rates of areas, moved together on the logit scale so that their persons sum to a known total:
 * rates stay within 0 and 1, and each keeps its odds relative to the others.
 *
 * <p>Source: it is raking (SPREE: N. J. Purcell, L. Kish, Int. Stat. Review 48 (1980) 3-18) of the
 * table of those with and without to the areas' persons and the total. A raked cell is its seed
 * times a factor of its row and one of its column; in a row's odds, with to without, the row's
 * factor cancels, and e^δ is the ratio of the two columns'.
 */
public final class LogitShift {
  private static final int MOST_STEPS = 200;

  private LogitShift() {}

  /** Persons who can move: their least and most log-odds, and the total that they should make. */
  private record Free(double persons, double total, double least, double most) {}

  /**
   * The shift δ at which Σ N expit(logit p + δ) is the total.
   *
   * @param persons N of each area, finite and 0 or more
   * @param rates p of each area, 0 to 1; those of exactly 0 or 1 stay
   * @param total what the rates' persons should sum to, 0 or more
   * @throws InfeasibleException if the total is not above the persons at rate 1, or not below those
   *     of rates above 0: no finite shift gives it. A total that the persons at rate 1 make alone,
   *     where no other rate is above 0, gives 0
   */
  public static double of(double[] persons, double[] rates, double total) {
    if (persons.length != rates.length || !(total >= 0)) {
      throw new IllegalArgumentException(
          "persons of %d areas and rates of %d must be as many, the total %s 0 or more"
              .formatted(persons.length, rates.length, total));
    }
    double fixed = 0;
    double free = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < rates.length; i++) {
      require(persons[i], rates[i]);
      if (rates[i] == 1) {
        fixed += persons[i];
      } else if (rates[i] > 0 && persons[i] > 0) {
        free += persons[i];
        least = Math.min(least, logit(rates[i]));
        most = Math.max(most, logit(rates[i]));
      }
    }
    if (free == 0 && Math.abs(total - fixed) <= 1e-9 * fixed) {
      return 0;
    }
    if (!(total > fixed && total < fixed + free)) {
      throw new InfeasibleException(
          "total %s must be above %s (persons at rate 1) and below %s (at rates above 0)"
              .formatted(total, fixed, fixed + free),
          0,
          0,
          total,
          total > fixed ? fixed + free : fixed);
    }
    return solve(persons, rates, new Free(free, total - fixed, least, most));
  }

  /** The rate expit(logit p + δ), 0 to 1; rates of 0 and 1 stay. */
  public static double apply(double rate, double shift) {
    if (rate == 0 || rate == 1) {
      return rate;
    }
    return rate / (rate + (1 - rate) * Math.exp(-shift));
  }

  /**
   * Newton's method on the logit of the share of persons, which is nearly a straight line in the
   * shift; a step that leaves the bracket halves it instead. If all areas had the least log-odds
   * the shift would be the bracket's upper end, if the most its lower end.
   */
  private static double solve(double[] persons, double[] rates, Free free) {
    double target = Math.log(free.total / (free.persons - free.total));
    double low = target - free.most;
    double high = target - free.least;
    double shift = Math.max(low, Math.min(high, 0.5 * (low + high)));
    for (int step = 0; step < MOST_STEPS; step++) {
      double sum = 0;
      double slope = 0;
      for (int i = 0; i < rates.length; i++) {
        if (rates[i] > 0 && rates[i] < 1) {
          double moved = apply(rates[i], shift);
          sum += persons[i] * moved;
          slope += persons[i] * moved * (1 - moved);
        }
      }
      if (sum > free.total) {
        high = shift;
      } else {
        low = shift;
      }
      double share = sum / free.persons;
      double next = shift + (target - logit(share)) * share * (1 - share) * free.persons / slope;
      if (!(next > low && next < high)) {
        next = 0.5 * (low + high);
      }
      if (Math.abs(next - shift) <= 1e-15 * (1 + Math.abs(shift))) {
        break;
      }
      shift = next;
    }
    return shift;
  }

  private static double logit(double rate) {
    return Math.log(rate / (1 - rate));
  }

  private static void require(double persons, double rate) {
    if (!(persons >= 0) || Double.isInfinite(persons) || !(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          "persons %s must be finite and 0 or more, rate %s 0 to 1".formatted(persons, rate));
    }
  }
}
