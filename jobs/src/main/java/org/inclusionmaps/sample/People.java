package org.inclusionmaps.sample;

import java.io.Serializable;

/**
 * Draws persons. Incomes are a mixture that is not lognormal: formal work pays by a Dagum
 * distribution, informal work by a Weibull, each shifted by schooling, sex, age, kind of settlement
 * and district.
 */
final class People implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Affordable: a basket of at most this share of one's own income. */
  private static final double AFFORDABLE_SHARE = 0.02;

  private static final double FORMAL_SCALE = 2_900;
  private static final double INFORMAL_SCALE = 1_900;
  private static final double WOMEN_EARN = 0.78;
  private static final double OLDEST = 95;

  private final Draws draws;
  private final double[] prices;

  /**
   * Persons of a country.
   *
   * @param prices of the cheapest basket of each operator, in the order of their index
   */
  People(Draws draws, double[] prices) {
    this.draws = draws;
    this.prices = prices.clone();
  }

  /** The nth person of a home, from 0. */
  Person of(Home home, long nth) {
    long id = home.firstPerson() + nth;
    boolean rural = home.kind().settlementType().equals("rural");
    int age = age(id, rural);
    Sex sex = draws.uniform(What.SEX, id) < 0.493 + 0.0004 * age ? Sex.FEMALE : Sex.MALE;
    double years = age / OLDEST;
    boolean disabled = draws.uniform(What.DISABILITY, id) < 0.03 + 0.4 * years * years;
    double education = education(id, home.kind(), sex, age, rural);
    boolean adult = age >= Person.ADULT;
    double income = adult ? income(id, home, sex, age, disabled, education) : 0;
    boolean covered = Network.usable(home.network());
    boolean affordable = adult && price(home.network()) <= AFFORDABLE_SHARE * income;
    boolean connected =
        adult
            && covered
            && draws.uniform(What.CONNECTION, id)
                < propensity(sex, age, disabled, education, affordable);
    return new Person(id, sex, age, disabled, education, income, covered, affordable, connected);
  }

  /** The price of the cheapest basket of those who serve with 4G or newer; infinite if none. */
  double price(int network) {
    double price = Double.POSITIVE_INFINITY;
    for (Operator operator : Operator.values()) {
      if (Network.usable(network, operator)) {
        price = StrictMath.min(price, prices[operator.index()]);
      }
    }
    return price;
  }

  private int age(long id, boolean rural) {
    double mean = rural ? 38 : 46;
    double most = 1 - StrictMath.exp(-OLDEST / mean);
    return (int) (-mean * StrictMath.log(1 - draws.uniform(What.AGE, id) * most));
  }

  private double education(long id, Kind kind, Sex sex, int age, boolean rural) {
    double old = 0.016 * StrictMath.max(0, age - 25);
    double kept = sex == Sex.FEMALE ? (rural ? 0.25 : 0.08) + 0.2 * old : 0;
    return draws.normal(What.EDUCATION, id) + kind.education() - old - kept;
  }

  private double income(long id, Home home, Sex sex, int age, boolean disabled, double education) {
    double formal = logistic(-0.5 + 1.0 * education);
    double u = draws.uniform(What.INCOME, id);
    double work =
        draws.uniform(What.INFORMAL, id) < formal
            ? FORMAL_SCALE * dagum(u, 3.4, 0.75)
            : INFORMAL_SCALE * StrictMath.pow(-StrictMath.log(u), 1 / 1.45);
    double stage = age < 25 ? 0.68 : age < 50 ? 1.04 : age < 65 ? 1 : 0.78;
    double factor =
        home.kind().income()
            * StrictMath.exp(0.14 * draws.normal(What.DISTRICT_INCOME, home.district()))
            * StrictMath.exp(0.2 * education)
            * stage
            * (sex == Sex.FEMALE ? WOMEN_EARN : 1)
            * (disabled ? 0.84 : 1);
    // Nobody lives on nothing: gifts and transfers.
    return StrictMath.rint(100 * (60 + work * factor)) / 100;
  }

  /** The quantile of a Dagum distribution of scale 1. */
  private static double dagum(double u, double a, double p) {
    return StrictMath.pow(StrictMath.pow(u, -1 / p) - 1, -1 / a);
  }

  private static double propensity(
      Sex sex, int age, boolean disabled, double education, boolean affordable) {
    return logistic(
        0.1
            + (affordable ? 1.5 : 0)
            + 0.7 * education
            - 0.045 * StrictMath.max(0, age - 40)
            - (sex == Sex.FEMALE ? 0.3 : 0)
            - (disabled ? 0.5 : 0));
  }

  static double logistic(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
