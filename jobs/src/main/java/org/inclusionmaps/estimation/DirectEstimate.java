package org.inclusionmaps.estimation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A design-based estimate of a ratio from a stratified, clustered sample.
 *
 * <p>Source: K. M. Wolter, Introduction to Variance Estimation (2nd ed. 2007), sections 6.4-6.6: R
 * = Y/X and var R = Σ_h n_h/(n_h-1) Σ_c (u_hc - ū_h)², where u_hc sums w(y - R x)/X over the
 * respondents of the primary sampling unit c of stratum h.
 *
 * @param ratio weighted ratio of y to x
 * @param variance its linearised variance; sampling within strata is taken as with replacement
 * @param respondents rows with x above 0: those in the domain
 */
public record DirectEstimate(double ratio, double variance, int respondents) {

  /**
   * One row of the sample. For a share within a domain, x is 1 inside the domain and 0 outside, and
   * y is 0 outside: rows outside the domain still tell how many units their stratum had.
   *
   * @param stratum stratum of the design
   * @param psu primary sampling unit, unique within its stratum
   * @param weight expansion weight, 0 or more
   * @param y numerator
   * @param x denominator, 0 or more
   */
  public record Respondent(String stratum, String psu, double weight, double y, double x) {
    public Respondent {
      if (!(weight >= 0) || !(x >= 0) || Double.isNaN(y)) {
        throw new IllegalArgumentException(
            "weight %s and x %s must be 0 or more, y %s a number".formatted(weight, x, y));
      }
    }
  }

  private static final Comparator<Respondent> ORDER =
      Comparator.comparing(Respondent::stratum)
          .thenComparing(Respondent::psu)
          .thenComparingDouble(Respondent::weight)
          .thenComparingDouble(Respondent::x)
          .thenComparingDouble(Respondent::y);

  /**
   * The estimate. It does not depend on the order of the rows. A stratum with one unit has no
   * spread of its own: its unit's distance from the mean of all units, 0, stands in.
   *
   * @throws IllegalArgumentException if no row has both weight and x above 0
   */
  public static DirectEstimate of(List<Respondent> sample) {
    List<Respondent> rows = new ArrayList<>(sample);
    rows.sort(ORDER);
    double totalX = 0;
    double totalY = 0;
    int inDomain = 0;
    for (Respondent row : rows) {
      totalX += row.weight * row.x;
      totalY += row.weight * row.y;
      inDomain += row.x > 0 ? 1 : 0;
    }
    if (!(totalX > 0)) {
      throw new IllegalArgumentException("no respondent has weight and x above 0");
    }
    double ratio = totalY / totalX;
    double variance = 0;
    List<Double> units = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Respondent row = rows.get(i);
      boolean newStratum = i == 0 || !row.stratum.equals(rows.get(i - 1).stratum);
      if (newStratum) {
        variance += stratumVariance(units);
        units.clear();
      }
      double u = row.weight * (row.y - ratio * row.x) / totalX;
      if (newStratum || !row.psu.equals(rows.get(i - 1).psu)) {
        units.add(u);
      } else {
        units.set(units.size() - 1, units.get(units.size() - 1) + u);
      }
    }
    return new DirectEstimate(ratio, variance + stratumVariance(units), inDomain);
  }

  private static double stratumVariance(List<Double> units) {
    int n = units.size();
    if (n == 0) {
      return 0;
    }
    if (n == 1) {
      return units.get(0) * units.get(0);
    }
    double mean = 0;
    for (double u : units) {
      mean += u / n;
    }
    double squares = 0;
    for (double u : units) {
      squares += (u - mean) * (u - mean);
    }
    return squares * n / (n - 1);
  }
}
