package org.inclusionmaps.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeConsistencyTest {
  /** A tree in which each node knows which leaves are below it. */
  private record Tree(List<Integer> parents, List<double[]> leavesBelow) {
    static Tree random(Random random, int nodes) {
      // Numbers are shuffled, so that parents come after children too.
      List<Integer> names = new ArrayList<>();
      for (int i = 0; i < nodes; i++) {
        names.add(i);
      }
      Collections.shuffle(names, random);
      Integer[] parents = new Integer[nodes];
      for (int i = 0; i < nodes; i++) {
        int above = Math.max(0, i - 1 - random.nextInt(4));
        parents[names.get(i)] = i == 0 ? -1 : names.get(above);
      }
      return of(parents);
    }

    static Tree of(Integer... parents) {
      List<Integer> list = List.of(parents);
      List<Integer> leaves = new ArrayList<>();
      List<double[]> below = new ArrayList<>();
      for (int i = 0; i < parents.length; i++) {
        if (!list.contains(i)) {
          leaves.add(i);
        }
      }
      for (int i = 0; i < parents.length; i++) {
        below.add(new double[leaves.size()]);
      }
      for (int leaf : leaves) {
        for (int at = leaf; at >= 0; at = parents[at]) {
          below.get(at)[leaves.indexOf(leaf)] = 1;
        }
      }
      return new Tree(list, below);
    }

    int[] array() {
      return parents.stream().mapToInt(p -> p).toArray();
    }

    boolean isLeaf(int node) {
      return !parents.contains(node);
    }

    int depth(int node) {
      return parents.get(node) < 0 ? 0 : 1 + depth(parents.get(node));
    }
  }

  private static List<Estimate> measured(Tree tree, Random random, int levelLeftOut) {
    List<Estimate> measured = new ArrayList<>();
    for (int i = 0; i < tree.parents().size(); i++) {
      boolean leftOut =
          !tree.isLeaf(i) && (tree.depth(i) == levelLeftOut || random.nextInt(10) == 0);
      measured.add(
          leftOut
              ? Estimate.NOT_MEASURED
              : new Estimate(100 * random.nextGaussian(), Math.exp(3 * random.nextGaussian())));
    }
    return measured;
  }

  private static LeastSquaresByMatrices dense(Tree tree, List<Estimate> measured) {
    List<double[]> rows = new ArrayList<>();
    List<Estimate> known = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      if (measured.get(i).isMeasured()) {
        rows.add(tree.leavesBelow().get(i));
        known.add(measured.get(i));
      }
    }
    return new LeastSquaresByMatrices(rows, known);
  }

  @Test
  void isGeneralisedLeastSquares() {
    var random = new Random(11);
    for (int round = 0; round < 200; round++) {
      Tree tree = Tree.random(random, 2 + random.nextInt(40));
      List<Estimate> measured = measured(tree, random, random.nextInt(4));
      List<Estimate> fitted = TreeConsistency.fit(tree.array(), measured);
      var dense = dense(tree, measured);
      for (int i = 0; i < fitted.size(); i++) {
        Estimate expected = dense.of(tree.leavesBelow().get(i));
        assertThat(fitted.get(i).value())
            .isCloseTo(expected.value(), within(1e-10 * (100 + Math.abs(expected.value()))));
        assertThat(fitted.get(i).variance())
            .isCloseTo(expected.variance(), within(1e-10 * (1 + expected.variance())));
      }
    }
  }

  @Test
  void childrenAddUpToTheirParent() {
    var random = new Random(12);
    Tree tree = Tree.random(random, 400);
    List<Estimate> fitted = TreeConsistency.fit(tree.array(), measured(tree, random, 2));
    double[] sums = new double[400];
    for (int i = 0; i < 400; i++) {
      if (tree.parents().get(i) >= 0) {
        sums[tree.parents().get(i)] += fitted.get(i).value();
      }
    }
    for (int i = 0; i < 400; i++) {
      if (!tree.isLeaf(i)) {
        assertThat(sums[i]).isCloseTo(fitted.get(i).value(), within(1e-9));
      }
    }
  }

  @Test
  void aReaderCanDoTheArithmetic() {
    // A root of 10 ± √2 over leaves of 4 ± 1 and 2 ± 1: the sum of 6 has variance 2 as the root
    // has, so the root is 8 with variance 1; each leaf takes half of the 2 that it is off.
    List<Estimate> fitted =
        TreeConsistency.fit(
            new int[] {-1, 0, 0},
            List.of(new Estimate(10, 2), new Estimate(4, 1), new Estimate(2, 1)));
    assertThat(fitted)
        .containsExactly(new Estimate(8, 1), new Estimate(5, .75), new Estimate(3, .75));
  }

  @Test
  void anOnlyChildIsItsParent() {
    // A chain of three, of which two were measured, beside a leaf.
    List<Estimate> fitted =
        TreeConsistency.fit(
            new int[] {-1, 0, 1, 2, 0},
            List.of(
                new Estimate(9, 3),
                new Estimate(3.3, .7),
                Estimate.NOT_MEASURED,
                new Estimate(4.1, 1.9),
                new Estimate(5, 2)));
    assertThat(fitted.get(2)).isEqualTo(fitted.get(1));
    assertThat(fitted.get(3)).isEqualTo(fitted.get(1));
    // Two measurements of one number are one of the precision of both.
    double variance = 1 / (1 / .7 + 1 / 1.9);
    List<Estimate> bypassed =
        TreeConsistency.fit(
            new int[] {-1, 0, 0},
            List.of(
                new Estimate(9, 3),
                new Estimate(variance * (3.3 / .7 + 4.1 / 1.9), variance),
                new Estimate(5, 2)));
    assertThat(fitted.get(3).value()).isCloseTo(bypassed.get(1).value(), within(1e-13));
    assertThat(fitted.get(3).variance()).isCloseTo(bypassed.get(1).variance(), within(1e-13));
  }

  @Test
  void severalRootsAreSeveralTrees() {
    Estimate alone = new Estimate(7, 3);
    List<Estimate> fitted =
        TreeConsistency.fit(
            new int[] {-1, -1, 0}, List.of(Estimate.NOT_MEASURED, alone, new Estimate(1, 2)));
    assertThat(fitted).containsExactly(new Estimate(1, 2), alone, new Estimate(1, 2));
  }

  /**
   * 10,000 measurements of a country of three levels, one left out: bounds are 4.5 standard
   * deviations of a mean, a variance and a share.
   */
  @Test
  void isUnbiasedAndItsMarginsHoldTheTruthNineTimesOfTen() {
    int rounds = 10_000;
    Tree tree = Tree.of(-1, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 6, 6, 7);
    Rational[] byLevel = {
      Rational.of(100, 1), Rational.ONE, Rational.of(300, 1), Rational.of(100, 3)
    };
    int nodes = tree.parents().size();
    double[] truth = new double[nodes];
    for (int i = 0; i < nodes; i++) {
      for (int leaf = 0; leaf < tree.leavesBelow().get(0).length; leaf++) {
        truth[i] += tree.leavesBelow().get(i)[leaf] * (leaf % 3) * 7;
      }
    }
    DiscreteGaussian[] noise =
        Arrays.stream(byLevel).map(DiscreteGaussian::new).toArray(DiscreteGaussian[]::new);
    var bits = new KeyedBits(new byte[32]);
    double[] errors = new double[nodes];
    double[] squares = new double[nodes];
    int[] held = new int[nodes];
    List<Estimate> fitted = List.of();
    for (int round = 0; round < rounds; round++) {
      List<Estimate> measured = new ArrayList<>();
      for (int i = 0; i < nodes; i++) {
        int level = tree.depth(i);
        measured.add(
            level == 1
                ? Estimate.NOT_MEASURED
                : new Estimate(truth[i] + noise[level].draw(bits), byLevel[level].roundedUp()));
      }
      fitted = TreeConsistency.fit(tree.array(), measured);
      for (int i = 0; i < nodes; i++) {
        double error = fitted.get(i).value() - truth[i];
        errors[i] += error;
        squares[i] += error * error;
        held[i] += Math.abs(error) <= fitted.get(i).margin() ? 1 : 0;
      }
    }
    for (int i = 0; i < nodes; i++) {
      Estimate last = fitted.get(i);
      assertThat(errors[i] / rounds)
          .isCloseTo(0, within(4.5 * last.standardError() / Math.sqrt(rounds)));
      assertThat(squares[i] / rounds / last.variance())
          .isCloseTo(1, within(4.5 * Math.sqrt(2.0 / rounds)));
      assertThat(held[i] / (double) rounds).isCloseTo(.9, within(4.5 * .3 / Math.sqrt(rounds)));
    }
  }

  @Test
  void refusesWhatIsNoTreeOrNotMeasured() {
    Estimate one = new Estimate(1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TreeConsistency.fit(new int[] {-1, 0}, List.of(one)))
        .withMessage("2 parents and 1 measurements must be as many");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TreeConsistency.fit(new int[] {-1, 2, 1}, List.of(one, one, one)))
        .withMessage("the parents of 2 nodes go round in a ring");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TreeConsistency.fit(new int[] {2, -1}, List.of(one, one)))
        .withMessage("the parent 2 of node 0 is no node");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TreeConsistency.fit(new int[] {-1, 0}, List.of(one, Estimate.NOT_MEASURED)))
        .withMessage("leaf 1 is not measured");
  }
}
