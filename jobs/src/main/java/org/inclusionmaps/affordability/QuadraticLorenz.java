package org.inclusionmaps.affordability;

import java.util.Optional;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The general quadratic Lorenz curve: L(1 − L) = a(p² − L) + bL(p − 1) + c(p − L), a piece of a
 * conic. Sources: J. A. Villaseñor, B. C. Arnold, Elliptical Lorenz curves, Journal of Econometrics
 * 40 (1989); G. Datt, Computational Tools for Poverty Measurement and Analysis, IFPRI FCND paper 50
 * (1998), with the letters e, m, n and r used here.
 *
 * @param a coefficient of p² − L, finite
 * @param b coefficient of L(p − 1), finite
 * @param c coefficient of p − L, finite
 */
public record QuadraticLorenz(double a, double b, double c) implements LorenzCurve {
  /** Over the angle whose squared sine is p the curve has no steep ends, so that these suffice. */
  private static final GaussIntegrator ANGLES =
      new GaussIntegratorFactory().legendre(64, 0, Math.PI / 2);

  public QuadraticLorenz {
    if (!Double.isFinite(a) || !Double.isFinite(b) || !Double.isFinite(c)) {
      throw new IllegalArgumentException(
          "coefficients %s, %s and %s must be finite".formatted(a, b, c));
    }
  }

  /**
   * The curve that fits points best, by least squares without an intercept on every point but the
   * ends; none where the points do not tell three coefficients. It need not be valid.
   */
  public static Optional<QuadraticLorenz> fit(LorenzPoints points) {
    double[][] x = new double[points.size()][];
    double[] y = new double[points.size()];
    for (int i = 0; i < y.length; i++) {
      double p = points.p(i);
      double l = points.l(i);
      x[i] = new double[] {p * p - l, l * (p - 1), p - l};
      y[i] = l * (1 - l);
    }
    return LeastSquares.solve(x, y).map(k -> new QuadraticLorenz(k[0], k[1], k[2]));
  }

  @Override
  public Form form() {
    return Form.QUADRATIC;
  }

  /**
   * Whether it is the curve of some incomes: e below 0 (it starts at 0), a + c of 1 or more (it
   * ends at 1), c of 0 or more (no income is negative), and its root real within 0 and 1, where it
   * is convex. Source: Datt (1998). The World Bank's programs let a + c fall to 0.9; the curve then
   * ends at a + c, and that part of the mean is nobody's, so it is not followed here.
   */
  @Override
  public boolean isValid() {
    double m = m();
    double n = n();
    boolean convex = n * n - 4 * m * e() * e() > 0 && (m <= 0 || n >= 0 || m < -n / 2);
    return e() < 0 && a + c >= 1 && c >= 0 && convex;
  }

  /** L = −½(bp + e + √(mp² + np + e²)). */
  @Override
  public double at(double p) {
    Require.share(p);
    // The root less |e|, written without their difference, which would lose the poorest.
    double l = -p / 2 * (b + (n() + m() * p) / (root(p) - e()));
    return Math.min(p, Math.max(0, l));
  }

  /**
   * H = −(n + ru/√(u² − m)) / 2m with u = b + 2z/mean: 0 where the poorest has that much, and 1
   * where the richest has less.
   */
  @Override
  public double shareBelow(double multiple) {
    Require.number(multiple);
    if (multiple <= slope(0)) {
      return 0;
    }
    if (multiple > slope(1)) {
      return 1;
    }
    double m = m();
    double n = n();
    double u = b + 2 * multiple;
    double squares = u * u - m;
    double r2 = n * n - 4 * m * e() * e();
    double k = -Math.sqrt(r2 / squares) * u;
    // Two forms of one root, equal by k² − n² = 4m(r²/4(u² − m) − e²): that which does not cancel.
    double h =
        Math.abs(k + n) > Math.abs(k - n)
            ? 2 * (r2 / (4 * squares) - e() * e()) / (k + n)
            : (k - n) / (2 * m);
    return Math.min(1, Math.max(0, h));
  }

  @Override
  public double gini() {
    return 1
        - 2
            * ANGLES.integrate(
                angle -> {
                  double sine = Math.sin(angle);
                  return at(sine * sine) * Math.sin(2 * angle);
                });
  }

  /** Income at p as a multiple of the mean. */
  private double slope(double p) {
    return -(b + (2 * m() * p + n()) / (2 * root(p))) / 2;
  }

  /** √(mp² + np + e²), which is −e at 0 and |a + c − 1| at 1. */
  private double root(double p) {
    return p == 1 ? Math.abs(a + c - 1) : Math.sqrt(Math.max(0, m() * p * p + n() * p + e() * e()));
  }

  private double e() {
    return -(a + b + c + 1);
  }

  private double m() {
    return b * b - 4 * a;
  }

  private double n() {
    return 2 * b * e() - 4 * c;
  }
}
