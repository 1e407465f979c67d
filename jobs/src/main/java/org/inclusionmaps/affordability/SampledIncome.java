package org.inclusionmaps.affordability;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Incomes of the persons of a survey, each standing for a weight of persons. A price p is out of
 * reach of those with p above θY, so H = Σ w · 1(Y strictly below p / θ) / Σ w: who has exactly the
 * line can afford it. Within a person's weight the Lorenz curve is straight. The order in which the
 * persons are given changes nothing, to the last bit.
 */
public final class SampledIncome implements IncomeDistribution {
  private final double mean;

  /** Rising. */
  private final double[] incomes;

  /** Share of all persons who come before each person in that order, and 1. */
  private final double[] persons;

  /** Share of all income that they have, and 1. */
  private final double[] shares;

  private SampledIncome(double mean, double[] incomes, double[] persons, double[] shares) {
    this.mean = mean;
    this.incomes = incomes;
    this.persons = persons;
    this.shares = shares;
  }

  /**
   * The incomes of a survey.
   *
   * @param incomes income of each person, in any money a month, 0 or more, some above 0
   * @param weights how many persons each stands for, 0 or more
   */
  public static SampledIncome of(double[] incomes, double[] weights) {
    int[] order = order(incomes, weights);
    double[] sorted = new double[order.length];
    double[] persons = new double[order.length + 1];
    double[] shares = new double[order.length + 1];
    for (int i = 0; i < order.length; i++) {
      double weight = weights[order[i]];
      sorted[i] = incomes[order[i]];
      persons[i + 1] = persons[i] + weight;
      shares[i + 1] = shares[i] + weight * sorted[i];
    }
    double all = persons[order.length];
    double income = shares[order.length];
    if (!(income > 0) || Double.isInfinite(income) || Double.isInfinite(all)) {
      throw new IllegalArgumentException(
          "%d persons of weight %s have %s in all, but must have more than nothing"
              .formatted(order.length, all, income));
    }
    for (int i = 0; i <= order.length; i++) {
      persons[i] /= all;
      shares[i] /= income;
    }
    return new SampledIncome(income / all, sorted, persons, shares);
  }

  /** By income, then by weight, so that sums are the same whatever order the persons come in. */
  private static int[] order(double[] incomes, double[] weights) {
    if (incomes.length != weights.length) {
      throw new IllegalArgumentException(
          incomes.length + " incomes but " + weights.length + " weights");
    }
    Integer[] order = new Integer[incomes.length];
    for (int i = 0; i < order.length; i++) {
      if (!(incomes[i] >= 0) || !(weights[i] >= 0)) {
        throw new IllegalArgumentException(
            "income %s and weight %s must be 0 or more".formatted(incomes[i], weights[i]));
      }
      order[i] = i;
    }
    Arrays.sort(
        order,
        Comparator.comparingDouble((Integer i) -> incomes[i]).thenComparingDouble(i -> weights[i]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  @Override
  public double mean() {
    return mean;
  }

  @Override
  public double shareBelow(double income) {
    return persons[countBelow(income)];
  }

  @Override
  public double shortfall(double line) {
    int below = countBelow(line);
    return below == 0 ? 0 : Math.max(0, persons[below] - mean / line * shares[below]);
  }

  @Override
  public double incomeShareOfPoorest(double share) {
    Require.share(share);
    int found = Arrays.binarySearch(persons, share);
    if (found >= 0) {
      return shares[found];
    }
    int person = -found - 2;
    double part = (share - persons[person]) / (persons[person + 1] - persons[person]);
    return shares[person] + part * (shares[person + 1] - shares[person]);
  }

  /** 1 − Σ (p_i − p_(i−1)) (L_i + L_(i−1)): 1 less twice the area under the Lorenz curve. */
  @Override
  public double gini() {
    double area = 0;
    for (int i = 0; i < incomes.length; i++) {
      area += (persons[i + 1] - persons[i]) * (shares[i + 1] + shares[i]);
    }
    return Math.max(0, 1 - area);
  }

  @Override
  public SampledIncome scaledTo(double mean) {
    Require.mean(mean);
    double factor = mean / this.mean;
    double[] scaled = Arrays.stream(incomes).map(income -> income * factor).toArray();
    return new SampledIncome(mean, scaled, persons, shares);
  }

  /** How many come before the first whose income is not strictly below another. */
  private int countBelow(double income) {
    Require.number(income);
    int low = 0;
    int high = incomes.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (incomes[middle] < income) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
