package org.inclusionmaps.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.inclusionmaps.estimation.FayHerriot.Method;

class FayHerriotPropertiesTest {
  @Property
  void endsForAnyData(@ForAll Method method) {
    var random = new Random(77);
    for (int round = 0; round < 2000; round++) {
      double spread = 6 * random.nextDouble();
      double a = Math.pow(10, 6 * random.nextDouble() - 3);
      var data =
          FayHerriotData.made(
              random, 3 + random.nextInt(20), a, u -> Math.pow(10, spread * (u - .5)));
      var fit = data.fit(method);
      assertThat(fit.iterations()).isLessThan(200);
      for (int i = 0; i < data.y().length; i++) {
        double regression = fit.predict(data.x()[i]).estimate();
        assertThat(fit.estimate(i))
            .isBetween(
                Math.min(data.y()[i], regression) - 1e-9, Math.max(data.y()[i], regression) + 1e-9);
        assertThat(fit.mse(i)).isFinite().isGreaterThan(0);
      }
    }
  }

  @Property(tries = 100, seed = "1")
  void scalesAndShiftsWithTheData(@ForAll long seed, @ForAll Method method) {
    var data = FayHerriotData.made(new Random(seed), 20, 1, u -> .2 + u);
    double factor = Math.exp(3 * new Random(seed + 1).nextGaussian());
    double[] y = new double[20];
    double[] psi = new double[20];
    for (int i = 0; i < 20; i++) {
      y[i] = factor * (data.y()[i] + 5 - 3 * data.x()[i][1]);
      psi[i] = factor * factor * data.psi()[i];
    }
    var fit = data.fit(method);
    var scaled = FayHerriot.fit(y, data.x(), psi, method);
    assertThat(scaled.modelVariance() / (factor * factor))
        .isCloseTo(fit.modelVariance(), within(1e-8));
    for (int i = 0; i < 20; i++) {
      assertThat(scaled.estimate(i) / factor)
          .isCloseTo(fit.estimate(i) + 5 - 3 * data.x()[i][1], within(1e-8));
      assertThat(scaled.mse(i) / (factor * factor)).isCloseTo(fit.mse(i), within(1e-8));
    }
  }

  @Property(tries = 100, seed = "2")
  void doesNotDependOnHowTheColumnsAreWritten(@ForAll long seed, @ForAll Method method) {
    var data = FayHerriotData.made(new Random(seed), 20, 1, u -> .2 + u);
    double[][] x = new double[20][];
    for (int i = 0; i < 20; i++) {
      x[i] = new double[] {1e6 * data.x()[i][1] + 3, 2 - data.x()[i][1]};
    }
    var fit = data.fit(method);
    var other = FayHerriot.fit(data.y(), x, data.psi(), method);
    for (int i = 0; i < 20; i++) {
      assertThat(other.estimate(i)).isCloseTo(fit.estimate(i), within(1e-8));
      assertThat(other.mse(i)).isCloseTo(fit.mse(i), within(1e-8));
    }
  }

  @Property(tries = 100, seed = "3")
  void isTheDirectEstimateWhereThatHasNoError(@ForAll long seed, @ForAll Method method) {
    var data = FayHerriotData.made(new Random(seed), 20, 1, u -> .2 + u);
    data.psi()[4] = 1e-12;
    var fit = data.fit(method);
    if (!fit.modelVarianceIsZero()) {
      assertThat(fit.estimate(4)).isCloseTo(data.y()[4], within(1e-6));
      assertThat(fit.mse(4)).isBetween(0.0, 1e-6);
    }
  }

  @Property
  void saysRightOnAverageHowWrongItIs(@ForAll Method method) {
    var random = new Random(20260101);
    int m = 60;
    int rounds = 1500;
    double squares = 0;
    double said = 0;
    int covered = 0;
    for (int round = 0; round < rounds; round++) {
      var data = new FayHerriotData(new double[m], new double[m][2], new double[m]);
      double[] truth = new double[m];
      for (int i = 0; i < m; i++) {
        data.psi()[i] = .4 + .4 * (i % 5);
        data.x()[i][0] = 1;
        data.x()[i][1] = i / 30.0;
        truth[i] = 2 - data.x()[i][1] + random.nextGaussian();
        data.y()[i] = truth[i] + Math.sqrt(data.psi()[i]) * random.nextGaussian();
      }
      var fit = data.fit(method);
      for (int i = 0; i < m; i++) {
        double error = fit.estimate(i) - truth[i];
        squares += error * error;
        said += fit.mse(i);
        covered += Math.abs(error) <= 1.6448536 * Math.sqrt(fit.mse(i)) ? 1 : 0;
      }
    }
    assertThat(said / squares).isBetween(.97, 1.03);
    assertThat(covered / (double) (rounds * m)).isBetween(.87, .93);
  }

  @Example
  void saysRightOnAverageHowWrongItIsOutsideTheSample() {
    var random = new Random(20260102);
    double squares = 0;
    double said = 0;
    for (int round = 0; round < 4000; round++) {
      var data = FayHerriotData.made(random, 40, 1, u -> .5 + u);
      var outside = data.fit(Method.REML).predict(new double[] {1, 1.5});
      double truth = 2 + 1.5 + random.nextGaussian();
      squares += Math.pow(outside.estimate() - truth, 2);
      said += outside.mse();
    }
    assertThat(said / squares).isBetween(.93, 1.07);
  }
}
