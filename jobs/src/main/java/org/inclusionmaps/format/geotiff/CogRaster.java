package org.inclusionmaps.format.geotiff;

import java.util.Map;

/**
 * What a Cloud-Optimised GeoTIFF says of its one band of 32-bit floating-point numbers. NaN is no
 * data.
 *
 * @param epsg code of a projected coordinate system in m
 * @param westM easting of the western edge of the first column, m
 * @param northM northing of the northern edge of the first row, m
 * @param pixelM side of a pixel, m
 * @param band name of the band
 * @param unit of its numbers
 * @param about what the raster is, in a sentence
 * @param notes more, name to text
 */
public record CogRaster(
    int epsg,
    double westM,
    double northM,
    double pixelM,
    int width,
    int height,
    String band,
    String unit,
    String about,
    Map<String, String> notes) {
  /** Pixels along a tile. */
  public static final int TILE = 512;

  private static final int REDUCED_IMAGE = 1;
  private static final int DEFLATE = 8;
  private static final int FLOATING_POINT = 3;

  public CogRaster {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a raster of %d x %d pixels".formatted(width, height));
    }
  }

  /** How many images there are: the whole one, and overviews until one fits a tile. */
  public static int levels(int width, int height) {
    int level = 0;
    while (Math.max(pixels(width, level), pixels(height, level)) > TILE) {
      level++;
    }
    return level + 1;
  }

  int levels() {
    return levels(width, height);
  }

  /** How many pixels a side has at a level, each of 2 to the power of level pixels of level 0. */
  private static int pixels(int side, int level) {
    return ((side - 1) >> level) + 1;
  }

  /** How many tiles a side of so many pixels has at a level. */
  public static int tiles(int side, int level) {
    return (pixels(side, level) - 1) / TILE + 1;
  }

  /** How many tiles a level has. */
  int tiles(int level) {
    return Math.multiplyExact(tiles(width, level), tiles(height, level));
  }

  /**
   * The directory of a level.
   *
   * @param offsets of its tiles by rows; 0 for a tile without data
   * @param sizes their bytes; 0 for a tile without data
   */
  TiffDirectory directory(boolean big, int level, long[] offsets, int[] sizes) {
    TiffDirectory tags = new TiffDirectory(big);
    if (level > 0) {
      tags.longs(254, REDUCED_IMAGE);
    }
    tags.longs(256, pixels(width, level));
    tags.longs(257, pixels(height, level));
    tags.shorts(258, Float.SIZE);
    tags.shorts(259, DEFLATE);
    tags.shorts(262, 1); // more is brighter
    tags.shorts(277, 1);
    tags.shorts(284, 1);
    tags.shorts(317, FLOATING_POINT);
    tags.shorts(322, TILE);
    tags.shorts(323, TILE);
    tags.addresses(324, offsets);
    tags.longs(325, sizes);
    tags.shorts(339, FLOATING_POINT);
    tags.text(42113, "nan");
    if (level == 0) {
      tags.text(270, about);
      tags.doubles(33550, pixelM, pixelM, 0);
      tags.doubles(33922, 0, 0, 0, westM, northM, 0);
      tags.shorts(34735, keys());
      tags.text(42112, metadata());
    }
    return tags;
  }

  private int[] keys() {
    return new int[] {
      1, 1, 0, 4, // version, revision, number of keys
      1024, 0, 1, 1, // the model is projected
      1025, 0, 1, 1, // a pixel is an area
      3072, 0, 1, epsg, // the system
      3076, 0, 1, 9001 // metres
    };
  }

  private String metadata() {
    StringBuilder out = new StringBuilder("<GDALMetadata>\n");
    notes.forEach(
        (name, text) ->
            out.append("  <Item name=\"%s\">%s</Item>\n".formatted(escaped(name), escaped(text))));
    out.append(item("DESCRIPTION", "description", band));
    out.append(item("UNITTYPE", "unittype", unit));
    return out.append("</GDALMetadata>\n").toString();
  }

  private static String item(String name, String role, String text) {
    return "  <Item name=\"%s\" sample=\"0\" role=\"%s\">%s</Item>\n"
        .formatted(name, role, escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
