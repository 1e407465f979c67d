package org.inclusionmaps.affordability;

/**
 * A Lorenz curve: the share L(p) of all income that the poorest share p of persons has. Its slope
 * is the income of the person at p as a multiple of the mean.
 */
public interface LorenzCurve {
  /** The forms of curve that there are. */
  enum Form {
    /** {@link QuadraticLorenz}. */
    QUADRATIC,
    /** {@link BetaLorenz}. */
    BETA,
    /** {@link InterpolatedLorenz}: neither of the others suits; say so where it is used. */
    INTERPOLATED
  }

  /** Which form of curve it is. */
  Form form();

  /**
   * Whether it is the curve of some incomes: from (0, 0) to (1, 1), rising and convex. Where it is
   * not, the other methods give numbers without a meaning.
   */
  boolean isValid();

  /**
   * Share of all income of the poorest share of persons, 0 to p.
   *
   * @param p share of persons, 0 to 1
   */
  double at(double p);

  /**
   * Share of persons, 0 to 1, with less than an income: where the slope comes to that income.
   *
   * @param multiple the income as a multiple of the mean, above 0, infinite allowed
   */
  double shareBelow(double multiple);

  /** Gini coefficient, 0 to 1: 1 less twice the area under the curve. */
  double gini();

  /**
   * How badly it fits points: the sum of (L − L(P))² over those with P up to a share of persons.
   * Source: Datt (1998), who counts the poor alone.
   *
   * @param upTo share of persons, 0 to 1; 1 for the whole curve
   */
  default double sumOfSquaredErrors(LorenzPoints points, double upTo) {
    Require.share(upTo);
    double sum = 0;
    for (int i = 0; i < points.size() && points.p(i) <= upTo; i++) {
      double error = points.l(i) - at(points.p(i));
      sum += error * error;
    }
    return sum;
  }
}
