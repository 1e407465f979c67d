package org.inclusionmaps.estimation;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * Random numbers for replicates that are a function of their key (seed, component, key, replicate)
 * and of nothing else: no order, partition or machine changes a bit of them. So a national error,
 * drawn with one key for all places, is the same wherever it is asked for.
 *
 * <p>Each part of the key is added, times SplitMix64's odd step, and mixed by its finaliser.
 * Source: G. L. Steele, D. Lea, C. H. Flood, Fast splittable pseudorandom number generators, OOPSLA
 * 2014, figure 16, with the constants of D. Stafford's variant 13. Fit for simulation, not for
 * secrets or for the noise of privacy.
 *
 * @param seed the run's seed, any
 */
public record KeyedDraws(long seed) implements Serializable {
  private static final long STEP = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-52;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  /**
   * Uniform between 0 and 1, neither included: an odd multiple of 2^-53.
   *
   * @param component what is drawn, such as the price's error: any number, one for each
   * @param key where: a place's number, or {@link #key} of an area; one number for all where the
   *     whole country shares the draw
   * @param replicate which replicate, any number
   */
  public double uniform(int component, long key, int replicate) {
    long hash = mix(seed + STEP * (component + 1L));
    hash = mix(hash + STEP * key);
    long bits = mix(hash + STEP * (replicate + 1L));
    // 52 bits and a half: with 53 the largest would round to 1.
    return ((bits >>> 12) + 0.5) * UNIT;
  }

  /**
   * Standard normal, within ±8.3: the uniform's quantile, so that it rises with it.
   *
   * @param component what is drawn
   * @param key where
   * @param replicate which replicate
   */
  public double normal(int component, long key, int replicate) {
    return NormalQuantile.of(uniform(component, key, replicate));
  }

  /**
   * The key of a text: 64 bits that are the same on every machine, by FNV-1a over its UTF-8 bytes
   * (G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, draft-eastlake-fnv). Among a million texts, two
   * share a key with probability 3 in 10^8.
   */
  public static long key(String text) {
    long hash = FNV_OFFSET;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }

  static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
