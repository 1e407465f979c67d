package org.inclusionmaps.format.mvt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the attributes of the features of a vector tile; geometries are passed over. Source: Mapbox
 * Vector Tile Specification 2.1, section 4.
 */
public final class TileReader {
  /** A number that a feature does not have. */
  public static final long ABSENT = Long.MIN_VALUE;

  private static final int LAYER = 3;
  private static final int NAME = 1;
  private static final int FEATURE = 2;
  private static final int KEY = 3;
  private static final int VALUE = 4;
  private static final int ID = 1;
  private static final int TAGS = 2;
  private static final int BYTES = 2;
  private static final int NOT_ASKED_FOR = -1;

  private final byte[] bytes;
  private int at;

  private TileReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  /** Takes one feature after the other. */
  public interface Visitor {
    /**
     * A feature.
     *
     * @param numbers in the order of the keys asked for; {@link #ABSENT} where it has none; they
     *     hold until the next feature
     * @param text of the key asked for; null where it has none
     */
    void feature(long id, long[] numbers, @Nullable String text);
  }

  /**
   * Visits the features of one layer.
   *
   * @param tile not compressed
   * @param layer its name; a tile without it has no features
   * @param numbers key to its place among the numbers of a feature, from 0
   * @param text the key of the text
   * @throws IllegalArgumentException if the bytes are no vector tile
   */
  public static void visit(
      byte[] tile, String layer, Map<String, Integer> numbers, String text, Visitor visitor) {
    try {
      TileReader reader = new TileReader(tile, 0);
      while (reader.at < tile.length) {
        int field = (int) reader.varint();
        if (field == (LAYER << 3 | BYTES)) {
          int end = reader.end();
          reader.layer(end, layer, numbers, text, visitor);
          reader.at = end;
        } else {
          reader.skip(field);
        }
      }
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a vector tile ends before its features do", e);
    }
  }

  private void layer(
      int end, String wanted, Map<String, Integer> numbers, String text, Visitor visitor) {
    List<int[]> features = new ArrayList<>();
    List<Integer> keys = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    int textKey = NOT_ASKED_FOR;
    while (at < end) {
      int field = (int) varint();
      if (field == (NAME << 3 | BYTES)) {
        if (!string().equals(wanted)) {
          return;
        }
      } else if (field == (FEATURE << 3 | BYTES)) {
        int featureEnd = end();
        features.add(new int[] {at, featureEnd});
        at = featureEnd;
      } else if (field == (KEY << 3 | BYTES)) {
        String key = string();
        if (key.equals(text)) {
          textKey = keys.size();
        }
        keys.add(numbers.getOrDefault(key, NOT_ASKED_FOR));
      } else if (field == (VALUE << 3 | BYTES)) {
        int valueEnd = end();
        values.add(value(valueEnd));
        at = valueEnd;
      } else {
        skip(field);
      }
    }
    long[] found = new long[numbers.size()];
    for (int[] feature : features) {
      at = feature[0];
      feature(feature[1], keys, values, textKey, found, visitor);
    }
  }

  private void feature(
      int end,
      List<Integer> keys,
      List<Object> values,
      int textKey,
      long[] found,
      Visitor visitor) {
    Arrays.fill(found, ABSENT);
    long id = 0;
    String text = null;
    while (at < end) {
      int field = (int) varint();
      if (field == ID << 3) {
        id = varint();
      } else if (field == (TAGS << 3 | BYTES)) {
        int tagsEnd = end();
        while (at < tagsEnd) {
          int key = (int) varint();
          Object value = values.get((int) varint());
          if (key == textKey && value instanceof String string) {
            text = string;
          } else if (keys.get(key) != NOT_ASKED_FOR && value instanceof Long number) {
            found[keys.get(key)] = number;
          }
        }
      } else {
        skip(field);
      }
    }
    visitor.feature(id, found, text);
  }

  /** A text, or a number; of other types nothing that would be asked for. */
  private Object value(int end) {
    int field = (int) varint();
    return switch (field) {
      case 1 << 3 | BYTES -> string();
      case 4 << 3, 5 << 3 -> varint();
      case 6 << 3 -> {
        long zigzag = varint();
        yield (zigzag >>> 1) ^ -(zigzag & 1);
      }
      default -> end;
    };
  }

  private String string() {
    int end = end();
    String text = new String(bytes, at, end - at, StandardCharsets.UTF_8);
    at = end;
    return text;
  }

  private int end() {
    int length = (int) varint();
    if (length < 0 || length > bytes.length - at) {
      throw new IllegalArgumentException("a vector tile tells of bytes after its end");
    }
    return at + length;
  }

  private void skip(int field) {
    switch (field & 7) {
      case 0 -> varint();
      case 1 -> at += 8;
      case BYTES -> at = end();
      case 5 -> at += 4;
      default -> throw new IllegalArgumentException("a vector tile has a field of no known type");
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a vector tile has a number of more than 64 bits");
  }
}
