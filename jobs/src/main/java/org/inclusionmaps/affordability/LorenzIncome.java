package org.inclusionmaps.affordability;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Incomes of a mean that are shared along a Lorenz curve: H(z) is where the curve's slope is z /
 * mean. The curve is chosen once, with the distribution, and never by the line: a choice for each
 * line would let the share below fall where a dearer price meets the other curve.
 *
 * @param mean mean income, in any money a month, above 0
 * @param curve how income is shared, a valid curve
 */
public record LorenzIncome(double mean, LorenzCurve curve) implements IncomeDistribution {
  public LorenzIncome {
    Require.mean(mean);
    if (!curve.isValid()) {
      throw new IllegalArgumentException(curve + " is the curve of no incomes");
    }
  }

  /**
   * Incomes from points of a Lorenz curve, by the curve that fits best over the whole of it: prices
   * and so lines differ from place to place, and no one headcount speaks for them all.
   *
   * @param mean mean income, above 0
   * @param p shares of persons, as in {@link LorenzPoints#of}
   * @param l the share of all income that they have
   */
  public static LorenzIncome of(double mean, double[] p, double[] l) {
    return of(mean, LorenzPoints.of(p, l), 1);
  }

  /**
   * Incomes from the shares of income of fifths or other equal parts of the population, by the
   * curve that fits best over the whole of it.
   *
   * @param mean mean income, above 0
   * @param shares shares of income, the poorest first, as in {@link LorenzPoints#ofShares}
   */
  public static LorenzIncome ofShares(double mean, double... shares) {
    return of(mean, LorenzPoints.ofShares(shares), 1);
  }

  /**
   * Incomes from points of a Lorenz curve, by the curve that fits best up to a headcount: the
   * quadratic or the beta curve, whichever is valid; of two, that with the smaller sum of squared
   * errors, the quadratic one in a tie; of none, the {@link InterpolatedLorenz}. Source: G. Datt,
   * Computational Tools for Poverty Measurement and Analysis, IFPRI FCND paper 50 (1998).
   *
   * @param mean mean income, above 0
   * @param upTo share of persons up to whom errors count, 0 to 1; 1 for the whole curve
   */
  public static LorenzIncome of(double mean, LorenzPoints points, double upTo) {
    Optional<LorenzCurve> best =
        Stream.<Optional<? extends LorenzCurve>>of(
                QuadraticLorenz.fit(points), BetaLorenz.fit(points))
            .<LorenzCurve>flatMap(Optional::stream)
            .filter(LorenzCurve::isValid)
            .reduce(
                (first, second) ->
                    second.sumOfSquaredErrors(points, upTo) < first.sumOfSquaredErrors(points, upTo)
                        ? second
                        : first);
    return new LorenzIncome(mean, best.orElseGet(() -> InterpolatedLorenz.through(points)));
  }

  /**
   * Which form of curve it is; outputs name it, above all {@link LorenzCurve.Form#INTERPOLATED}.
   */
  public LorenzCurve.Form form() {
    return curve.form();
  }

  @Override
  public double shareBelow(double income) {
    Require.number(income);
    return income > 0 ? curve.shareBelow(income / mean) : 0;
  }

  @Override
  public double shortfall(double line) {
    double below = shareBelow(line);
    return below > 0 ? Math.max(0, below - mean / line * curve.at(below)) : 0;
  }

  @Override
  public double incomeShareOfPoorest(double share) {
    Require.share(share);
    return share == 1 ? 1 : curve.at(share);
  }

  @Override
  public double gini() {
    return curve.gini();
  }

  @Override
  public LorenzIncome scaledTo(double mean) {
    return new LorenzIncome(mean, curve);
  }
}
