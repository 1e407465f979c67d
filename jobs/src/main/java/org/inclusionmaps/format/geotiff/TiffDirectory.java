package org.inclusionmaps.format.geotiff;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.inclusionmaps.format.ByteSink;

/**
 * The directory of an image and the values of its tags, to be written: of a TIFF, or of a BigTIFF,
 * whose addresses have 8 bytes. Its size does not depend on the values of its numbers.
 *
 * <p>Source: TIFF 6.0, section 2; BigTIFF as libtiff documents it.
 */
final class TiffDirectory {
  private static final int ASCII = 2;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int DOUBLE = 12;
  private static final int LONG8 = 16;

  private record Tag(int type, int count, ByteSink values) {}

  private final boolean big;
  private final TreeMap<Integer, Tag> tags = new TreeMap<>();

  TiffDirectory(boolean big) {
    this.big = big;
  }

  /** The header of a file whose first directory is at an address. */
  static byte[] header(boolean big, long first) {
    ByteSink header = new ByteSink().raw(new byte[] {'I', 'I'});
    return big
        ? header
            .littleEndian(43, 2)
            .littleEndian(8, 2)
            .littleEndian(0, 2)
            .littleEndian(first, 8)
            .toBytes()
        : header.littleEndian(42, 2).littleEndian(first, 4).toBytes();
  }

  /** Numbers of 16 bits. */
  void shorts(int tag, int... numbers) {
    ByteSink values = new ByteSink();
    for (int number : numbers) {
      values.littleEndian(number, Short.BYTES);
    }
    tags.put(tag, new Tag(SHORT, numbers.length, values));
  }

  /** Numbers of 32 bits. */
  void longs(int tag, int... numbers) {
    ByteSink values = new ByteSink();
    for (int number : numbers) {
      values.littleEndian(number, Integer.BYTES);
    }
    tags.put(tag, new Tag(LONG, numbers.length, values));
  }

  /** Addresses in the file. */
  void addresses(int tag, long... numbers) {
    ByteSink values = new ByteSink();
    for (long number : numbers) {
      values.littleEndian(number, addressBytes());
    }
    tags.put(tag, new Tag(big ? LONG8 : LONG, numbers.length, values));
  }

  void doubles(int tag, double... numbers) {
    ByteSink values = new ByteSink();
    for (double number : numbers) {
      values.littleEndian(Double.doubleToRawLongBits(number), Double.BYTES);
    }
    tags.put(tag, new Tag(DOUBLE, numbers.length, values));
  }

  void text(int tag, String text) {
    byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
    tags.put(tag, new Tag(ASCII, bytes.length, new ByteSink().raw(bytes)));
  }

  private int addressBytes() {
    return big ? Long.BYTES : Integer.BYTES;
  }

  /** Bytes of the entries, with their count before and the address of the next directory behind. */
  private int entriesSize() {
    return (big ? 8 : 2) + tags.size() * (4 + 2 * addressBytes()) + addressBytes();
  }

  /** Bytes of the directory and its values, an even number. */
  long size() {
    long size = entriesSize();
    for (Tag tag : tags.values()) {
      size += outside(tag) ? even(tag.values().size()) : 0;
    }
    return size;
  }

  private boolean outside(Tag tag) {
    return tag.values().size() > addressBytes();
  }

  private static int even(int size) {
    return size + size % 2;
  }

  /**
   * The bytes of the directory and then of its values.
   *
   * @param at address where they will stand, even
   * @param next address of the next directory, 0 without one
   */
  byte[] bytes(long at, long next) {
    ByteSink entries = new ByteSink().littleEndian(tags.size(), big ? 8 : 2);
    ByteSink values = new ByteSink();
    tags.forEach(
        (number, tag) -> {
          entries.littleEndian(number, 2).littleEndian(tag.type(), 2);
          entries.littleEndian(tag.count(), addressBytes());
          byte[] bytes = tag.values().toBytes();
          if (outside(tag)) {
            entries.littleEndian(at + entriesSize() + values.size(), addressBytes());
            values.raw(bytes).littleEndian(0, even(bytes.length) - bytes.length);
          } else {
            entries.raw(bytes).littleEndian(0, addressBytes() - bytes.length);
          }
        });
    return entries.littleEndian(next, addressBytes()).raw(values.toBytes()).toBytes();
  }
}
