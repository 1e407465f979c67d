package org.inclusionmaps.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A GeoTIFF laid out by hand as TIFF 6.0 says: 64-bit floating-point heights in one strip, not
 * compressed, in degrees WGS84. Any tag can be put in place of its own.
 */
public final class Dem {
  /** A height in m at a longitude and a latitude; NaN where not known. */
  @FunctionalInterface
  public interface Ground {
    double heightM(double lon, double lat);
  }

  private final int width;
  private final int height;
  private final TreeMap<Integer, Object> tags = new TreeMap<>();
  private final double[] heights;

  private Dem(int width, int height) {
    this.width = width;
    this.height = height;
    this.heights = new double[width * height];
  }

  /**
   * An elevation model whose pixels are areas.
   *
   * @param west longitude of the western edge of its first pixels
   * @param north latitude of the northern edge of its first pixels
   * @param step side of a pixel, degrees
   */
  public static Dem of(double west, double north, double step, int width, int height, Ground g) {
    Dem dem = new Dem(width, height);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        dem.heights[row * width + column] =
            g.heightM(west + (column + 0.5) * step, north - (row + 0.5) * step);
      }
    }
    return dem.tag(256, new int[] {width})
        .tag(257, new int[] {height})
        .tag(258, new int[] {64})
        .tag(259, new int[] {1})
        .tag(262, new int[] {1})
        .tag(273, new int[] {0})
        .tag(277, new int[] {1})
        .tag(278, new int[] {height})
        .tag(279, new int[] {width * height * 8})
        .tag(339, new int[] {3})
        .tag(33550, new double[] {step, step, 0})
        .tag(33922, new double[] {0, 0, 0, west, north, 0})
        .tag(34735, keys(2, 1, 2048, 4326));
  }

  /** The tag of geographic keys: model type, raster type, then pairs of a key and its value. */
  public static int[] keys(int model, int raster, int... more) {
    int[] keys = new int[12 + 2 * more.length];
    int[] start = {1, 1, 0, 2 + more.length / 2, 1024, 0, 1, model, 1025, 0, 1, raster};
    System.arraycopy(start, 0, keys, 0, start.length);
    for (int i = 0; i < more.length; i += 2) {
      keys[12 + 2 * i] = more[i];
      keys[12 + 2 * i + 2] = 1;
      keys[12 + 2 * i + 3] = more[i + 1];
    }
    return keys;
  }

  /** Puts a tag of whole numbers, doubles or a text in place of what it was; null takes it out. */
  public Dem tag(int number, Object value) {
    if (value == null) {
      tags.remove(number);
    } else {
      tags.put(number, value);
    }
    return this;
  }

  /** The bytes of the file. */
  public byte[] bytes() {
    int values = 8 + 2 + 12 * tags.size() + 4;
    ByteBuffer out =
        ByteBuffer.allocate(values + 4096 + heights.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    out.putShort((short) tags.size());
    int data = values + 4096;
    for (Map.Entry<Integer, Object> tag : tags.entrySet()) {
      out.putShort(tag.getKey().shortValue());
      if (tag.getValue() instanceof int[] numbers) {
        int first = tag.getKey() == 273 && numbers[0] == 0 ? data : numbers[0];
        boolean keys = tag.getKey() == 34735;
        out.putShort((short) (keys ? 3 : 4)).putInt(numbers.length);
        out.putInt(numbers.length == 1 ? first : values);
        for (int i = 0; numbers.length > 1 && i < numbers.length; i++) {
          values += keys ? 2 : 4;
          if (keys) {
            out.putShort(values - 2, (short) numbers[i]);
          } else {
            out.putInt(values - 4, numbers[i]);
          }
        }
      } else if (tag.getValue() instanceof double[] numbers) {
        out.putShort((short) 12).putInt(numbers.length).putInt(values);
        for (double number : numbers) {
          out.putDouble(values, number);
          values += 8;
        }
      } else {
        byte[] text = (tag.getValue() + "\0\0\0\0").getBytes(StandardCharsets.ISO_8859_1);
        out.putShort((short) 2).putInt(text.length).putInt(values);
        for (byte letter : text) {
          out.put(values++, letter);
        }
      }
    }
    out.position(data);
    for (double heightM : heights) {
      out.putDouble(heightM);
    }
    return out.array();
  }

  /** Writes the file, and the folder that holds it. */
  public Path write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Columns of pixels. */
  public int width() {
    return width;
  }

  /** Rows of pixels. */
  public int height() {
    return height;
  }
}
