package org.inclusionmaps.publish.tiles;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.format.ByteSink;
import org.inclusionmaps.format.mvt.TileLayer;

/**
 * Features of one layer of one tile on their way to it, packed: a row of Spark holds many, since a
 * row a feature would cost more than the features. Of each: identifier, whether it is counted in
 * this tile of all that it touches, geometry, texts, numbers.
 */
final class TileFeatures {
  /** Position: one of a kind within tile and layer; the order of features in their tile. */
  static final StructType SCHEMA =
      new StructType()
          .add("tile", DataTypes.LongType, false)
          .add("layer", DataTypes.IntegerType, false)
          .add("position", DataTypes.LongType, false)
          .add("features", DataTypes.BinaryType, false);

  private TileFeatures() {}

  /**
   * Packs one more feature.
   *
   * @param numbers 0 or more, or {@link TileAttributes#ABSENT}
   */
  static void pack(
      ByteSink out,
      long id,
      boolean home,
      ByteSink geometry,
      List<String> texts,
      ByteSink numbers) {
    out.varint(id).varint(home ? 1 : 0).varint(geometry.size()).append(geometry);
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.varint(bytes.length).raw(bytes);
    }
    out.append(numbers);
  }

  /** Packs the numbers of a feature, which are the same in all its tiles. */
  static void numbers(long[] numbers, ByteSink out) {
    out.clear();
    for (long number : numbers) {
      out.varint(number == TileAttributes.ABSENT ? 0 : number + 1);
    }
  }

  static Row row(long tile, int layer, long position, ByteSink features) {
    return RowFactory.create(tile, layer, position, features.toBytes());
  }

  /** What is counted of features. */
  static final class Count {
    private long features;
    private long persons;
    private long lacking;

    long features() {
      return features;
    }

    long persons() {
      return persons;
    }

    long lacking() {
      return lacking;
    }
  }

  /** Reads packed features into a layer. */
  static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    /** Adds all features to a layer of a schema, and counts them. */
    void into(TileLayer layer, TileSchema schema, Count count) {
      int texts = schema.texts().size();
      int numbers = schema.numbers().size();
      while (at < bytes.length) {
        layer.begin(varint());
        boolean home = varint() == 1;
        int length = (int) varint();
        int geometry = at;
        at += length;
        for (int i = 0; i < texts; i++) {
          int size = (int) varint();
          layer.tag(i, new String(bytes, at, size, StandardCharsets.UTF_8));
          at += size;
        }
        for (int i = 0; i < numbers; i++) {
          long number = varint() - 1;
          if (number >= 0) {
            layer.tag(texts + i, number);
            if (home && i == TileAttributes.persons()) {
              count.persons += number;
            } else if (home && i == TileAttributes.lacking()) {
              count.lacking += number;
            }
          }
        }
        count.features += home ? 1 : 0;
        layer.end(schema.type(), bytes, geometry, length);
      }
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = bytes[at++];
        value |= (long) (next & 0x7F) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }
  }
}
