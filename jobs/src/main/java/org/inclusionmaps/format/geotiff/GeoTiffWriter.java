package org.inclusionmaps.format.geotiff;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.Deflater;
import org.inclusionmaps.format.ByteSink;

/**
 * Writes whole metres of height in degrees WGS84 as a GeoTIFF: 16-bit numbers in strips by Deflate
 * with the horizontal predictor, each pixel a point. Strips are packed one by one, so that they can
 * be made in parallel.
 *
 * <p>Source: TIFF 6.0, sections 2 and 14; OGC GeoTIFF 1.1 (19-008r4).
 */
public final class GeoTiffWriter {
  private static final int HEADER = 8;
  private static final int[] KEYS = {
    1, 1, 0, 4, // version, revision, number of keys
    1024, 0, 1, 2, // the model is geographic
    1025, 0, 1, 2, // a pixel is a point
    2048, 0, 1, 4326, // WGS84
    2054, 0, 1, 9102 // degrees
  };

  private GeoTiffWriter() {}

  /**
   * Packs a strip.
   *
   * @param heightsM heights row by row, in m
   * @param width heights in a row
   */
  public static byte[] strip(short[] heightsM, int width) {
    ByteBuffer bytes =
        ByteBuffer.allocate(heightsM.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < heightsM.length; i++) {
      int before = i % width == 0 ? 0 : heightsM[i - 1];
      bytes.putShort((short) (heightsM[i] - before));
    }
    return Packing.deflated(bytes.array(), Deflater.BEST_COMPRESSION);
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
    TiffDirectory tags = new TiffDirectory(/* big= */ false);
    tags.longs(256, width);
    tags.longs(257, height);
    tags.shorts(258, 16);
    tags.shorts(259, 8);
    tags.shorts(262, 1);
    tags.addresses(273, new long[strips.size()]);
    tags.shorts(277, 1);
    tags.longs(278, rowsPerStrip);
    tags.longs(279, strips.stream().mapToInt(strip -> strip.length).toArray());
    tags.shorts(317, 2);
    tags.shorts(339, 2);
    tags.doubles(33550, at.dx(), at.dy(), 0);
    tags.doubles(33922, 0, 0, 0, at.west(), at.north(), 0);
    tags.shorts(34735, KEYS);
    tags.addresses(273, offsets(strips, HEADER + tags.size()));
    return new ByteSink()
        .raw(TiffDirectory.header(/* big= */ false, HEADER))
        .raw(tags.bytes(HEADER, 0))
        .toBytes();
  }

  private static long[] offsets(List<byte[]> strips, long first) {
    long next = first;
    long[] offsets = new long[strips.size()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = next;
      next += strips.get(i).length;
    }
    if (next > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("too large for a TIFF: " + next + " bytes");
    }
    return offsets;
  }
}
