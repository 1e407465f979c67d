package org.inclusionmaps.affordability;

import java.util.Optional;
import org.hipparchus.special.Beta;

/**
 * The beta Lorenz curve: L = p − θ p^γ (1 − p)^δ. Sources: N. Kakwani, On a class of poverty
 * measures, Econometrica 48 (1980); G. Datt, Computational Tools for Poverty Measurement and
 * Analysis, IFPRI FCND paper 50 (1998).
 *
 * <p>Where γ is below 1, as it is in most fits, the formula gives the very poorest less than
 * nothing. Here they have nothing: the curve is 0 where the formula is below 0. That leaves it the
 * same wherever it is above 0, and makes it a Lorenz curve.
 *
 * @param theta θ, above 0
 * @param gamma γ, above 0
 * @param delta δ, above 0
 */
public record BetaLorenz(double theta, double gamma, double delta) implements LorenzCurve {
  /** Incomes may be negative for less than this share of persons; Datt (1998) checks there. */
  public static final double POOREST = 0.001;

  private static final int HALVINGS = 60;

  public BetaLorenz {
    if (!isPositive(theta) || !isPositive(gamma) || !isPositive(delta)) {
      throw new IllegalArgumentException(
          "theta %s, gamma %s and delta %s must be above 0".formatted(theta, gamma, delta));
    }
  }

  /**
   * The curve that fits points best, by least squares of ln(P − L) = ln θ + γ ln P + δ ln(1 − P) on
   * every point but the ends; none where the points do not tell three coefficients above 0, or
   * where one is at equality, which has no logarithm. It need not be valid.
   */
  public static Optional<BetaLorenz> fit(LorenzPoints points) {
    double[][] x = new double[points.size()][];
    double[] y = new double[points.size()];
    for (int i = 0; i < y.length; i++) {
      double p = points.p(i);
      if (!(points.l(i) < p)) {
        return Optional.empty();
      }
      x[i] = new double[] {1, Math.log(p), Math.log1p(-p)};
      y[i] = Math.log(p - points.l(i));
    }
    return LeastSquares.solve(x, y)
        .filter(k -> isPositive(Math.exp(k[0])) && isPositive(k[1]) && isPositive(k[2]))
        .map(k -> new BetaLorenz(Math.exp(k[0]), k[1], k[2]));
  }

  @Override
  public Form form() {
    return Form.BETA;
  }

  /**
   * Whether it is the curve of some incomes: convex, which it is where neither γ nor δ is above 1,
   * and rising from {@link #POOREST} on.
   */
  @Override
  public boolean isValid() {
    return gamma <= 1 && delta <= 1 && slope(POOREST) >= 0;
  }

  @Override
  public double at(double p) {
    Require.share(p);
    return Math.max(0, p - theta * Math.pow(p, gamma) * Math.pow(1 - p, delta));
  }

  /** Solves θ H^γ (1 − H)^δ (γ/H − δ/(1 − H)) = 1 − z/mean. */
  @Override
  public double shareBelow(double multiple) {
    Require.number(multiple);
    if (!(multiple > 0)) {
      return 0;
    }
    // Halving keeps the share from falling as the line rises, to the last bit.
    return bisect(multiple);
  }

  /**
   * G = 2θ B(1 + γ, 1 + δ), less what the poorest who have nothing would take from it: with h their
   * share, h² + 2θ B(1 + γ, 1 + δ)(1 − I_h(1 + γ, 1 + δ)).
   */
  @Override
  public double gini() {
    double none = bisect(0);
    double area = Math.exp(Beta.logBeta(1 + gamma, 1 + delta));
    return none * none + 2 * theta * area * (1 - Beta.regularizedBeta(none, 1 + gamma, 1 + delta));
  }

  /** The share of persons where income comes to a multiple of the mean; at 0, who has nothing. */
  private double bisect(double multiple) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double p = (low + high) / 2;
      if (hasNothing(p) || slope(p) < multiple) {
        low = p;
      } else {
        high = p;
      }
    }
    return high;
  }

  private boolean hasNothing(double p) {
    return theta * Math.pow(p, gamma - 1) * Math.pow(1 - p, delta) > 1;
  }

  /** Income at p as a multiple of the mean, before the poorest are lifted to nothing. */
  private double slope(double p) {
    return 1 - theta * Math.pow(p, gamma) * Math.pow(1 - p, delta) * (gamma / p - delta / (1 - p));
  }

  private static boolean isPositive(double coefficient) {
    return coefficient > 0 && !Double.isInfinite(coefficient);
  }
}
