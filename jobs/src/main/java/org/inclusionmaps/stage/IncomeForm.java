package org.inclusionmaps.stage;

import java.util.Arrays;
import org.inclusionmaps.affordability.BetaLorenz;
import org.inclusionmaps.affordability.GeneralizedBeta2Income;
import org.inclusionmaps.affordability.IncomeDistribution;
import org.inclusionmaps.affordability.InterpolatedLorenz;
import org.inclusionmaps.affordability.LognormalIncome;
import org.inclusionmaps.affordability.LorenzCurve;
import org.inclusionmaps.affordability.LorenzIncome;
import org.inclusionmaps.affordability.LorenzPoints;
import org.inclusionmaps.affordability.QuadraticLorenz;
import org.inclusionmaps.affordability.SampledIncome;

/**
 * How income is shared among persons, whatever its mean: a form and its parameters, as a row of
 * income_distributions holds them.
 *
 * <p>Parameters by form: lognormal: standard deviation of the logarithm; quadratic: a, b, c of
 * {@link QuadraticLorenz}; beta: theta, gamma, delta of {@link BetaLorenz}; interpolated: the
 * shares of income of equal parts of the persons, the poorest first; gb2: a, p, q of {@link
 * GeneralizedBeta2Income}; sampled: mean incomes of equal parts, as multiples of the mean.
 *
 * @param name one of the names below
 * @param parameters enough of them to make the distribution at any mean
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
record IncomeForm(String name, double[] parameters) {
  static final String LOGNORMAL = "lognormal";
  static final String QUADRATIC = "quadratic";
  static final String BETA = "beta";
  static final String INTERPOLATED = "interpolated";
  static final String GB2 = "gb2";
  static final String SAMPLED = "sampled";

  /** Equal parts of persons that microdata are kept as: a share is off by half a part at most. */
  static final int PARTS = 200;

  /** The lognormal of a Gini coefficient above this is not told apart from that of 1. */
  private static final double HIGHEST_GINI = 0.999;

  /**
   * A lognormal.
   *
   * @param sigma standard deviation of the logarithm of income, 0 or more
   */
  static IncomeForm lognormal(double sigma) {
    return new IncomeForm(LOGNORMAL, new double[] {sigma});
  }

  /**
   * The Lorenz curve that fits shares of income best.
   *
   * @param shares of equal parts of the persons, as in {@link LorenzPoints#ofShares}
   */
  static IncomeForm ofShares(double... shares) {
    LorenzCurve curve = LorenzIncome.ofShares(1, shares).curve();
    if (curve instanceof QuadraticLorenz quadratic) {
      return new IncomeForm(QUADRATIC, new double[] {quadratic.a(), quadratic.b(), quadratic.c()});
    }
    if (curve instanceof BetaLorenz beta) {
      return new IncomeForm(BETA, new double[] {beta.theta(), beta.gamma(), beta.delta()});
    }
    return new IncomeForm(INTERPOLATED, shares.clone());
  }

  /** A generalised beta of the second kind; aq must be above 1. */
  static IncomeForm gb2(double a, double p, double q) {
    return new IncomeForm(GB2, new double[] {new GeneralizedBeta2Income(a, 1, p, q).a(), p, q});
  }

  /**
   * Microdata, as the mean incomes of {@link #PARTS} equal parts of the persons.
   *
   * @param incomes income of each respondent, 0 or more, some above 0
   * @param weights persons that each stands for
   */
  static IncomeForm sampled(double[] incomes, double[] weights) {
    SampledIncome all = SampledIncome.of(incomes, weights);
    double[] parts = new double[PARTS];
    double poorer = 0;
    for (int i = 0; i < PARTS; i++) {
      double upTo = all.incomeShareOfPoorest((i + 1) / (double) PARTS);
      parts[i] = Math.max(0, upTo - poorer) * PARTS;
      poorer = upTo;
    }
    return new IncomeForm(SAMPLED, parts);
  }

  /** The distribution of this form with a mean, above 0. */
  IncomeDistribution at(double mean) {
    double[] k = parameters;
    return switch (name) {
      case LOGNORMAL -> new LognormalIncome(mean, k[0]);
      case QUADRATIC -> new LorenzIncome(mean, new QuadraticLorenz(k[0], k[1], k[2]));
      case BETA -> new LorenzIncome(mean, new BetaLorenz(k[0], k[1], k[2]));
      case INTERPOLATED ->
          new LorenzIncome(mean, InterpolatedLorenz.through(LorenzPoints.ofShares(k)));
      case GB2 -> new GeneralizedBeta2Income(k[0], 1, k[1], k[2]).scaledTo(mean);
      case SAMPLED -> SampledIncome.of(k, equal(k.length)).scaledTo(mean);
      default -> throw new IllegalArgumentException("incomes have no form " + name);
    };
  }

  /**
   * Standard deviation of the logarithm of income; of another form than the lognormal, that of the
   * lognormal of the same Gini coefficient.
   */
  double sigma() {
    return name.equals(LOGNORMAL)
        ? parameters[0]
        : LognormalIncome.sigmaOfGini(Math.min(HIGHEST_GINI, at(1).gini()));
  }

  /**
   * Share of persons below an income if the spread were another one: the income is moved to where
   * the lognormal of the same Gini coefficient has as many persons below it as that of the other
   * spread has. Of a lognormal that is the lognormal of the other spread.
   *
   * @param income what this form has at its mean
   * @param sigma {@link #sigma} of the form
   * @param factor the other spread as a multiple of the form's, above 0
   * @param line any number or infinite
   */
  static double shareBelow(IncomeDistribution income, double sigma, double factor, double line) {
    if (income instanceof LognormalIncome) {
      return new LognormalIncome(income.mean(), sigma * factor).shareBelow(line);
    }
    if (!(line > 0) || Double.isInfinite(line)) {
      return income.shareBelow(line);
    }
    double mu = Math.log(income.mean()) - sigma * sigma / 2;
    double other = sigma * factor;
    double moved = Math.log(line) - Math.log(income.mean()) + other * other / 2;
    return income.shareBelow(Math.exp(mu + moved / factor));
  }

  private static double[] equal(int parts) {
    double[] weights = new double[parts];
    Arrays.fill(weights, 1);
    return weights;
  }
}
