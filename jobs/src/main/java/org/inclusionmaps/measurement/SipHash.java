package org.inclusionmaps.measurement;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4, a hash that nobody without the key can foresee, of 64 and of 128 bits. Source: J.-P.
 * Aumasson, D. J. Bernstein, SipHash: a fast short-input PRF, INDOCRYPT 2012; the 128-bit form is
 * that of the authors' reference code. Not safe for use by two threads at once.
 */
final class SipHash {
  static final int KEY_BYTES = 16;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long WIDE = 0xEE;

  private final long k0;
  private final long k1;
  private long second;

  /** Hashes under a key of 16 bytes. */
  SipHash(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a SipHash key has 16 bytes, not " + key.length);
    }
    this.k0 = (long) LONG.get(key, 0);
    this.k1 = (long) LONG.get(key, 8);
  }

  /** The 64-bit hash of some bytes. */
  long of(byte[] bytes, int from, int length) {
    return hash(bytes, from, length, 0);
  }

  /** The 64-bit hash of a number's eight bytes, lowest first. */
  long of(long number) {
    long v0 = k0 ^ 0x736F6D6570736575L;
    long v1 = k1 ^ 0x646F72616E646F6DL;
    long v2 = k0 ^ 0x6C7967656E657261L;
    long v3 = k1 ^ 0x7465646279746573L;
    long block = number;
    for (int round = 0; round < 8; round++) {
      if (round == 0 || round == 2) {
        v3 ^= block;
      } else if (round == 4) {
        v2 ^= 0xFF;
      }
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
      if (round == 1 || round == 3) {
        v0 ^= block;
        block = 8L << 56;
      }
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  /** The first half of the 128-bit hash of some bytes; {@link #second} then gives the other. */
  long wide(byte[] bytes, int from, int length) {
    return hash(bytes, from, length, WIDE);
  }

  /** The second half of the last 128-bit hash. */
  long second() {
    return second;
  }

  private long hash(byte[] bytes, int from, int length, long wide) {
    long v0 = k0 ^ 0x736F6D6570736575L;
    long v1 = k1 ^ 0x646F72616E646F6DL ^ wide;
    long v2 = k0 ^ 0x6C7967656E657261L;
    long v3 = k1 ^ 0x7465646279746573L;
    int whole = length & ~7;
    for (int at = 0; at <= whole; at += 8) {
      long block =
          at < whole
              ? (long) LONG.get(bytes, from + at)
              : last(bytes, from + at, length - at, length);
      v3 ^= block;
      for (int round = 0; round < 2; round++) {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= block;
    }
    v2 ^= wide == 0 ? 0xFF : wide;
    long first = 0;
    int rounds = wide == 0 ? 4 : 8;
    for (int round = 0; round < rounds; round++) {
      if (round == 4) {
        first = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xDD;
      }
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
    if (wide == 0) {
      return v0 ^ v1 ^ v2 ^ v3;
    }
    second = v0 ^ v1 ^ v2 ^ v3;
    return first;
  }

  private static long last(byte[] bytes, int from, int left, int length) {
    long block = (long) length << 56;
    for (int i = 0; i < left; i++) {
      block |= (bytes[from + i] & 0xFFL) << (8 * i);
    }
    return block;
  }
}
