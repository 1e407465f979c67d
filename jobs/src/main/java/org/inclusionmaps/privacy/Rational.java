package org.inclusionmaps.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact fraction in lowest terms, for what is charged to a privacy budget: a thousand small
 * charges add up to what they are, and not to what doubles make of them.
 *
 * @param numerator any
 * @param denominator above 0
 */
public record Rational(BigInteger numerator, BigInteger denominator)
    implements Comparable<Rational> {
  /** Nothing. */
  public static final Rational ZERO = of(0, 1);

  /** Brings the fraction to lowest terms. */
  public Rational {
    if (denominator.signum() <= 0) {
      throw new IllegalArgumentException("denominator %s must be above 0".formatted(denominator));
    }
    BigInteger common = numerator.gcd(denominator);
    numerator = numerator.divide(common);
    denominator = denominator.divide(common);
  }

  /** A fraction of whole numbers. */
  public static Rational of(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /**
   * The value of a text: {@code 1/80}, or a decimal number, which is taken as written.
   *
   * @throws NumberFormatException if it is neither
   */
  public static Rational parse(String text) {
    int slash = text.indexOf('/');
    if (slash >= 0) {
      BigInteger below = new BigInteger(text.substring(slash + 1).strip());
      if (below.signum() <= 0) {
        throw new NumberFormatException("%s has no positive denominator".formatted(text));
      }
      return new Rational(new BigInteger(text.substring(0, slash).strip()), below);
    }
    BigDecimal decimal = new BigDecimal(text.strip());
    return decimal.scale() <= 0
        ? new Rational(decimal.toBigIntegerExact(), BigInteger.ONE)
        : new Rational(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
  }

  /** The sum. */
  public Rational plus(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  /** The difference. */
  public Rational minus(Rational other) {
    return plus(new Rational(other.numerator.negate(), other.denominator));
  }

  /** The product. */
  public Rational times(Rational other) {
    return new Rational(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  /**
   * The quotient.
   *
   * @param other not 0
   */
  public Rational over(Rational other) {
    if (other.numerator.signum() == 0) {
      throw new IllegalArgumentException("nothing can be divided by 0");
    }
    BigInteger sign = BigInteger.valueOf(other.numerator.signum());
    BigInteger above = other.denominator.multiply(sign);
    BigInteger below = other.numerator.abs();
    Rational turned = new Rational(above, below);
    return times(turned);
  }

  /** The nearest double. */
  public double asDouble() {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), java.math.MathContext.DECIMAL64)
        .doubleValue();
  }

  @Override
  public int compareTo(Rational other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  /** As {@code 1/80}, or {@code 2}. */
  @Override
  public String toString() {
    return denominator.equals(BigInteger.ONE)
        ? numerator.toString()
        : numerator + "/" + denominator;
  }
}
