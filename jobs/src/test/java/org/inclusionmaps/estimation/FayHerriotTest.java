package org.inclusionmaps.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.inclusionmaps.estimation.FayHerriot.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FayHerriotTest {
  @Test
  void isThatOfSaeAndMetaforForTheMilkData() {
    // Printed by the R packages sae (mseFH) and metafor (rma), REML.
    var fit = FayHerriotData.milk().fit(Method.REML);
    assertThat(fit.modelVariance()).isCloseTo(.0185503348, within(5e-11));
    assertThat(fit.beta())
        .containsExactly(
            new double[] {.9681889870, .1327803055, .2269462245, -.2413010399}, within(5e-11));
    int[] areas = {0, 1, 42};
    double[] estimates = {1.0219705442, 1.0476019514, .6810868851};
    double[] errors = {.013460256460, .005372879733, .009903647797};
    for (int i = 0; i < 3; i++) {
      assertThat(fit.estimate(areas[i])).isCloseTo(estimates[i], within(5e-11));
      assertThat(fit.mse(areas[i])).isCloseTo(errors[i], within(5e-13));
    }
  }

  /** P = V⁻¹ − V⁻¹X(X'V⁻¹X)⁻¹X'V⁻¹, as the books print it, with matrices of n × n. */
  private static final class Dense {
    final RealMatrix x;
    final RealVector y;
    final RealMatrix v;
    final RealMatrix inverseV;
    final RealMatrix q;
    final RealMatrix p;

    Dense(FayHerriotData data, double a) {
      x = MatrixUtils.createRealMatrix(data.x());
      y = MatrixUtils.createRealVector(data.y());
      v =
          MatrixUtils.createRealDiagonalMatrix(
              Arrays.stream(data.psi()).map(psi -> a + psi).toArray());
      inverseV = MatrixUtils.inverse(v);
      q = MatrixUtils.inverse(x.transpose().multiply(inverseV).multiply(x));
      RealMatrix vx = inverseV.multiply(x);
      p = inverseV.subtract(vx.multiply(q).multiply(vx.transpose()));
    }

    double objective(Method method) {
      double logV = 0;
      for (int i = 0; i < v.getRowDimension(); i++) {
        logV += Math.log(v.getEntry(i, i));
      }
      double squares = y.dotProduct(p.operate(y));
      double logQ = Math.log(new LUDecomposition(q).getDeterminant());
      return switch (method) {
        case REML -> -0.5 * (logV - logQ + squares);
        case ML -> -0.5 * (logV + squares);
        case MOMENT -> -Math.abs(squares - (x.getRowDimension() - x.getColumnDimension()));
      };
    }
  }

  /** The A at which the objective is largest: a grid, then ever finer grids around its best. */
  private static double bruteForce(FayHerriotData data, Method method) {
    double low = 0;
    double high = 4;
    while (high - low > 1e-9) {
      double step = (high - low) / 40;
      double best = low;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i <= 40; i++) {
        double objective = new Dense(data, low + i * step).objective(method);
        if (objective > most) {
          most = objective;
          best = low + i * step;
        }
      }
      low = Math.max(0, best - step);
      high = best + step;
    }
    return 0.5 * (low + high);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void findsTheModelVarianceThatAGridFinds(Method method) {
    var random = new Random(5);
    for (int round = 0; round < 12; round++) {
      var data = FayHerriotData.made(random, 12, round * .1, u -> .1 + u);
      var fit = data.fit(method);
      assertThat(fit.modelVariance()).isCloseTo(bruteForce(data, method), within(2e-7));
    }
    assertThat(FayHerriotData.milk().fit(method).modelVariance())
        .isCloseTo(bruteForce(FayHerriotData.milk(), method), within(2e-7));
  }

  @Test
  void theMomentEquationHolds() {
    var data = FayHerriotData.milk();
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60; i++) {
      double middle = 0.5 * (low + high);
      var dense = new Dense(data, middle);
      if (dense.y.dotProduct(dense.p.operate(dense.y)) > 43 - 4) {
        low = middle;
      } else {
        high = middle;
      }
    }
    assertThat(data.fit(Method.MOMENT).modelVariance()).isCloseTo(low, within(1e-13));
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void isTheBooksMatrixFormulas(Method method) {
    // Rao and Molina (2015), section 6.2: g1, g2, g3, the variances of A and the biases.
    var data = FayHerriotData.milk();
    var fit = data.fit(method);
    double a = fit.modelVariance();
    var dense = new Dense(data, a);
    RealMatrix vi = dense.inverseV;
    double s1 = vi.getTrace();
    double s2 = vi.multiply(vi).getTrace();
    RealMatrix slopes = dense.x.transpose().multiply(vi).multiply(vi).multiply(dense.x);
    double bias =
        switch (method) {
          case REML -> 0;
          case ML -> -dense.q.multiply(slopes).getTrace() / s2;
          case MOMENT -> 2 * (43 * s2 - s1 * s1) / Math.pow(s1, 3);
        };
    double varianceOfA = method == Method.MOMENT ? 2 * 43 / (s1 * s1) : 2 / s2;
    RealVector beta = dense.q.multiply(dense.x.transpose()).multiply(vi).operate(dense.y);
    assertThat(fit.beta()).containsExactly(beta.toArray(), within(1e-12));
    for (int i = 0; i < 43; i++) {
      RealVector row = dense.x.getRowVector(i);
      double gamma = a / (a + data.psi()[i]);
      double rest = (1 - gamma) * (1 - gamma);
      double g2 = rest * row.dotProduct(dense.q.operate(row));
      double g3 = rest * varianceOfA / (a + data.psi()[i]);
      double fitted = row.dotProduct(beta);
      assertThat(fit.shrinkage(i)).isCloseTo(gamma, within(1e-15));
      assertThat(fit.estimate(i))
          .isCloseTo(gamma * data.y()[i] + (1 - gamma) * fitted, within(1e-12));
      assertThat(fit.mse(i))
          .isCloseTo(gamma * data.psi()[i] + g2 + 2 * g3 - bias * rest, within(1e-14));
      var outside = fit.predict(data.x()[i]);
      assertThat(outside.estimate()).isCloseTo(fitted, within(1e-12));
      assertThat(outside.mse()).isCloseTo(a + g2 / rest, within(1e-14));
      double variance = dense.v.getEntry(i, i) - g2 / rest;
      assertThat(fit.standardisedResidual(i))
          .isCloseTo((data.y()[i] - fitted) / Math.sqrt(variance), within(1e-10));
    }
    for (int i = 0; i < 4; i++) {
      assertThat(fit.betaCovariance()[i]).containsExactly(dense.q.getRow(i), within(1e-14));
    }
  }

  @Test
  void countsTheLikelihoodOfTheNormalDistribution() {
    var data = FayHerriotData.milk();
    var fit = data.fit(Method.ML);
    double[] beta = fit.beta();
    double sum = 0;
    for (int i = 0; i < 43; i++) {
      double mean = 0;
      for (int j = 0; j < 4; j++) {
        mean += data.x()[i][j] * beta[j];
      }
      double sd = Math.sqrt(fit.modelVariance() + data.psi()[i]);
      sum += new NormalDistribution(mean, sd).logDensity(data.y()[i]);
    }
    assertThat(fit.logLikelihood()).isCloseTo(sum, within(1e-10));
    assertThat(fit.aic()).isCloseTo(-2 * sum + 10, within(1e-10));
    assertThat(fit.logLikelihood())
        .isGreaterThan(FayHerriotData.milk().fit(Method.REML).logLikelihood());
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void leavesTheRegressionWhereAreasDifferLessThanTheirSamplesExplain(Method method) {
    var data = FayHerriotData.made(new Random(9), 30, 0, u -> 1e-4 * (1 + u));
    Arrays.setAll(data.psi(), i -> 1e4 * data.psi()[i]);
    var fit = data.fit(method);
    assertThat(fit.modelVarianceIsZero()).isTrue();
    assertThat(fit.modelVariance()).isEqualTo(0);
    for (int i = 0; i < 30; i++) {
      var outside = fit.predict(data.x()[i]);
      assertThat(fit.estimate(i)).isCloseTo(outside.estimate(), within(1e-12));
      double inverses = Arrays.stream(data.psi()).map(psi -> 1 / psi).sum();
      double squares = Arrays.stream(data.psi()).map(psi -> 1 / (psi * psi)).sum();
      double v = method == Method.MOMENT ? 60 / (inverses * inverses) : 2 / squares;
      assertThat(fit.mse(i)).isCloseTo(outside.mse() + 2 * v / data.psi()[i], within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void fitsWhatHasNoResiduals(Method method) {
    var data = FayHerriotData.made(new Random(9), 30, 0, u -> 1 + u);
    for (int i = 0; i < 30; i++) {
      data.y()[i] = 3 - 2 * data.x()[i][1];
    }
    var fit = data.fit(method);
    assertThat(fit.modelVarianceIsZero()).isTrue();
    assertThat(fit.beta()).containsExactly(new double[] {3, -2}, within(1e-12));
  }

  @Test
  void refusesWhatItCannotFit() {
    double[] y = {1, 2, 3, 4};
    double[] psi = {1, 1, 1, 1};
    double[][] dependent = {{1, 0, 1, 2}, {1, 1, 2, 0}, {1, 5, 6, 1}, {1, 7, 8, 3}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FayHerriot.fit(y, dependent, psi, Method.REML))
        .withMessageContaining("4 areas are too few for 4 columns");
    double[][] three =
        Arrays.stream(dependent).map(row -> Arrays.copyOf(row, 3)).toArray(double[][]::new);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FayHerriot.fit(y, three, psi, Method.REML))
        .withMessage("column 2 of x depends on the columns before it");
    double[][] zero = {{0}, {0}, {0}, {0}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FayHerriot.fit(y, zero, psi, Method.ML))
        .withMessageContaining("column 0");
    double[][] one = {{1}, {1}, {1}, {1}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FayHerriot.fit(y, one, new double[] {1, 1, 0, 1}, Method.ML))
        .withMessageContaining("area 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FayHerriot.fit(y, one, new double[] {1, 1, 1}, Method.ML));
    double[][] ragged = {{1}, {1, 2}, {1}, {1}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FayHerriot.fit(y, ragged, psi, Method.ML))
        .withMessageContaining("row 1 of x");
    var fit = FayHerriot.fit(y, one, psi, Method.ML);
    assertThatIllegalArgumentException().isThrownBy(() -> fit.predict(new double[] {1, 2}));
  }
}
