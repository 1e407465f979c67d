package org.inclusionmaps.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;

/**
 * The noise of one query of a measurement: discrete Gaussian, and for each cell a function of the
 * key, the measurement, the query, the variance and the cell, and of nothing else. No order,
 * partition, retry or machine changes it. To who lacks the key, the noises of two cells, queries or
 * measurements are independent.
 *
 * <p>The seed of a cell is HMAC-SHA256 under the key of these fields, each after its length; its
 * bits are AES-256's in counter mode. The variance is among them although the policy's hash covers
 * it: with one stream of bits for two variances, a count could be solved for.
 *
 * <p>One instance serves one thread. It holds the key and is not serializable: make one in each
 * task.
 */
public final class KeyedNoise {
  private static final String PURPOSE = "noise 1";

  private final Mac mac;
  private final byte[] prefix;
  private final byte[] length = new byte[Integer.BYTES];
  private final byte[] seed = new byte[KeyedBits.SEED_BYTES];
  private final KeyedBits bits = new KeyedBits(new byte[KeyedBits.SEED_BYTES]);
  private final DiscreteGaussian law;

  /**
   * The noise of a query.
   *
   * @param query its name, one for each query of the measurement
   * @param variance the parameter σ², above 0, at most 10^18: see {@link ZeroConcentrated#variance}
   */
  public KeyedNoise(NoiseKey key, Measurement measurement, String query, Rational variance) {
    mac = key.mac();
    prefix =
        NoiseKey.encoded(
            List.of(
                PURPOSE,
                measurement.id(),
                measurement.inputHash(),
                measurement.policyHash(),
                query,
                variance.toString()));
    law = new DiscreteGaussian(variance);
  }

  /** The noise of a cell, to be added to its count: the same each time that it is asked for. */
  public long of(String cell) {
    byte[] name = cell.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < length.length; i++) {
      length[i] = (byte) (name.length >>> (Byte.SIZE * (length.length - 1 - i)));
    }
    mac.update(prefix);
    mac.update(length);
    mac.update(name);
    try {
      mac.doFinal(seed, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the seed is as long as the hash", e);
    }
    bits.restart(seed);
    return law.draw(bits);
  }
}
