package org.inclusionmaps.format.geotiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of one type to heights.
 *
 * @param kind how a number is written
 * @param order its bytes' order
 * @param noData the number that stands for none; null where there is none
 */
record Samples(Kind kind, ByteOrder order, @Nullable Double noData) {
  private static final int UNSIGNED = 1;
  private static final int SIGNED = 2;
  private static final int FLOATING = 3;

  /** How a number is written, and in how many bytes. */
  enum Kind {
    UINT8(1),
    INT8(1),
    UINT16(2),
    INT16(2),
    UINT32(4),
    INT32(4),
    FLOAT32(4),
    FLOAT64(8);

    private final int bytes;

    Kind(int bytes) {
      this.bytes = bytes;
    }
  }

  static Samples of(int bits, int format, ByteOrder order, @Nullable Double noData)
      throws IOException {
    Kind kind =
        switch (1000 * format + bits) {
          case 1000 * UNSIGNED + 8 -> Kind.UINT8;
          case 1000 * SIGNED + 8 -> Kind.INT8;
          case 1000 * UNSIGNED + 16 -> Kind.UINT16;
          case 1000 * SIGNED + 16 -> Kind.INT16;
          case 1000 * UNSIGNED + 32 -> Kind.UINT32;
          case 1000 * SIGNED + 32 -> Kind.INT32;
          case 1000 * FLOATING + 32 -> Kind.FLOAT32;
          case 1000 * FLOATING + 64 -> Kind.FLOAT64;
          default ->
              throw new IOException(
                  "its numbers have %d bits in the sample format %d, which is not read;"
                          .formatted(bits, format)
                      + " gdal_translate -ot Float32 IN OUT converts them");
        };
    return new Samples(kind, order, noData);
  }

  int bytes() {
    return kind.bytes;
  }

  /**
   * The heights of a block that the file leaves out: not known, or 0 where it has no such value.
   */
  float[] absent(int number) {
    float[] heights = new float[number];
    if (noData != null) {
      Arrays.fill(heights, Float.NaN);
    }
    return heights;
  }

  float[] heights(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    float[] heights = new float[bytes.length / kind.bytes];
    float none = noData == null ? Float.NaN : noData.floatValue();
    for (int i = 0; i < heights.length; i++) {
      float value = value(buffer, i);
      heights[i] = value == none ? Float.NaN : value;
    }
    return heights;
  }

  private float value(ByteBuffer buffer, int i) {
    return switch (kind) {
      case UINT8 -> Byte.toUnsignedInt(buffer.get(i));
      case INT8 -> buffer.get(i);
      case UINT16 -> Short.toUnsignedInt(buffer.getShort(2 * i));
      case INT16 -> buffer.getShort(2 * i);
      case UINT32 -> Integer.toUnsignedLong(buffer.getInt(4 * i));
      case INT32 -> buffer.getInt(4 * i);
      case FLOAT32 -> buffer.getFloat(4 * i);
      case FLOAT64 -> (float) buffer.getDouble(8 * i);
    };
  }
}
