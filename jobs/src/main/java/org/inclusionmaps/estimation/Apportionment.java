package org.inclusionmaps.estimation;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Splits of a whole number in proportion to weights, by the method of largest remainders (Hamilton,
 * 1792): each part is the exact share rounded down or up, and the parts sum to the whole.
 */
public final class Apportionment {
  private Apportionment() {}

  /**
   * The parts of a total, in proportion to whole weights. The arithmetic is exact for any longs.
   *
   * @param total what is split, 0 or more
   * @param weights 0 or more each, at least one above 0, their sum below 2^63
   * @return as many parts as weights, summing to the total; equal remainders go to the lower index
   * @throws IllegalArgumentException if a number is below 0, or no weight is above 0 while there is
   *     something to split
   */
  public static long[] largestRemainder(long total, long[] weights) {
    if (total < 0) {
      throw new IllegalArgumentException("total is " + total + " but must be 0 or more");
    }
    long sum = 0;
    for (long weight : weights) {
      if (weight < 0) {
        throw new IllegalArgumentException("a weight is " + weight + " but must be 0 or more");
      }
      sum = addExact(sum, weight);
    }
    long[] parts = new long[weights.length];
    if (total == 0) {
      return parts;
    }
    if (sum == 0) {
      throw new IllegalArgumentException("no weight is above 0, so " + total + " cannot be split");
    }
    long[] remainders = new long[weights.length];
    long left = total;
    for (int i = 0; i < weights.length; i++) {
      divide(total, weights[i], sum, i, parts, remainders);
      left -= parts[i];
    }
    addToLargest((int) left, parts, remainders);
    return parts;
  }

  /**
   * The parts of a total, in proportion to weights. The weights are first rounded to one grid of
   * binary steps, as fine as lets their sum be a long (at least 2^-40 of the largest for a million
   * weights); the rest is exact.
   *
   * @param total what is split, 0 or more
   * @param weights finite and 0 or more each, at least one above 0
   * @return as many parts as weights, summing to the total; equal remainders go to the lower index
   * @throws IllegalArgumentException as for whole weights, or if a weight is not finite
   */
  public static long[] largestRemainder(long total, double[] weights) {
    double largest = 0;
    for (double weight : weights) {
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException(
            "a weight is " + weight + " but must be finite and 0 or more");
      }
      largest = Math.max(largest, weight);
    }
    int bits = 61 - (32 - Integer.numberOfLeadingZeros(weights.length));
    int shift = bits - Math.getExponent(largest);
    long[] whole = new long[weights.length];
    for (int i = 0; i < weights.length; i++) {
      whole[i] = largest == 0 ? 0 : Math.round(scale(weights[i], shift));
    }
    return largestRemainder(total, whole);
  }

  // In two steps, because one power of two of a very small weight would itself be infinite.
  private static double scale(double value, int shift) {
    return Math.scalb(Math.scalb(value, shift / 2), shift - shift / 2);
  }

  private static long addExact(long sum, long weight) {
    if (sum + weight < 0) {
      throw new IllegalArgumentException("the weights sum to 2^63 or more");
    }
    return sum + weight;
  }

  private static void divide(
      long total, long weight, long sum, int at, long[] parts, long[] remainders) {
    if (Math.multiplyHigh(total, weight) == 0 && total * weight >= 0) {
      parts[at] = total * weight / sum;
      remainders[at] = total * weight % sum;
      return;
    }
    BigInteger[] exact =
        BigInteger.valueOf(total)
            .multiply(BigInteger.valueOf(weight))
            .divideAndRemainder(BigInteger.valueOf(sum));
    parts[at] = exact[0].longValueExact();
    remainders[at] = exact[1].longValueExact();
  }

  private static void addToLargest(int left, long[] parts, long[] remainders) {
    if (left == 0) {
      return;
    }
    // Those above the left-th largest remainder get one each; those equal to it by index.
    long[] sorted = remainders.clone();
    Arrays.sort(sorted);
    long bar = sorted[sorted.length - left];
    int given = 0;
    for (int i = 0; i < parts.length; i++) {
      if (remainders[i] > bar) {
        parts[i]++;
        given++;
      }
    }
    for (int i = 0; i < parts.length && given < left; i++) {
      if (remainders[i] == bar) {
        parts[i]++;
        given++;
      }
    }
  }
}
