package org.inclusionmaps.affordability;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;

/**
 * The prices that a person finds on offer at home: of the operators that have service there, the
 * cheapest. Each operator has a probability of service; how they hang together is a choice.
 */
public final class Offers {
  private final double[] prices;
  private final double[] chances;
  private final double coverage;

  private Offers(double[] prices, double[] chances) {
    this.prices = prices.clone();
    this.chances = chances;
    this.coverage = Math.min(1, Arrays.stream(chances).sum());
  }

  /**
   * Operators fail at the same spots: the probability that the k-th cheapest is the cheapest
   * available is max(0, Q_k − max of the cheaper operators' Q), and that of any service max Q.
   *
   * @param prices price of each operator, 0 or more; infinite where it sells no such basket
   * @param probabilities probability of service of each operator, 0 to 1
   */
  public static Offers failingTogether(double[] prices, double[] probabilities) {
    int[] order = byPrice(prices, probabilities);
    double[] chances = at(order, probabilities);
    chancesTogether(chances);
    return new Offers(prices, back(order, chances));
  }

  /**
   * Turns probabilities of service, of operators from the cheapest up that fail at the same spots,
   * into those that each is the cheapest available.
   */
  public static void chancesTogether(double[] probabilities) {
    double reached = 0;
    for (int k = 0; k < probabilities.length; k++) {
      double probability = probabilities[k];
      probabilities[k] = Math.max(0, probability - reached);
      reached = Math.max(reached, probability);
    }
  }

  /**
   * Operators fail each for itself: the probability that the k-th cheapest is the cheapest
   * available is Q_k times the product of 1 − Q over the cheaper operators.
   *
   * @param prices price of each operator, 0 or more; infinite where it sells no such basket
   * @param probabilities probability of service of each operator, 0 to 1
   */
  public static Offers failingApart(double[] prices, double[] probabilities) {
    int[] order = byPrice(prices, probabilities);
    double[] chances = at(order, probabilities);
    chancesApart(chances);
    return new Offers(prices, back(order, chances));
  }

  /**
   * Turns probabilities of service, of operators from the cheapest up that fail each for itself,
   * into those that each is the cheapest available.
   */
  public static void chancesApart(double[] probabilities) {
    double none = 1;
    for (int k = 0; k < probabilities.length; k++) {
      double probability = probabilities[k];
      probabilities[k] = none * probability;
      none *= 1 - probability;
    }
  }

  private static double[] at(int[] order, double[] values) {
    return Arrays.stream(order).mapToDouble(k -> values[k]).toArray();
  }

  private static double[] back(int[] order, double[] sorted) {
    double[] values = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      values[order[i]] = sorted[i];
    }
    return values;
  }

  /** Cheapest first; at one price the likelier, then the lower index. */
  private static int[] byPrice(double[] prices, double[] probabilities) {
    if (prices.length != probabilities.length) {
      throw new IllegalArgumentException(
          prices.length + " prices but " + probabilities.length + " probabilities");
    }
    Integer[] order = new Integer[prices.length];
    for (int i = 0; i < order.length; i++) {
      if (!(prices[i] >= 0) || !(probabilities[i] >= 0 && probabilities[i] <= 1)) {
        throw new IllegalArgumentException(
            "price %s must be 0 or more, probability %s from 0 to 1"
                .formatted(prices[i], probabilities[i]));
      }
      order[i] = i;
    }
    Arrays.sort(
        order,
        Comparator.comparingDouble((Integer i) -> prices[i])
            .thenComparingDouble(i -> -probabilities[i]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  /** Probability of service of any operator, 0 to 1. */
  public double coverage() {
    return coverage;
  }

  /** Probability that an operator is the cheapest available, by its index. */
  public double chance(int operator) {
    return chances[operator];
  }

  /**
   * Share of the persons with service for whom the price on offer is too high; 0 where there is no
   * service.
   *
   * @param shareBelow share of persons with less than an income
   * @param threshold highest share of income that is affordable, above 0
   */
  public double shareUnaffordable(DoubleUnaryOperator shareBelow, double threshold) {
    double share = 0;
    for (int i = 0; i < prices.length; i++) {
      if (chances[i] > 0) {
        share += chances[i] * shareBelow.applyAsDouble(prices[i] / threshold);
      }
    }
    return coverage > 0 ? Math.min(1, Math.max(0, share / coverage)) : 0;
  }

  /**
   * Income a month that is missing until the price on offer is affordable, mean over the persons
   * with service, in the money of the prices: Σ chance · line · gap / coverage. Those who can
   * afford it miss nothing, and those whose operator has no price count as missing nothing, because
   * no income would do; 0 where there is no service.
   *
   * @param shortfall mean shortfall of income below a line as a share of the line
   * @param threshold highest share of income that is affordable, above 0
   */
  public double incomeShortfall(DoubleUnaryOperator shortfall, double threshold) {
    double missing = 0;
    for (int i = 0; i < prices.length; i++) {
      if (onSale(i)) {
        double line = prices[i] / threshold;
        missing += chances[i] * line * shortfall.applyAsDouble(line);
      }
    }
    return coverage > 0 ? missing / coverage : 0;
  }

  /**
   * Mean price over the persons with service of an operator that has a price; not a number where
   * there is none.
   */
  public double expectedPrice() {
    double price = 0;
    double priced = 0;
    for (int i = 0; i < prices.length; i++) {
      if (onSale(i)) {
        price += chances[i] * prices[i];
        priced += chances[i];
      }
    }
    return priced > 0 ? price / priced : Double.NaN;
  }

  /**
   * Index of the operator most likely to be the cheapest available, of those that have a price; −1
   * where there is none.
   */
  public int mostLikely() {
    int best = -1;
    for (int i = 0; i < chances.length; i++) {
      if (onSale(i) && (best < 0 || chances[i] > chances[best])) {
        best = i;
      }
    }
    return best;
  }

  private boolean onSale(int operator) {
    return chances[operator] > 0 && !Double.isInfinite(prices[operator]);
  }
}
