package org.inclusionmaps.format.geotiff;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the pixels of a raster in degrees lie: the centre of pixel (column, row) is at longitude
 * west + column * dx and latitude north - row * dy.
 *
 * <p>Source: OGC GeoTIFF 1.1 (19-008r4), sections 7.1 (keys), 7.3 and annex B.6 (raster to model).
 *
 * @param west longitude of the centres of the first column, degrees
 * @param north latitude of the centres of the first row, degrees
 * @param dx width of a pixel, degrees, above 0
 * @param dy height of a pixel, degrees, above 0
 */
public record GeoReference(double west, double north, double dx, double dy) {
  /**
   * The EPSG codes of geographic systems that are at most 3 m from WGS84: WGS84 itself (4326,
   * 4979), ETRS89 (4258, 4937), NAD83 (4269, 4617, 4759, 6318), SIRGAS 2000 (4674, 4989), POSGAR
   * (4190, 5340), RGF93 (4171), GDA94 and GDA2020 (4283, 7844), NZGD2000 (4167), JGD2000 and
   * JGD2011 (4612, 6668), CGCS2000 (4490), Korea 2000 (4737), DGN95 (4755), Hartebeesthoek94
   * (4148).
   */
  public static final Set<Integer> LIKE_WGS84 =
      Set.of(
          4326, 4979, 4258, 4937, 4269, 4617, 4759, 6318, 4674, 4989, 4190, 5340, 4171, 4283, 7844,
          4167, 4612, 6668, 4490, 4737, 4755, 4148);

  private static final int PIXEL_SCALE = 33550;
  private static final int TIE_POINTS = 33922;
  private static final int TRANSFORMATION = 34264;
  private static final int KEYS = 34735;
  private static final int MODEL_TYPE = 1024;
  private static final int RASTER_TYPE = 1025;
  private static final int GEOGRAPHIC = 2048;
  private static final int ANGULAR_UNITS = 2054;
  private static final int PROJECTED = 3072;
  private static final int VERTICAL_UNITS = 4099;
  private static final int MODEL_GEOGRAPHIC = 2;
  private static final int PIXEL_IS_POINT = 2;
  private static final int DEGREE = 9102;
  private static final int METRE = 9001;
  private static final String WARP = "; gdalwarp -t_srs EPSG:4326 IN OUT converts it";

  static GeoReference of(TiffTags tags) throws IOException {
    Map<Integer, Integer> keys = keys(tags);
    checkSystem(keys);
    double[] affine = affine(tags);
    if (affine[1] != 0 || affine[3] != 0) {
      throw new IOException("its rows do not run along parallels (it is rotated)" + WARP);
    }
    if (!(affine[0] > 0 && affine[4] < 0)) {
      throw new IOException(
          "its first row is not the northern or its first column not the western" + " one" + WARP);
    }
    double half = keys.getOrDefault(RASTER_TYPE, 1) == PIXEL_IS_POINT ? 0 : 0.5;
    GeoReference found =
        new GeoReference(
            affine[2] + half * affine[0], affine[5] + half * affine[4], affine[0], -affine[4]);
    for (double number : List.of(found.west, found.north, found.dx, found.dy)) {
      if (!Double.isFinite(number) || Math.abs(number) > 540) {
        throw new IOException("its place is not on the earth: " + found + WARP);
      }
    }
    return found;
  }

  private static Map<Integer, Integer> keys(TiffTags tags) throws IOException {
    Map<Integer, Integer> keys = new HashMap<>();
    int count = (int) Math.min(tags.count(KEYS), 4096);
    long[] numbers = count == 0 ? new long[0] : tags.wholes(KEYS, 0, count);
    for (int i = 4; i + 3 < count; i += 4) {
      if (numbers[i + 1] == 0) { // the value itself, and not a place in another tag
        keys.put((int) numbers[i], (int) numbers[i + 3]);
      }
    }
    return keys;
  }

  private static void checkSystem(Map<Integer, Integer> keys) throws IOException {
    if (keys.isEmpty()) {
      throw new IOException(
          "it does not tell its coordinate reference system; gdal_edit.py -a_srs EPSG:4326 FILE"
              + " adds it to a file in degrees WGS84");
    }
    int system = keys.getOrDefault(PROJECTED, keys.getOrDefault(GEOGRAPHIC, 0));
    if (keys.getOrDefault(MODEL_TYPE, 0) != MODEL_GEOGRAPHIC || !LIKE_WGS84.contains(system)) {
      throw new IOException(
          "its coordinates are in %s, but must be longitude and latitude in degrees WGS84 or its"
                  .formatted(
                      system == 0 || system == 32767 ? "a system of its own" : "EPSG:" + system)
              + " equals (EPSG:"
              + join(LIKE_WGS84)
              + ")"
              + WARP);
    }
    if (keys.getOrDefault(ANGULAR_UNITS, DEGREE) != DEGREE) {
      throw new IOException("its coordinates are not in degrees" + WARP);
    }
    int vertical = keys.getOrDefault(VERTICAL_UNITS, METRE);
    if (vertical != METRE) {
      throw new IOException(
          "its heights are in the unit EPSG:%d, but must be in m; gdal_calc.py converts them"
              .formatted(vertical));
    }
  }

  private static String join(Set<Integer> codes) {
    return String.join(", ", new TreeSet<>(codes).stream().map(String::valueOf).toList());
  }

  /** Column and row to model: x = a0 column + a1 row + a2, y = a3 column + a4 row + a5. */
  private static double[] affine(TiffTags tags) throws IOException {
    double[] matrix = tags.doubles(TRANSFORMATION);
    if (matrix.length == 16) {
      return new double[] {matrix[0], matrix[1], matrix[3], matrix[4], matrix[5], matrix[7]};
    }
    double[] scale = tags.doubles(PIXEL_SCALE);
    double[] tie = tags.doubles(TIE_POINTS);
    if (scale.length < 2 || tie.length != 6) {
      throw new IOException("it does not tell where its pixels lie" + WARP);
    }
    return new double[] {
      scale[0], 0, tie[3] - tie[0] * scale[0], 0, -scale[1], tie[4] + tie[1] * scale[1]
    };
  }
}
