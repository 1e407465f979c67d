package org.inclusionmaps.privacy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Random bits that follow from a seed: AES-256 in counter mode, from counter 0, the first bit of
 * each byte first. Source: NIST SP 800-38A, section 6.5. One instance serves one thread, and any
 * number of seeds one after another.
 */
final class KeyedBits {
  static final int SEED_BYTES = 32;

  private static final int BUFFER = 64;
  private static final byte[] ZEROS = new byte[BUFFER];
  private static final IvParameterSpec COUNTER = new IvParameterSpec(new byte[16]);
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Cipher cipher;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private long word;
  private int left;

  /** The bits of a seed of 32 bytes. */
  KeyedBits(byte[] seed) {
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES in counter mode", e);
    }
    restart(seed);
  }

  /** Goes to the first bit of another seed of 32 bytes. */
  void restart(byte[] seed) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException(
          "a seed of %d bytes must have %d".formatted(seed.length, SEED_BYTES));
    }
    try {
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(seed, "AES"), COUNTER);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES takes keys of 256 bits", e);
    }
    at = BUFFER;
    left = 0;
  }

  /** The next bits as a number, the first the most significant; 0 to 63 of them. */
  long next(int count) {
    if (count == 0) {
      return 0;
    }
    if (count <= left) {
      long taken = word >>> (Long.SIZE - count);
      word <<= count;
      left -= count;
      return taken;
    }
    int missing = count - left;
    long high = left == 0 ? 0 : word >>> (Long.SIZE - left);
    refill();
    return (high << missing) | next(missing);
  }

  private void refill() {
    if (at == BUFFER) {
      try {
        cipher.update(ZEROS, 0, BUFFER, buffer, 0);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the buffer is as long as what is written to it", e);
      }
      at = 0;
    }
    word = (long) WORDS.get(buffer, at);
    at += Long.BYTES;
    left = Long.SIZE;
  }

  /** Uniform on 0 to bound − 1, exactly: what is not below the bound is drawn again. */
  long uniform(long bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("the bound %d is below 1".formatted(bound));
    }
    int count = Long.SIZE - Long.numberOfLeadingZeros(bound - 1);
    long drawn = next(count);
    while (drawn >= bound) {
      drawn = next(count);
    }
    return drawn;
  }

  /** As {@link #uniform(long)}, from the same bits, for a bound of any size. */
  BigInteger uniform(BigInteger bound) {
    if (bound.signum() < 1) {
      throw new IllegalArgumentException("the bound %s is below 1".formatted(bound));
    }
    int count = bound.subtract(BigInteger.ONE).bitLength();
    BigInteger drawn = nextBig(count);
    while (drawn.compareTo(bound) >= 0) {
      drawn = nextBig(count);
    }
    return drawn;
  }

  private BigInteger nextBig(int count) {
    BigInteger drawn = BigInteger.ZERO;
    for (int taken = 0; taken < count; ) {
      int part = Math.min(Integer.SIZE, count - taken);
      drawn = drawn.shiftLeft(part).or(BigInteger.valueOf(next(part)));
      taken += part;
    }
    return drawn;
  }
}
