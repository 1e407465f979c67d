package org.inclusionmaps.sample;

import java.util.stream.IntStream;

/** Wholes split in parts that sum to them exactly. */
final class Shares {
  private Shares() {}

  /**
   * Splits a number by largest remainder; ties go to the earlier part.
   *
   * @param total what to split, at least 0
   * @param weights of the parts, at least 0, with a sum above 0
   */
  static long[] of(long total, double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException("weights must have a sum above 0 but it is " + sum);
    }
    long[] parts = new long[weights.length];
    double[] remainders = new double[weights.length];
    long left = total;
    for (int i = 0; i < weights.length; i++) {
      double exact = total * (weights[i] / sum);
      parts[i] = (long) StrictMath.floor(exact);
      remainders[i] = exact - parts[i];
      left -= parts[i];
    }
    int[] order =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted((a, b) -> Double.compare(remainders[b], remainders[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int k = 0; left > 0; k = (k + 1) % order.length, left--) {
      parts[order[k]]++;
    }
    return parts;
  }
}
