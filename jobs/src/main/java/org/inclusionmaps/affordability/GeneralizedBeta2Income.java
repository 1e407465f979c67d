package org.inclusionmaps.affordability;

import org.hipparchus.special.Beta;

/**
 * Incomes by the generalised beta distribution of the second kind: with u = a ln(y / b) and w = e^u
 * / (1 + e^u), the share below y is I_w(p, q), the regularised incomplete beta function. Source: J.
 * B. McDonald, Some generalized functions for the size distribution of income, Econometrica 52
 * (1984).
 *
 * @param a shape of the whole, above 0
 * @param b scale, in any money a month, above 0
 * @param p shape of the poor end, above 0
 * @param q shape of the rich end, above 0; aq must be above 1 for there to be a mean
 */
public record GeneralizedBeta2Income(double a, double b, double p, double q)
    implements IncomeDistribution {
  /** Parts of the area under e^−x beyond this are below the last digit. */
  private static final double NEGLIGIBLE = 37;

  private static final int HALVINGS = 100;

  public GeneralizedBeta2Income {
    if (!isPositive(a) || !isPositive(b) || !isPositive(p) || !isPositive(q) || !(a * q > 1)) {
      throw new IllegalArgumentException(
          "a %s, b %s, p %s and q %s must be above 0, and aq above 1".formatted(a, b, p, q));
    }
  }

  /** b B(p + 1/a, q − 1/a) / B(p, q). */
  @Override
  public double mean() {
    return b * Math.exp(Beta.logBeta(p + 1 / a, q - 1 / a) - Beta.logBeta(p, q));
  }

  /** H(z) = I_w(p, q). */
  @Override
  public double shareBelow(double income) {
    Require.number(income);
    return income > 0 ? personsBelow(u(income)) : 0;
  }

  /** PG(z) = I_w(p, q) − (mean / z) I_w(p + 1/a, q − 1/a): the latter is the share of income. */
  @Override
  public double shortfall(double line) {
    Require.number(line);
    if (!(line > 0)) {
      return 0;
    }
    double u = u(line);
    return Math.max(0, personsBelow(u) - mean() / line * incomeBelow(u));
  }

  /** L(x) = I_w(p + 1/a, q − 1/a) where I_w(p, q) = x. */
  @Override
  public double incomeShareOfPoorest(double share) {
    Require.share(share);
    if (share == 0 || share == 1) {
      return share;
    }
    double low = -1;
    while (personsBelow(low) > share) {
      low *= 2;
    }
    double high = 1;
    while (personsBelow(high) < share) {
      high *= 2;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (personsBelow(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return incomeBelow(high);
  }

  /**
   * Gini coefficient, by 1 − G = 2 ∫ (1 − F) dF₁ with F₁ the share of income below: the mean of two
   * persons' lesser income. The integrand over u is smooth and dies out at both ends, so that equal
   * steps converge faster than any power of the step.
   */
  @Override
  public double gini() {
    double p1 = p + 1 / a;
    double q1 = q - 1 / a;
    double logBeta1 = Beta.logBeta(p1, q1);
    double start = (logBeta1 - NEGLIGIBLE) / p1;
    double end = (NEGLIGIBLE - logBeta1 - Beta.logBeta(p, q) - Math.log(q)) / (q1 + q);
    int steps = (int) Math.ceil((end - start) / (.25 * Math.min(1, Math.sqrt(1 / p + 1 / q))));
    double step = (end - start) / steps;
    double area = 0;
    for (int i = 0; i <= steps; i++) {
      double u = start + i * step;
      double density = Math.exp(p1 * logOfShare(u) + q1 * logOfShare(-u) - logBeta1);
      area += density * below(-u, q, p) * step;
    }
    return Math.min(1, Math.max(0, 1 - 2 * area));
  }

  @Override
  public GeneralizedBeta2Income scaledTo(double mean) {
    Require.mean(mean);
    return new GeneralizedBeta2Income(a, b * (mean / mean()), p, q);
  }

  private double u(double income) {
    return a * Math.log(income / b);
  }

  private double personsBelow(double u) {
    return below(u, p, q);
  }

  private double incomeBelow(double u) {
    return below(u, p + 1 / a, q - 1 / a);
  }

  /** I_w(p, q), from the end that is nearer: 1 − w keeps its digits where w is all but 1. */
  private static double below(double u, double p, double q) {
    double nearer = 1 / (1 + Math.exp(Math.abs(u)));
    return u < 0 ? Beta.regularizedBeta(nearer, p, q) : 1 - Beta.regularizedBeta(nearer, q, p);
  }

  /** ln w. */
  private static double logOfShare(double u) {
    return u > 0 ? -Math.log1p(Math.exp(-u)) : u - Math.log1p(Math.exp(u));
  }

  private static boolean isPositive(double parameter) {
    return parameter > 0 && !Double.isInfinite(parameter);
  }
}
