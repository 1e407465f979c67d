package org.inclusionmaps.privacy;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * An exact fraction in lowest terms: variances and what is spent of a budget, of which no bit may
 * be lost to rounding.
 *
 * @param numerator any
 * @param denominator not 0; kept above 0
 */
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational>, Serializable {
  public static final Rational ZERO = of(0, 1);
  public static final Rational ONE = of(1, 1);

  private static final MathContext UP = new MathContext(40, RoundingMode.CEILING);

  /** Reduces to lowest terms. */
  public Rational {
    if (denominator.signum() == 0) {
      throw new IllegalArgumentException("the denominator under " + numerator + " is 0");
    }
    BigInteger divisor = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      divisor = divisor.negate();
    }
    numerator = numerator.divide(divisor);
    denominator = denominator.divide(divisor);
  }

  /** The fraction of two whole numbers, the second not 0. */
  public static Rational of(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /** The decimal as it is written: 0.0125 is 1/80. */
  public static Rational of(BigDecimal decimal) {
    BigInteger digits = decimal.unscaledValue();
    int scale = decimal.scale();
    return scale >= 0
        ? new Rational(digits, BigInteger.TEN.pow(scale))
        : new Rational(digits.multiply(BigInteger.TEN.pow(-scale)), BigInteger.ONE);
  }

  /**
   * The value of a text: {@code 1/80}, or a decimal number, which is taken as written.
   *
   * @throws NumberFormatException if it is neither
   */
  public static Rational parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return of(new BigDecimal(text.strip()));
    }
    BigInteger below = new BigInteger(text.substring(slash + 1).strip());
    if (below.signum() <= 0) {
      throw new NumberFormatException("%s has no positive denominator".formatted(text));
    }
    return new Rational(new BigInteger(text.substring(0, slash).strip()), below);
  }

  public Rational plus(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  public Rational times(Rational other) {
    return new Rational(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  /** Divides by a number that is not 0. */
  public Rational dividedBy(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator), denominator.multiply(other.numerator));
  }

  /** -1, 0 or 1: below, at or above 0. */
  public int signum() {
    return numerator.signum();
  }

  /** The largest whole number that is not above this one. */
  public BigInteger floor() {
    BigInteger[] parts = numerator.divideAndRemainder(denominator);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /** A double that is not below this number, and at most two steps of a double above it. */
  public double roundedUp() {
    BigDecimal decimal = new BigDecimal(numerator).divide(new BigDecimal(denominator), UP);
    double near = decimal.doubleValue();
    boolean below = Double.isFinite(near) && new BigDecimal(near).compareTo(decimal) < 0;
    return below ? Math.nextUp(near) : near;
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  /** As 1/80, or 40 where it is whole. */
  @Override
  public String toString() {
    return denominator.equals(BigInteger.ONE)
        ? numerator.toString()
        : numerator + "/" + denominator;
  }
}
