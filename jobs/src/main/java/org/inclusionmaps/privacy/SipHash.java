package org.inclusionmaps.privacy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * SipHash-2-4: a keyed hash of 64 bits. It chooses which of a person's records counts, the one of
 * the least hash, without regard to order or partition. The choice is among one person's own
 * records, so no privacy rests on it, nor on the key. Source: J.-P. Aumasson, D. J. Bernstein,
 * SipHash: a fast short-input PRF, Indocrypt 2012.
 */
public final class SipHash {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long k0;
  private final long k1;

  /** Of a key of 128 bits: its first and its last 8 bytes, each little-endian. */
  public SipHash(long k0, long k1) {
    this.k0 = k0;
    this.k1 = k1;
  }

  /** Of a text's UTF-8 bytes. */
  public long of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The hash of a message. Any order of hashes will do for a choice, signed or not. */
  public long of(byte[] message) {
    State state = new State(k0, k1);
    int whole = message.length & ~7;
    for (int i = 0; i < whole; i += Long.BYTES) {
      state.take((long) WORDS.get(message, i));
    }
    long last = (long) message.length << 56;
    for (int i = whole; i < message.length; i++) {
      last |= (message[i] & 0xFFL) << (Byte.SIZE * (i - whole));
    }
    state.take(last);
    return state.end();
  }

  /** Does not show the key. */
  @Override
  public String toString() {
    return "SipHash (hidden key)";
  }

  /** The four words that each word of the message is mixed into. */
  private static final class State {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    State(long k0, long k1) {
      v0 = k0 ^ 0x736f6d6570736575L;
      v1 = k1 ^ 0x646f72616e646f6dL;
      v2 = k0 ^ 0x6c7967656e657261L;
      v3 = k1 ^ 0x7465646279746573L;
    }

    void take(long word) {
      v3 ^= word;
      round();
      round();
      v0 ^= word;
    }

    long end() {
      v2 ^= 0xFF;
      for (int i = 0; i < 4; i++) {
        round();
      }
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
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
  }
}
