package org.inclusionmaps.publish.rasters;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.publish.figures.Figures;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.figures.Totals;

/**
 * Sums over persons in a square of pixels, from which all rasters are made. Persons are whole
 * millionths, so that their order changes nothing; sums of values are added in a fixed order.
 */
final class PixelSums {
  /** The columns of a hexagon's figures. */
  static StructType schema(StructType keys) {
    return keys.add("lacking", DataTypes.LongType, false)
        .add("reached", DataTypes.LongType, false)
        .add("unknown", DataTypes.LongType, false)
        .add("coverage_persons", DataTypes.LongType, false)
        .add("price_persons", DataTypes.LongType, false)
        .add(Totals.COVERAGE, DataTypes.DoubleType, false)
        .add(Totals.PRICE, DataTypes.DoubleType, false);
  }

  /** Persons lacking, known and not lacking, unknown; then those who have each mean. */
  private static final int COUNTS = 5;

  private static final int PARTS = 3;
  private static final int MEANS = 2;
  private static final int PIXEL_BYTES = Integer.BYTES + COUNTS * Long.BYTES + MEANS * Double.BYTES;

  private final int side;
  private final long[] counts;
  private final double[] weighted;

  /** Sums of nobody. */
  PixelSums(int side) {
    this.side = side;
    this.counts = new long[side * side * COUNTS];
    this.weighted = new double[side * side * MEANS];
  }

  /** The figures of a hexagon in the order of {@link #schema}, millionths of persons first. */
  static Object[] after(Object[] keys, Totals totals) {
    Figures everybody = totals.figures(0);
    Object[] values = Arrays.copyOf(keys, keys.length + COUNTS + MEANS);
    int at = keys.length;
    values[at++] = everybody.lacking();
    values[at++] = everybody.known() - everybody.lacking();
    values[at++] = everybody.part(Part.UNKNOWN);
    for (int mean = 0; mean < MEANS; mean++) {
      values[at++] = totals.weight(mean);
    }
    for (int mean = 0; mean < MEANS; mean++) {
      Double value = totals.mean(mean);
      values[at++] = value == null ? 0.0 : value;
    }
    return values;
  }

  /**
   * Adds the share of a hexagon that lies in a pixel.
   *
   * @param hexagon a row with the columns of {@link #schema} from one on
   * @param before the share in the pixels before this one
   * @param after the same with this one
   */
  void add(int pixel, Row hexagon, int first, double before, double after) {
    for (int i = 0; i < COUNTS; i++) {
      long all = hexagon.getLong(first + i);
      long here = Math.round(all * after) - Math.round(all * before);
      counts[pixel * COUNTS + i] += here;
      if (i >= PARTS) {
        int mean = i - PARTS;
        weighted[pixel * MEANS + mean] += here * hexagon.getDouble(first + COUNTS + mean);
      }
    }
  }

  private void add(int pixel, PixelSums other, int from) {
    for (int i = 0; i < COUNTS; i++) {
      counts[pixel * COUNTS + i] += other.counts[from * COUNTS + i];
    }
    for (int i = 0; i < MEANS; i++) {
      weighted[pixel * MEANS + i] += other.weighted[from * MEANS + i];
    }
  }

  /** Persons in a pixel, millionths. */
  long persons(int pixel) {
    return known(pixel) + counts[pixel * COUNTS + 2];
  }

  /** Persons whose coverage is known, millionths. */
  long known(int pixel) {
    return lacking(pixel) + counts[pixel * COUNTS + 1];
  }

  /** Persons who lack affordable access, millionths. */
  long lacking(int pixel) {
    return counts[pixel * COUNTS];
  }

  /** A mean over the persons who have it; NaN where nobody has. */
  double mean(int mean, int pixel) {
    return weighted[pixel * MEANS + mean] / counts[pixel * COUNTS + PARTS + mean];
  }

  /** The sums of pixels twice as wide; of a single pixel the same. */
  PixelSums halved() {
    if (side == 1) {
      return this;
    }
    PixelSums half = new PixelSums(side / 2);
    for (int pixel = 0; pixel < side * side; pixel++) {
      half.add(pixel / side / 2 * half.side + pixel % side / 2, this, pixel);
    }
    return half;
  }

  /** The pixels in which somebody lives, as bytes. */
  byte[] toBytes() {
    int inhabited = 0;
    for (int pixel = 0; pixel < side * side; pixel++) {
      inhabited += persons(pixel) > 0 ? 1 : 0;
    }
    ByteBuffer bytes = ByteBuffer.allocate(inhabited * PIXEL_BYTES);
    for (int pixel = 0; pixel < side * side; pixel++) {
      if (persons(pixel) > 0) {
        bytes.putInt(pixel);
        for (int i = 0; i < COUNTS; i++) {
          bytes.putLong(counts[pixel * COUNTS + i]);
        }
        for (int i = 0; i < MEANS; i++) {
          bytes.putDouble(weighted[pixel * MEANS + i]);
        }
      }
    }
    return bytes.array();
  }

  /**
   * Adds a smaller square of sums.
   *
   * @param column of its first pixel among these
   * @param row of its first pixel among these
   * @param width pixels along it
   */
  void add(int column, int row, int width, byte[] pixels) {
    ByteBuffer bytes = ByteBuffer.wrap(pixels);
    while (bytes.hasRemaining()) {
      int from = bytes.getInt();
      int pixel = (row + from / width) * side + column + from % width;
      for (int i = 0; i < COUNTS; i++) {
        counts[pixel * COUNTS + i] += bytes.getLong();
      }
      for (int i = 0; i < MEANS; i++) {
        weighted[pixel * MEANS + i] += bytes.getDouble();
      }
    }
  }
}
