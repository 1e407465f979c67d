package org.inclusionmaps.privacy;

import java.math.BigInteger;

/**
 * Draws whole numbers y with probability proportional to e^(−y²/2σ²), exactly: with whole numbers
 * alone, for a fraction σ². Its mean is 0, its variance σ² or a little less. How long a draw takes
 * tells of it, so draws are timed by nobody but the job itself.
 *
 * <p>Source: C. L. Canonne, G. Kamath, T. Steinke, The Discrete Gaussian for Differential Privacy,
 * NeurIPS 2020 (arXiv 2004.00010), algorithm 3.
 */
final class DiscreteGaussian {
  private static final BigInteger MOST_VARIANCE = BigInteger.TEN.pow(18);

  /** The largest number whose square is a long. */
  private static final long MOST_ROOT = 3_037_000_499L;

  private final long scale;
  private final BigInteger numerator;
  private final BigInteger step;
  private final BigInteger divisor;
  private final long longNumerator;
  private final long longStep;
  private final long longDivisor;

  /** The largest |y| whose exponent is a fraction of longs; -1 if there is none. */
  private final long mostInLongs;

  /**
   * Of the parameter σ² = n/d.
   *
   * @param variance above 0, at most 10^18
   */
  DiscreteGaussian(Rational variance) {
    if (variance.signum() <= 0 || variance.floor().compareTo(MOST_VARIANCE) > 0) {
      throw new IllegalArgumentException(
          "the variance %s must be above 0 and at most 10^18".formatted(variance));
    }
    BigInteger t = variance.floor().sqrt().add(BigInteger.ONE);
    scale = t.longValueExact();
    numerator = variance.numerator();
    step = variance.denominator().multiply(t);
    divisor = numerator.multiply(step).multiply(t).shiftLeft(1);
    boolean fits =
        numerator.compareTo(BigInteger.valueOf(MOST_ROOT)) <= 0 && divisor.bitLength() < Long.SIZE;
    longNumerator = fits ? numerator.longValueExact() : 0;
    longStep = fits ? step.longValueExact() : 0;
    longDivisor = fits ? divisor.longValueExact() : 0;
    mostInLongs = fits ? MOST_ROOT / longStep : -1;
  }

  long draw(KeyedBits bits) {
    while (true) {
      long drawn = DiscreteLaplace.draw(scale, bits);
      if (accepts(Math.abs(drawn), bits)) {
        return drawn;
      }
    }
  }

  /** With probability exp(−(|y| − σ²/t)²/2σ²), its exponent being (|y|dt − n)²/(2ndt²). */
  private boolean accepts(long size, KeyedBits bits) {
    if (size <= mostInLongs) {
      long root = size * longStep - longNumerator;
      return BernoulliExp.draw(root * root, longDivisor, bits);
    }
    BigInteger root = BigInteger.valueOf(size).multiply(step).subtract(numerator);
    return BernoulliExp.draw(root.multiply(root), divisor, bits);
  }
}
