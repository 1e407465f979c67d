package org.inclusionmaps.format.geotiff;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * How the bytes of a block become those of its numbers. The JDK undoes the compression: Deflate by
 * its Inflater, LZW and PackBits by its reader of TIFF, which is given each block as a picture of
 * bytes. It knows no predictor of 16 and more bits, so that is undone here.
 *
 * @param compression as TIFF numbers it
 * @param predictor as TIFF numbers it
 * @param sampleBytes bytes of a number
 * @param order their order
 */
record Unpacking(int compression, int predictor, int sampleBytes, ByteOrder order) {
  private static final int NONE = 1;
  private static final int LZW = 5;
  private static final int DEFLATE = 8;
  private static final int PACK_BITS = 32773;
  private static final int OLD_DEFLATE = 32946;
  private static final int HORIZONTAL = 2;
  private static final int FLOATING_POINT = 3;

  static Unpacking of(int compression, int predictor, int sampleBytes, ByteOrder order)
      throws IOException {
    switch (compression) {
      case NONE, LZW, DEFLATE, PACK_BITS, OLD_DEFLATE -> {}
      default ->
          throw new IOException(
              "its compression (TIFF number %d) is not read; gdal_translate -co COMPRESS=DEFLATE IN"
                      .formatted(compression)
                  + " OUT changes it");
    }
    if (predictor < 1 || predictor > FLOATING_POINT) {
      throw new IOException("its predictor is %d; it is damaged".formatted(predictor));
    }
    if (predictor == FLOATING_POINT && order == ByteOrder.BIG_ENDIAN) {
      throw new IOException(
          "its numbers have the highest byte first and predictor 3, which GDAL writes in reverse;"
              + " write it from its source with ENDIANNESS=LITTLE");
    }
    return new Unpacking(compression, predictor, sampleBytes, order);
  }

  /**
   * The bytes of a block's numbers.
   *
   * @param packed as the file has them
   * @param size bytes that come of them
   * @param width numbers in a row
   */
  byte[] unpacked(byte[] packed, int size, int width) throws IOException {
    byte[] bytes =
        switch (compression) {
          case NONE -> sized(packed, size);
          case DEFLATE, OLD_DEFLATE -> inflated(packed, size);
          default -> pictured(packed, size);
        };
    switch (compression == NONE || compression == PACK_BITS ? 1 : predictor) {
      case HORIZONTAL -> sumAlongRows(bytes, width);
      case FLOATING_POINT -> joinPlanes(bytes, width);
      default -> {}
    }
    return bytes;
  }

  private static byte[] sized(byte[] bytes, int size) throws IOException {
    if (bytes.length < size) {
      throw new IOException("it has %,d of %,d bytes".formatted(bytes.length, size));
    }
    return bytes.length == size ? bytes : java.util.Arrays.copyOf(bytes, size);
  }

  private static byte[] inflated(byte[] packed, int size) throws IOException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      byte[] bytes = new byte[size];
      int done = 0;
      while (done < size) {
        int more = inflater.inflate(bytes, done, size - done);
        if (more == 0) {
          throw new IOException("its Deflate ends after %,d of %,d bytes".formatted(done, size));
        }
        done += more;
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new IOException("its Deflate is broken: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  /** By the JDK's reader of TIFF: the block as a picture of one row of bytes. */
  private byte[] pictured(byte[] packed, int size) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
    byte[] tiff = picture(packed, size);
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(tiff))) {
      reader.setInput(in);
      return (byte[]) reader.read(0).getRaster().getDataElements(0, 0, size, 1, null);
    } catch (RuntimeException e) {
      throw new IOException("its compressed bytes are broken: " + e, e);
    } finally {
      reader.dispose();
    }
  }

  private byte[] picture(byte[] packed, int size) {
    int[][] tags = {
      {256, 4, size},
      {257, 4, 1},
      {258, 3, 8},
      {259, 3, compression},
      {262, 3, 1},
      {273, 4, 0},
      {277, 3, 1},
      {278, 4, 1},
      {279, 4, packed.length}
    };
    int start = 8 + 2 + 12 * tags.length + 4;
    tags[5][2] = start;
    ByteBuffer out = ByteBuffer.allocate(start + packed.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    out.putShort((short) tags.length);
    for (int[] tag : tags) {
      out.putShort((short) tag[0]).putShort((short) tag[1]).putInt(1).putInt(tag[2]);
    }
    return out.putInt(0).put(packed).array();
  }

  /** Undoes predictor 2: each number but the first of a row is told as what is added to it. */
  private void sumAlongRows(byte[] bytes, int width) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    int rowBytes = width * sampleBytes;
    for (int row = 0; row < bytes.length; row += rowBytes) {
      for (int at = row + sampleBytes; at < row + rowBytes; at += sampleBytes) {
        int before = at - sampleBytes;
        switch (sampleBytes) {
          case 1 -> buffer.put(at, (byte) (buffer.get(at) + buffer.get(before)));
          case 2 -> buffer.putShort(at, (short) (buffer.getShort(at) + buffer.getShort(before)));
          case 4 -> buffer.putInt(at, buffer.getInt(at) + buffer.getInt(before));
          default -> buffer.putLong(at, buffer.getLong(at) + buffer.getLong(before));
        }
      }
    }
  }

  /**
   * Undoes predictor 3: a row has the highest bytes of all its numbers first, then the next ones,
   * and each byte is told as what is added to the one before it.
   */
  private void joinPlanes(byte[] bytes, int width) {
    int rowBytes = width * sampleBytes;
    byte[] planes = new byte[rowBytes];
    for (int row = 0; row < bytes.length; row += rowBytes) {
      byte sum = 0;
      for (int i = 0; i < rowBytes; i++) {
        sum += bytes[row + i];
        planes[i] = sum;
      }
      for (int i = 0; i < width; i++) {
        for (int k = 0; k < sampleBytes; k++) {
          bytes[row + (i + 1) * sampleBytes - 1 - k] = planes[k * width + i];
        }
      }
    }
  }
}
