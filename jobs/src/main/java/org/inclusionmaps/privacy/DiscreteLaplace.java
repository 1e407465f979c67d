package org.inclusionmaps.privacy;

/**
 * Draws whole numbers x with probability proportional to e^(−|x|/t), exactly. Source: Canonne,
 * Kamath and Steinke (2020), algorithm 2 with s = 1.
 */
final class DiscreteLaplace {
  private DiscreteLaplace() {}

  /** For the scale t, 1 to 2^31: beyond 2^63 a draw would need a run of 2^32 of probability 1/e. */
  static long draw(long scale, KeyedBits bits) {
    while (true) {
      long rest = bits.uniform(scale);
      if (!BernoulliExp.fraction(rest, scale, bits)) {
        continue;
      }
      long whole = 0;
      while (BernoulliExp.inverseOfE(bits)) {
        whole++;
      }
      long size = Math.addExact(rest, Math.multiplyExact(scale, whole));
      boolean negative = bits.next(1) == 1;
      // Else 0, which has two signs, would come twice as often as it should.
      if (!negative || size != 0) {
        return negative ? -size : size;
      }
    }
  }
}
