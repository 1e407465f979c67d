package org.inclusionmaps.measurement;

import java.util.Arrays;

/** Whole numbers of 0 and more as bytes, few for small ones. */
final class Numbers {
  private byte[] bytes;
  private int at;

  /** To be written. */
  Numbers(byte head) {
    bytes = new byte[1 << 12];
    bytes[at++] = head;
  }

  /** To be read, from a place on. */
  Numbers(byte[] from, int at) {
    this.bytes = from;
    this.at = at;
  }

  void write(long number) {
    if (at + 10 > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    long left = number;
    while ((left & ~0x7FL) != 0) {
      bytes[at++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[at++] = (byte) left;
  }

  /** In eight bytes: for large numbers that is quicker. */
  void writeWhole(long number) {
    if (at + Long.BYTES > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    ColumnPages.LONG.set(bytes, at, number);
    at += Long.BYTES;
  }

  long readWhole() {
    long number = (long) ColumnPages.LONG.get(bytes, at);
    at += Long.BYTES;
    return number;
  }

  long read() {
    if (bytes[at] >= 0) {
      return bytes[at++];
    }
    long number = 0;
    int shift = 0;
    byte each;
    do {
      each = bytes[at++];
      number |= (each & 0x7FL) << shift;
      shift += 7;
    } while (each < 0);
    return number;
  }

  boolean more() {
    return at < bytes.length;
  }

  int size() {
    return at;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, at);
  }
}
