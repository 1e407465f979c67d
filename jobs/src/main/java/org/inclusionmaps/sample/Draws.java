package org.inclusionmaps.sample;

import java.io.Serializable;

/**
 * Random numbers that are a function of their key (seed, what, id, nth) and of nothing else: no
 * order, partition or machine changes them. The mixing function is the finaliser of SplitMix64
 * (Steele, Lea and Flood 2014, constants of Stafford's variant 13), applied once for each part of
 * the key. Fit for making data, not for secrets.
 *
 * @param seed the country's seed
 */
record Draws(long seed) implements Serializable {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;
  private static final double THIRD = 0x1.0p-21;

  /** 64 even bits. */
  long bits(What what, long id, long nth) {
    long hash = mix(seed + GOLDEN * what.key());
    hash = mix(hash + GOLDEN * id);
    return mix(hash + GOLDEN * (nth + 1));
  }

  /** Uniform between 0 and 1, neither included. */
  double uniform(What what, long id, long nth) {
    return unit(bits(what, id, nth));
  }

  /** Uniform between 0 and 1, neither included. */
  double uniform(What what, long id) {
    return uniform(what, id, 0);
  }

  /** Standard normal, by Box and Muller. */
  double normal(What what, long id, long nth) {
    long first = bits(what, id, nth);
    double angle = 2 * StrictMath.PI * unit(mix(first + GOLDEN));
    return StrictMath.sqrt(-2 * StrictMath.log(unit(first))) * StrictMath.cos(angle);
  }

  /** Standard normal. */
  double normal(What what, long id) {
    return normal(what, id, 0);
  }

  /** Mean 0, variance 1, within 3 of 0: the sum of three uniforms. Cheap, for noise fields. */
  double bell(What what, long id, long nth) {
    long bits = bits(what, id, nth);
    long sum = (bits & 0x1FFFFF) + ((bits >>> 21) & 0x1FFFFF) + ((bits >>> 42) & 0x1FFFFF);
    return 2 * ((sum + 1.5) * THIRD - 1.5);
  }

  private static double unit(long bits) {
    return ((bits >>> 11) + 0.5) * UNIT;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
