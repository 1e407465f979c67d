package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupFitTest {
  private static void assertSame(Estimate actual, Estimate expected) {
    assertThat(actual.value()).isCloseTo(expected.value(), within(1e-10));
    assertThat(actual.variance()).isCloseTo(expected.variance(), within(1e-10));
  }

  /** Ones at these places, zeros elsewhere. */
  private static double[] row(int length, int... ones) {
    double[] row = new double[length];
    Arrays.stream(ones).forEach(i -> row[i] = 1);
    return row;
  }

  @Test
  void aReaderCanDoTheArithmetic() {
    // Groups of 1, 2 and 6 under a total of 12: each gets 1 more.
    var fit = new GroupFit(new Estimate(12, .9), 9, 3, 3);
    assertSame(fit.group(1), new Estimate(2, 2.1));
    assertSame(fit.group(6), new Estimate(7, 2.1));
    assertSame(fit.margin(3, 2), new Estimate(5, 2.4));
    assertThat(fit.margin(9, 3)).isEqualTo(new Estimate(12, .9));
  }

  @Test
  void isLeastSquaresWhereTheTotalWasEstimatedFromTheHistogramsSumToo() {
    var random = new Random(21);
    for (int groups = 1; groups < 8; groups++) {
      double variance = 1 + 5 * random.nextDouble();
      Estimate query = new Estimate(50 * random.nextGaussian(), 1 + 5 * random.nextDouble());
      double[] y = random.doubles(groups, -9, 99).toArray();
      List<double[]> rows = new ArrayList<>();
      List<Estimate> measured = new ArrayList<>();
      double[] all = new double[groups];
      Arrays.fill(all, 1);
      rows.add(all);
      measured.add(query);
      for (int g = 0; g < groups; g++) {
        rows.add(row(groups, g));
        measured.add(new Estimate(y[g], variance));
      }
      var dense = new LeastSquaresByMatrices(rows, measured);
      double sum = Arrays.stream(y).sum();
      Estimate total = TreeSteps.up(query, GroupFit.measuredTotal(sum, variance, groups));
      var fit = new GroupFit(total, sum, variance, groups);
      assertSame(total, dense.of(all));
      double part = 0;
      for (int m = 1; m <= groups; m++) {
        part += y[m - 1];
        assertSame(fit.group(y[m - 1]), dense.of(row(groups, m - 1)));
        double[] firsts = new double[groups];
        Arrays.fill(firsts, 0, m, 1);
        assertSame(fit.margin(part, m), dense.of(firsts));
      }
    }
  }

  /** A country of two regions; both levels measure totals and groups, regions differ in noise. */
  @Test
  void groupsOfSeveralLevelsAreLeastSquaresAndAddUpBothWays() {
    int groups = 3;
    double[] totalVariances = {2, 3, 5};
    double[] variances = {7, 1.5, 4};
    int[] parents = {-1, 0, 0};
    var random = new Random(22);
    double[][] y = new double[3][];
    double[] sums = new double[3];
    List<double[]> rows = new ArrayList<>();
    List<Estimate> measured = new ArrayList<>();
    List<Estimate> totals = new ArrayList<>();
    for (int node = 0; node < 3; node++) {
      y[node] = random.doubles(groups, -9, 99).toArray();
      sums[node] = Arrays.stream(y[node]).sum();
      Estimate query = new Estimate(150 * random.nextDouble(), totalVariances[node]);
      rows.add(cells(node, 0, 1, 2));
      measured.add(query);
      for (int g = 0; g < groups; g++) {
        rows.add(cells(node, g));
        measured.add(new Estimate(y[node][g], variances[node]));
      }
      totals.add(TreeSteps.up(query, GroupFit.measuredTotal(sums[node], variances[node], groups)));
    }
    var dense = new LeastSquaresByMatrices(rows, measured);
    List<Estimate> h = TreeConsistency.fit(parents, totals);
    List<List<Estimate>> byGroup = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      List<Estimate> ofGroup = new ArrayList<>();
      for (int node = 0; node < 3; node++) {
        ofGroup.add(new Estimate(y[node][g], variances[node]));
      }
      byGroup.add(TreeConsistency.fit(parents, ofGroup));
    }
    for (int node = 0; node < 3; node++) {
      int at = node;
      double sum = byGroup.stream().mapToDouble(fitted -> fitted.get(at).value()).sum();
      var fit = new GroupFit(h.get(node), sum, byGroup.get(0).get(node).variance(), groups);
      assertSame(h.get(node), dense.of(cells(node, 0, 1, 2)));
      for (int g = 0; g < groups; g++) {
        assertSame(fit.group(byGroup.get(g).get(node).value()), dense.of(cells(node, g)));
      }
    }
  }

  /** The unknowns of a node's groups: three of region 1, then three of region 2. */
  private static double[] cells(int node, int... groups) {
    double[] row = new double[6];
    for (int group : groups) {
      if (node != 2) {
        row[group] = 1;
      }
      if (node != 1) {
        row[3 + group] = 1;
      }
    }
    return row;
  }

  /**
   * 40,000 histograms of four groups. The variances hold whether the total knows of the histogram's
   * sum or not; bounds are 4.5 standard deviations.
   */
  @Test
  void itsVariancesAreThoseOfItsErrors() {
    assertVariances(false);
    assertVariances(true);
  }

  private static void assertVariances(boolean knowsTheSum) {
    int rounds = 40_000;
    var bits = new KeyedBits(new byte[32]);
    var coarse = new DiscreteGaussian(Rational.of(60, 1));
    var fine = new DiscreteGaussian(Rational.of(50, 1));
    double[] truth = {0, 3, 40, 12};
    double[] squares = new double[2];
    double[] errors = new double[2];
    Estimate[] last = new Estimate[2];
    for (int round = 0; round < rounds; round++) {
      double[] y = Arrays.stream(truth).map(t -> t + fine.draw(bits)).toArray();
      double sum = Arrays.stream(y).sum();
      Estimate query = new Estimate(55 + coarse.draw(bits), 60);
      Estimate total =
          knowsTheSum ? TreeSteps.up(query, GroupFit.measuredTotal(sum, 50, 4)) : query;
      var fit = new GroupFit(total, sum, 50, 4);
      last[0] = fit.group(y[0]);
      last[1] = fit.margin(y[1] + y[2], 2);
      double[] error = {last[0].value(), last[1].value() - 43};
      for (int i = 0; i < 2; i++) {
        errors[i] += error[i];
        squares[i] += error[i] * error[i];
      }
    }
    for (int i = 0; i < 2; i++) {
      assertThat(errors[i] / rounds)
          .isCloseTo(0, within(4.5 * last[i].standardError() / Math.sqrt(rounds)));
      assertThat(squares[i] / rounds / last[i].variance())
          .isCloseTo(1, within(4.5 * Math.sqrt(2.0 / rounds)));
    }
  }

  @Test
  void refusesWhatCannotBeFitted() {
    Estimate total = new Estimate(1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupFit(Estimate.NOT_MEASURED, 1, 1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new GroupFit(total, 1, 0, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new GroupFit(total, 1, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupFit(total, 1, Double.POSITIVE_INFINITY, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupFit(total, 1, 1, 2).margin(1, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupFit(total, 1, 1, 2).margin(1, 0));
  }
}
