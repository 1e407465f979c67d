package org.inclusionmaps.format.geotiff;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.inclusionmaps.format.ByteSink;

/**
 * Writes whole metres of height in degrees WGS84 as a GeoTIFF: 16-bit numbers in strips by Deflate
 * with the horizontal predictor, each pixel a point. Strips are packed one by one, so that they can
 * be made in parallel.
 *
 * <p>Source: TIFF 6.0, sections 2 and 14; OGC GeoTIFF 1.1 (19-008r4).
 */
public final class GeoTiffWriter {
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int DOUBLE = 12;
  private static final int[] KEYS = {
    1, 1, 0, 4, // version, revision, number of keys
    1024, 0, 1, 2, // the model is geographic
    1025, 0, 1, 2, // a pixel is a point
    2048, 0, 1, 4326, // WGS84
    2054, 0, 1, 9102 // degrees
  };

  private final ByteSink directory = new ByteSink();
  private final ByteSink values = new ByteSink();
  private final int valuesAt;

  private GeoTiffWriter(int tags) {
    this.valuesAt = 8 + 2 + 12 * tags + 4;
  }

  /**
   * Packs a strip.
   *
   * @param heightsM heights row by row, in m
   * @param width heights in a row
   */
  public static byte[] strip(short[] heightsM, int width) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(heightsM.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < heightsM.length; i++) {
      int before = i % width == 0 ? 0 : heightsM[i - 1];
      bytes.putShort((short) (heightsM[i] - before));
    }
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(packed, deflater)) {
      out.write(bytes.array());
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  /**
   * Writes a file.
   *
   * @param out where to; it stays open
   * @param at where the pixels lie
   * @param rowsPerStrip rows of pixels in each strip; the last one may have fewer
   * @param strips as {@link #strip} packed them, from north to south
   */
  public static void write(
      OutputStream out,
      GeoReference at,
      int width,
      int height,
      int rowsPerStrip,
      List<byte[]> strips)
      throws IOException {
    if (strips.size() != (height - 1) / rowsPerStrip + 1) {
      throw new IllegalArgumentException(strips.size() + " strips for " + height + " rows");
    }
    out.write(header(at, width, height, rowsPerStrip, strips));
    for (byte[] strip : strips) {
      out.write(strip);
    }
  }

  private static byte[] header(
      GeoReference at, int width, int height, int rowsPerStrip, List<byte[]> strips) {
    int tags = 14;
    GeoTiffWriter made = new GeoTiffWriter(tags);
    int[] sizes = strips.stream().mapToInt(strip -> strip.length).toArray();
    made.whole(256, LONG, width);
    made.whole(257, LONG, height);
    made.whole(258, SHORT, 16);
    made.whole(259, SHORT, 8);
    made.whole(262, SHORT, 1);
    made.whole(273, LONG, offsets(sizes, made.valuesAt));
    made.whole(277, SHORT, 1);
    made.whole(278, LONG, rowsPerStrip);
    made.whole(279, LONG, sizes);
    made.whole(317, SHORT, 2);
    made.whole(339, SHORT, 2);
    made.doubles(33550, at.dx(), at.dy(), 0);
    made.doubles(33922, 0, 0, 0, at.west(), at.north(), 0);
    made.whole(34735, SHORT, KEYS);
    return new ByteSink()
        .raw(new byte[] {'I', 'I'})
        .littleEndian(42, 2)
        .littleEndian(8, 4)
        .littleEndian(tags, 2)
        .raw(made.directory.toBytes())
        .littleEndian(0, 4)
        .raw(made.values.toBytes())
        .toBytes();
  }

  /** Where the strips start: behind the header, whose values are those of {@link #header}. */
  private static int[] offsets(int[] sizes, int valuesAt) {
    int lists = sizes.length > 1 ? 2 * sizes.length * Integer.BYTES : 0;
    long next = valuesAt + lists + 9L * Double.BYTES + (long) KEYS.length * Short.BYTES;
    int[] offsets = new int[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      offsets[i] = (int) next;
      next += sizes[i];
    }
    if (next > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("too large for a TIFF: " + next + " bytes");
    }
    return offsets;
  }

  private void whole(int tag, int type, int... numbers) {
    int size = type == SHORT ? Short.BYTES : Integer.BYTES;
    tag(tag, type, numbers.length);
    if (numbers.length == 1) {
      directory.littleEndian(numbers[0], Integer.BYTES);
      return;
    }
    directory.littleEndian(valuesAt + values.size(), Integer.BYTES);
    for (int number : numbers) {
      values.littleEndian(number, size);
    }
  }

  private void doubles(int tag, double... numbers) {
    tag(tag, DOUBLE, numbers.length);
    directory.littleEndian(valuesAt + values.size(), Integer.BYTES);
    for (double number : numbers) {
      values.littleEndian(Double.doubleToRawLongBits(number), Double.BYTES);
    }
  }

  private void tag(int tag, int type, int count) {
    directory.littleEndian(tag, 2).littleEndian(type, 2).littleEndian(count, 4);
  }
}
