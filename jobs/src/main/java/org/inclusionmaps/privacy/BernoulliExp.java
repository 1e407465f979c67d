package org.inclusionmaps.privacy;

import java.math.BigInteger;

/**
 * True with probability e^−γ, exactly, for a fraction γ: with whole numbers alone. Source: C. L.
 * Canonne, G. Kamath, T. Steinke, The Discrete Gaussian for Differential Privacy, NeurIPS 2020
 * (arXiv 2004.00010), algorithm 1.
 */
final class BernoulliExp {
  private BernoulliExp() {}

  /** For γ = numerator/denominator, 0 or more; the denominator above 0. */
  static boolean draw(long numerator, long denominator, KeyedBits bits) {
    long whole = numerator / denominator;
    for (long i = 0; i < whole; i++) {
      if (!inverseOfE(bits)) {
        return false;
      }
    }
    return fraction(numerator - whole * denominator, denominator, bits);
  }

  /** As {@link #draw(long, long, KeyedBits)}, for numbers of any size. */
  static boolean draw(BigInteger numerator, BigInteger denominator, KeyedBits bits) {
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    // The loop ends at the first false, long before it could count this far.
    long whole = parts[0].bitLength() < Long.SIZE ? parts[0].longValueExact() : Long.MAX_VALUE;
    for (long i = 0; i < whole; i++) {
      if (!inverseOfE(bits)) {
        return false;
      }
    }
    return fraction(parts[1], denominator, 1, bits);
  }

  /** With probability 1/e. */
  static boolean inverseOfE(KeyedBits bits) {
    return fraction(1, 1, bits);
  }

  /** For γ from 0 to 1: k rises while a draw of probability γ/k holds; is k odd at the end? */
  static boolean fraction(long numerator, long denominator, KeyedBits bits) {
    if (numerator == 0) {
      return true;
    }
    long k = 1;
    long bound = denominator;
    while (bits.uniform(bound) < numerator) {
      k++;
      if (bound > Long.MAX_VALUE - denominator) {
        return fraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator), k, bits);
      }
      bound += denominator;
    }
    return k % 2 == 1;
  }

  private static boolean fraction(
      BigInteger numerator, BigInteger denominator, long start, KeyedBits bits) {
    if (numerator.signum() == 0) {
      return true;
    }
    long k = start;
    while (bits.uniform(denominator.multiply(BigInteger.valueOf(k))).compareTo(numerator) < 0) {
      k++;
    }
    return k % 2 == 1;
  }
}
