package org.inclusionmaps.affordability;

/**
 * Incomes of a group of persons: how many have less than a line, how far they are below it, and how
 * all income is shared. Incomes are 0 or more, in any money a month; a line or an income that is
 * not a number is refused, so that missing prices never count as affordable.
 */
public interface IncomeDistribution {
  /** Mean income, above 0, in the same money as every line. */
  double mean();

  /**
   * Share of persons with strictly less than an income: H(z), 0 to 1. Who has exactly that income
   * is not below it.
   *
   * @param income any number or infinite; 0 is given where it is 0 or less
   */
  double shareBelow(double income);

  /**
   * Mean shortfall below a line as a share of the line, those not below it counted as 0: PG(z) =
   * H(z) − (mean / z) L(H(z)), 0 to H(z). Source: G. Datt, Computational Tools for Poverty
   * Measurement and Analysis, IFPRI FCND paper 50 (1998).
   *
   * @param line any number or infinite; 0 is given where it is 0 or less
   */
  double shortfall(double line);

  /**
   * Share of all income that the poorest share of persons has, 0 to 1: the Lorenz curve L(x).
   *
   * @param share share of persons, 0 to 1
   */
  double incomeShareOfPoorest(double share);

  /**
   * Mean income of the poorest share of persons: mean · L(x) / x.
   *
   * @param share share of persons, above 0 to 1
   */
  default double meanOfPoorest(double share) {
    if (!(share > 0)) {
      throw new IllegalArgumentException("share is " + share + " but must be above 0");
    }
    return mean() * incomeShareOfPoorest(share) / share;
  }

  /** Gini coefficient, 0 (all alike) to 1: 1 less twice the area under the Lorenz curve. */
  double gini();

  /**
   * The same distribution with every income multiplied so that the mean is another one.
   *
   * @param mean the mean to have, above 0 and finite
   */
  IncomeDistribution scaledTo(double mean);
}
