package org.inclusionmaps.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.LongToDoubleFunction;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;

/** A symmetric law of whole numbers, by its formula, and whether draws follow it. */
final class WholeLaw {
  private static final double LEAST_EXPECTED = 20;

  private final int reach;
  private final double[] probabilities;

  private WholeLaw(int reach, LongToDoubleFunction weight) {
    this.reach = reach;
    probabilities = new double[2 * reach + 1];
    double sum = 0;
    for (int y = -reach; y <= reach; y++) {
      probabilities[y + reach] = weight.applyAsDouble(y);
      sum += probabilities[y + reach];
    }
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] /= sum;
    }
  }

  /** e^(−y²/2σ²), normalised. */
  static WholeLaw gaussian(double variance) {
    return new WholeLaw(
        (int) Math.ceil(12 * Math.sqrt(variance)) + 12,
        y -> Math.exp(-(double) y * y / (2 * variance)));
  }

  /** e^(−|y|/t), normalised. */
  static WholeLaw laplace(double scale) {
    return new WholeLaw((int) Math.ceil(40 * scale), y -> Math.exp(-Math.abs(y) / scale));
  }

  double probability(int y) {
    return probabilities[y + reach];
  }

  double variance() {
    double sum = 0;
    for (int y = -reach; y <= reach; y++) {
      sum += (double) y * y * probability(y);
    }
    return sum;
  }

  /**
   * The probability that draws of this law are further from it than these are, by Pearson's
   * chi-square over bins of a third of a standard deviation, of 20 expected draws or more.
   */
  double pValue(int draws, LongSupplier drawn) {
    long[] counts = new long[probabilities.length];
    for (int i = 0; i < draws; i++) {
      long clipped = Math.max(-reach, Math.min(reach, drawn.getAsLong()));
      counts[(int) clipped + reach]++;
    }
    int width = Math.max(1, (int) (Math.sqrt(variance()) / 3));
    List<double[]> bins = new ArrayList<>();
    double[] bin = {0, 0};
    for (int i = 0; i < counts.length; i++) {
      bin[0] += counts[i];
      bin[1] += draws * probabilities[i];
      if (i % width == 0 && bin[1] >= LEAST_EXPECTED) {
        bins.add(bin);
        bin = new double[] {0, 0};
      }
    }
    double[] last = bins.get(bins.size() - 1);
    last[0] += bin[0];
    last[1] += bin[1];
    double chiSquare = bins.stream().mapToDouble(b -> (b[0] - b[1]) * (b[0] - b[1]) / b[1]).sum();
    return 1 - new ChiSquaredDistribution(bins.size() - 1).cumulativeProbability(chiSquare);
  }
}
