package org.inclusionmaps.measurement;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Parquet's hybrid of run lengths and packed bits, many numbers a call. Source: Apache Parquet
 * format, Encodings, RLE / Bit-Packing Hybrid (RLE = 3).
 */
final class HybridInts {
  /** The array must go on for this many bytes after the encoded ones. */
  static final int PADDING = 8;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[0];
  private int at;
  private int width;
  private int left;
  private boolean packed;
  private int value;
  private long bit;

  /** Starts at numbers of so many bits, 0 to 32. */
  void start(byte[] from, int offset, int bitWidth) {
    if (bitWidth < 0 || bitWidth > 32) {
      throw new IllegalArgumentException("numbers of " + bitWidth + " bits");
    }
    bytes = from;
    at = offset;
    width = bitWidth;
    left = 0;
  }

  /** Starts at packed bits without headers: Parquet's plain truth values. */
  void startPacked(byte[] from, int offset, int bitWidth) {
    start(from, offset, bitWidth);
    packed = true;
    left = Integer.MAX_VALUE;
    bit = 8L * offset;
  }

  /** The next numbers. */
  void read(int[] into, int from, int count) {
    int to = from + count;
    int next = from;
    while (next < to) {
      if (left == 0) {
        run();
      }
      int some = Math.min(left, to - next);
      if (packed) {
        unpack(into, next, some);
      } else {
        Arrays.fill(into, next, next + some, value);
      }
      left -= some;
      next += some;
    }
  }

  private void unpack(int[] into, int from, int count) {
    byte[] in = bytes;
    int step = width;
    long mask = (1L << step) - 1;
    long position = bit;
    for (int i = from; i < from + count; i++) {
      into[i] = (int) (((long) LONG.get(in, (int) (position >>> 3)) >>> (position & 7)) & mask);
      position += step;
    }
    bit = position;
  }

  private void run() {
    int header = 0;
    int shift = 0;
    int each;
    do {
      each = bytes[at++];
      header |= (each & 0x7F) << shift;
      shift += 7;
    } while (each < 0);
    packed = (header & 1) != 0;
    left = packed ? (header >>> 1) * 8 : header >>> 1;
    if (left == 0) {
      throw new IllegalArgumentException("an empty run of numbers in a Parquet page");
    }
    if (packed) {
      bit = 8L * at;
      at += (header >>> 1) * width;
    } else {
      int size = (width + 7) / 8;
      value = 0;
      for (int i = 0; i < size; i++) {
        value |= (bytes[at++] & 0xFF) << (8 * i);
      }
    }
  }
}
