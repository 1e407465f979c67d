package org.inclusionmaps.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes with the integer encodings of Protocol Buffers and PMTiles. */
public final class ByteSink {
  private byte[] bytes = new byte[256];
  private int size;

  /** How many bytes have been written. */
  public int size() {
    return size;
  }

  /** Appends an unsigned integer, seven bits a byte, least first (LEB128). */
  public ByteSink varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** Appends the lowest bits of a number, least byte first, in a number of bytes from 1 to 8. */
  public ByteSink littleEndian(long value, int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[size++] = (byte) (value >>> (8 * i));
    }
    return this;
  }

  /** Appends bytes as they are. */
  public ByteSink raw(byte[] more) {
    return raw(more, 0, more.length);
  }

  /** Appends some of the bytes of an array as they are. */
  public ByteSink raw(byte[] more, int from, int length) {
    reserve(length);
    System.arraycopy(more, from, bytes, size, length);
    size += length;
    return this;
  }

  /** Appends what another has. */
  public ByteSink append(ByteSink other) {
    return raw(other.bytes, 0, other.size);
  }

  /** Forgets what has been written. */
  public void clear() {
    size = 0;
  }

  /** Appends a Protocol Buffers field that holds an unsigned integer. */
  public ByteSink field(int number, long value) {
    return varint(((long) number << 3)).varint(value);
  }

  /** Appends a Protocol Buffers field that holds bytes. */
  public ByteSink field(int number, byte[] value) {
    return varint(((long) number << 3) | 2).varint(value.length).raw(value);
  }

  /** Appends a Protocol Buffers field that holds text in UTF-8. */
  public ByteSink field(int number, String value) {
    return field(number, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends a Protocol Buffers field that holds a message or packed integers. */
  public ByteSink field(int number, ByteSink message) {
    return varint(((long) number << 3) | 2).varint(message.size).append(message);
  }

  /** A copy of what has been written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
