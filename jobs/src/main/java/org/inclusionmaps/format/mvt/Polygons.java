package org.inclusionmaps.format.mvt;

import java.util.Arrays;
import java.util.List;

/**
 * Polygons as the command integers of a vector tile. Source: Mapbox Vector Tile Specification 2.1,
 * section 4.3.
 */
public final class Polygons {
  private static final int MOVE_TO = 1;
  private static final int LINE_TO = 2;
  private static final int CLOSE_PATH = 7;

  private Polygons() {}

  /**
   * The commands of a polygon or of several.
   *
   * @param polygons each its outer ring and then its holes; a ring is x and y by turns in tile
   *     coordinates, y downwards, in any direction, closed or not. Points equal to the one before
   *     are left out; so is a ring without area, and the holes of such an outer ring
   * @return the commands; empty if no ring is left
   */
  public static int[] commands(List<List<int[]>> polygons) {
    int most = polygons.stream().flatMap(List::stream).mapToInt(r -> r.length + 3).sum();
    Path path = new Path(new int[most]);
    for (List<int[]> rings : polygons) {
      for (int i = 0; i < rings.size(); i++) {
        int[] ring = withoutRepeats(rings.get(i));
        long area = twiceArea(ring);
        if (area != 0) {
          path.ring(ring, (area > 0) == (i == 0));
        } else if (i == 0) {
          break;
        }
      }
    }
    return Arrays.copyOf(path.out, path.size);
  }

  /** Twice the area by the surveyor's formula: positive for an outer ring where y is downwards. */
  public static long twiceArea(int[] ring) {
    long sum = 0;
    for (int i = 0; i < ring.length; i += 2) {
      int j = i + 2 == ring.length ? 0 : i + 2;
      sum += (long) ring[i] * ring[j + 1] - (long) ring[j] * ring[i + 1];
    }
    return sum;
  }

  private static int[] withoutRepeats(int[] ring) {
    int[] out = new int[ring.length];
    int size = 0;
    for (int i = 0; i < ring.length; i += 2) {
      if (size == 0 || ring[i] != out[size - 2] || ring[i + 1] != out[size - 1]) {
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
    private final int[] out;
    private int size;
    private int x;
    private int y;

    Path(int[] out) {
      this.out = out;
    }

    void ring(int[] points, boolean asGiven) {
      int corners = points.length / 2;
      for (int i = 0; i < corners; i++) {
        int at = 2 * (asGiven ? i : corners - 1 - i);
        if (i == 0) {
          out[size++] = command(MOVE_TO, 1);
        } else if (i == 1) {
          out[size++] = command(LINE_TO, corners - 1);
        }
        out[size++] = zigzag(points[at] - x);
        out[size++] = zigzag(points[at + 1] - y);
        x = points[at];
        y = points[at + 1];
      }
      out[size++] = command(CLOSE_PATH, 1);
    }
  }

  private static int command(int id, int count) {
    return (id & 7) | (count << 3);
  }

  private static int zigzag(int value) {
    return (value << 1) ^ (value >> 31);
  }
}
