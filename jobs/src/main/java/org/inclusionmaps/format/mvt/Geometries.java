package org.inclusionmaps.format.mvt;

import java.util.Arrays;
import java.util.List;
import org.inclusionmaps.format.ByteSink;

/**
 * Geometries as the command integers of a vector tile. Source: Mapbox Vector Tile Specification
 * 2.1, section 4.3.
 */
public final class Geometries {
  private static final int MOVE_TO = 1;
  private static final int LINE_TO = 2;
  private static final int CLOSE_PATH = 7;

  private Geometries() {}

  /**
   * Appends the commands of a polygon or of several.
   *
   * @param polygons each its outer ring and then its holes; a ring is x and y by turns in tile
   *     coordinates, y downwards, in any direction, closed or not. Points equal to the one before
   *     are left out; so is a ring without area, and the holes of such an outer ring
   * @param out to what they are appended; nothing is if no ring is left
   */
  public static void polygons(List<List<int[]>> polygons, ByteSink out) {
    Path path = new Path(out);
    for (List<int[]> rings : polygons) {
      for (int i = 0; i < rings.size(); i++) {
        int[] ring = withoutRepeats(rings.get(i));
        long area = twiceArea(ring);
        if (area != 0) {
          path.ring(ring, ring.length / 2, (area > 0) == (i == 0));
        } else if (i == 0) {
          break;
        }
      }
    }
  }

  /**
   * Appends the commands of one convex polygon without holes.
   *
   * @param ring x and y by turns in tile coordinates, y downwards, in any direction, not closed; it
   *     is changed here
   * @param corners how many of its corners count
   * @param out to what they are appended; nothing is if the ring has no area
   */
  public static void convex(int[] ring, int corners, ByteSink out) {
    int kept = 0;
    for (int i = 0; i < corners; i++) {
      int x = ring[2 * i];
      int y = ring[2 * i + 1];
      if (kept == 0 || x != ring[2 * kept - 2] || y != ring[2 * kept - 1]) {
        ring[2 * kept] = x;
        ring[2 * kept + 1] = y;
        kept++;
      }
    }
    while (kept > 1 && ring[0] == ring[2 * kept - 2] && ring[1] == ring[2 * kept - 1]) {
      kept--;
    }
    long area = twiceArea(ring, kept);
    if (area != 0) {
      new Path(out).ring(ring, kept, area > 0);
    }
  }

  /** Appends the commands of a point. */
  public static void point(int x, int y, ByteSink out) {
    out.varint(command(MOVE_TO, 1)).varint(zigzag(x)).varint(zigzag(y));
  }

  /** Twice the area by the surveyor's formula: positive for an outer ring where y is downwards. */
  public static long twiceArea(int[] ring) {
    return twiceArea(ring, ring.length / 2);
  }

  private static long twiceArea(int[] ring, int corners) {
    long sum = 0;
    for (int i = 0; i < 2 * corners; i += 2) {
      int j = i + 2 == 2 * corners ? 0 : i + 2;
      sum += (long) ring[i] * ring[j + 1] - (long) ring[j] * ring[i + 1];
    }
    return sum;
  }

  /** A ring without points like the one before, and without ways to a point and straight back. */
  public static int[] withoutRepeats(int[] ring) {
    int[] out = new int[ring.length];
    int size = 0;
    for (int i = 0; i < ring.length; i += 2) {
      if (size >= 4 && ring[i] == out[size - 4] && ring[i + 1] == out[size - 3]) {
        size -= 2;
      } else if (size == 0 || ring[i] != out[size - 2] || ring[i + 1] != out[size - 1]) {
        out[size++] = ring[i];
        out[size++] = ring[i + 1];
      }
    }
    while (size > 2 && out[0] == out[size - 2] && out[1] == out[size - 1]) {
      size -= 2;
    }
    return Arrays.copyOf(out, size);
  }

  /** Commands as they grow, with the place of the pen. */
  private static final class Path {
    private final ByteSink out;
    private int x;
    private int y;

    Path(ByteSink out) {
      this.out = out;
    }

    void ring(int[] points, int corners, boolean asGiven) {
      for (int i = 0; i < corners; i++) {
        int at = 2 * (asGiven ? i : corners - 1 - i);
        if (i == 0) {
          out.varint(command(MOVE_TO, 1));
        } else if (i == 1) {
          out.varint(command(LINE_TO, corners - 1));
        }
        out.varint(zigzag(points[at] - x)).varint(zigzag(points[at + 1] - y));
        x = points[at];
        y = points[at + 1];
      }
      out.varint(command(CLOSE_PATH, 1));
    }
  }

  private static long command(int id, int count) {
    return (id & 7) | ((long) count << 3);
  }

  private static long zigzag(int value) {
    return ((value << 1) ^ (value >> 31)) & 0xFFFFFFFFL;
  }
}
