package org.inclusionmaps.format.geotiff;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/** How numbers of a block become its bytes: the other way round than {@link Unpacking}. */
final class Packing {
  private Packing() {}

  /** The bytes by Deflate with zlib's header, which is TIFF's compression 8. */
  static byte[] deflated(byte[] bytes, int level) {
    Deflater deflater = new Deflater(level);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 14];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * The bytes of floating-point numbers by predictor 3: a row has the highest bytes of all its
   * numbers first, then the next ones, and each byte is told as what is added to the one before it.
   * Source: TIFF Technical Note 3.
   */
  static byte[] planes(float[] numbers, int width) {
    int rowBytes = width * Float.BYTES;
    byte[] planes = new byte[numbers.length * Float.BYTES];
    for (int i = 0; i < numbers.length; i++) {
      int bits = Float.floatToIntBits(numbers[i]);
      int at = i / width * rowBytes + i % width;
      planes[at] = (byte) (bits >>> 24);
      planes[at + width] = (byte) (bits >>> 16);
      planes[at + 2 * width] = (byte) (bits >>> 8);
      planes[at + 3 * width] = (byte) bits;
    }
    for (int row = 0; row < planes.length; row += rowBytes) {
      for (int i = row + rowBytes - 1; i > row; i--) {
        planes[i] -= planes[i - 1];
      }
    }
    return planes;
  }
}
