package org.inclusionmaps.format.geotiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The tags of an image of a TIFF or BigTIFF. A value is read when it is asked for, and no more of
 * it than the file can hold, so that a header that claims an absurd size costs nothing.
 *
 * <p>Source: TIFF 6.0, section 2; BigTIFF as libtiff documents it.
 */
final class TiffTags {
  private static final int MOST_TAGS = 4096;
  private static final int MOST_VALUES = 1 << 16;
  private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
  private static final int ASCII = 2;

  /** Where a tag's values are: {@code at} is their position in the file. */
  private record Tag(int type, long count, long at) {}

  private final Bytes file;
  private final ByteOrder order;
  private final Map<Integer, Tag> tags = new HashMap<>();

  private TiffTags(Bytes file, ByteOrder order) {
    this.file = file;
    this.order = order;
  }

  /** Reads the header and the directory of an image, which are counted from 0. */
  static TiffTags read(Bytes file, int image) throws IOException {
    if (file.length() < 8) {
      throw new IOException("it is no TIFF: it has %,d bytes".formatted(file.length()));
    }
    byte[] head = bytes(file, 0, 8);
    ByteOrder order = order(head);
    TiffTags tags = new TiffTags(file, order);
    int magic = ByteBuffer.wrap(head).order(order).getShort(2);
    switch (magic) {
      case 42 -> tags.directory(tags.image(image, 4, 2, 4), 2, 4);
      case 43 -> tags.directory(tags.image(image, 8, 8, 8), 8, 8);
      default -> throw new IOException("it is no TIFF: its first bytes are not those of one");
    }
    return tags;
  }

  private static ByteOrder order(byte[] head) throws IOException {
    if (head[0] == 'I' && head[1] == 'I') {
      return ByteOrder.LITTLE_ENDIAN;
    }
    if (head[0] == 'M' && head[1] == 'M') {
      return ByteOrder.BIG_ENDIAN;
    }
    throw new IOException("it is no TIFF: its first bytes are not those of one");
  }

  /** The position of the directory of an image, from directory to directory. */
  private long image(int image, int first, int countBytes, int addressBytes) throws IOException {
    long at = number(first, addressBytes);
    for (int i = 0; i < image; i++) {
      long count = number(at, countBytes);
      if (count < 1 || count > MOST_TAGS) {
        throw new IOException("its directory claims %,d tags".formatted(count));
      }
      at = number(at + countBytes + count * (4 + 2 * addressBytes), addressBytes);
      if (at == 0) {
        throw new IOException("it has %d images, and not %d".formatted(i + 1, image + 1));
      }
    }
    return at;
  }

  /** Reads a directory whose count has some bytes, and whose tags have their values' addresses. */
  private void directory(long at, int countBytes, int addressBytes) throws IOException {
    long count = number(at, countBytes);
    int entry = 4 + 2 * addressBytes;
    if (count < 1 || count > MOST_TAGS) {
      throw new IOException("its directory claims %,d tags".formatted(count));
    }
    ByteBuffer entries = buffer(at + countBytes, (int) count * entry);
    for (int i = 0; i < count; i++) {
      int start = i * entry;
      int type = Short.toUnsignedInt(entries.getShort(start + 2));
      long values = number(entries, start + 4, addressBytes);
      long size = type < SIZES.length ? SIZES[type] : 0;
      if (size == 0) {
        continue; // a type that no tag read here has
      }
      int field = start + 4 + addressBytes;
      boolean inside = values >= 0 && values <= addressBytes / size;
      long position = inside ? at + countBytes + field : number(entries, field, addressBytes);
      tags.put(Short.toUnsignedInt(entries.getShort(start)), new Tag(type, values, position));
    }
  }

  ByteOrder order() {
    return order;
  }

  boolean has(int tag) {
    return tags.containsKey(tag);
  }

  /** How many values a tag has, 0 where it is not there. */
  long count(int tag) {
    Tag found = tags.get(tag);
    return found == null ? 0 : found.count();
  }

  /** The first value of a tag of whole numbers. */
  long whole(int tag, long otherwise) throws IOException {
    return count(tag) < 1 ? otherwise : wholes(tag, 0, 1)[0];
  }

  /** Some values of a tag of whole numbers; the caller has compared with {@link #count}. */
  long[] wholes(int tag, long from, int number) throws IOException {
    Tag found = found(tag, from, number);
    int size = SIZES[found.type()];
    ByteBuffer buffer = buffer(found.at() + from * size, number * size);
    long[] values = new long[number];
    for (int i = 0; i < number; i++) {
      values[i] = number(buffer, i * size, size);
    }
    return values;
  }

  /** All values of a tag of doubles; none where it is not there. */
  double[] doubles(int tag) throws IOException {
    int number = (int) Math.min(count(tag), MOST_VALUES);
    if (number == 0) {
      return new double[0];
    }
    Tag found = found(tag, 0, number);
    if (found.type() != 12) {
      throw new IOException("its tag %d is not of doubles".formatted(tag));
    }
    double[] values = new double[number];
    buffer(found.at(), number * Double.BYTES).asDoubleBuffer().get(values);
    return values;
  }

  /** The text of a tag, empty where it is not there. */
  String text(int tag) throws IOException {
    Tag found = tags.get(tag);
    if (found == null || found.type() != ASCII) {
      return "";
    }
    int number = (int) Math.min(found.count(), MOST_VALUES);
    byte[] text = buffer(found.at(), number).array();
    return new String(text, StandardCharsets.ISO_8859_1).replace("\0", "").strip();
  }

  private Tag found(int tag, long from, int number) throws IOException {
    Tag found = tags.get(tag);
    if (found == null || from < 0 || from + number > found.count()) {
      throw new IOException("its tag %d has too few values".formatted(tag));
    }
    return found;
  }

  private long number(long at, int size) throws IOException {
    return number(buffer(at, size), 0, size);
  }

  private static long number(ByteBuffer buffer, int at, int size) {
    return switch (size) {
      case 1 -> Byte.toUnsignedLong(buffer.get(at));
      case 2 -> Short.toUnsignedLong(buffer.getShort(at));
      case 4 -> Integer.toUnsignedLong(buffer.getInt(at));
      default -> buffer.getLong(at);
    };
  }

  private ByteBuffer buffer(long at, int size) throws IOException {
    return ByteBuffer.wrap(bytes(file, at, size)).order(order);
  }

  /** Bytes of the file; refused, before room is made for them, where it does not hold them. */
  static byte[] bytes(Bytes file, long at, int size) throws IOException {
    if (at < 0 || size < 0 || at > file.length() - size) {
      throw new IOException(
          "it ends early: %,d bytes at %,d are not in its %,d bytes"
              .formatted(size, at, file.length()));
    }
    byte[] bytes = new byte[size];
    file.readFully(at, bytes);
    return bytes;
  }
}
