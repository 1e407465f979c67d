package org.inclusionmaps.publish.tiles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Polygons cut by a box, ring by ring. Where a ring leaves the box and comes back, the parts hang
 * together along the box's edge, which lies outside the tile. Source: Sutherland and Hodgman, CACM
 * 17 (1974).
 */
final class Clip {
  private Clip() {}

  /** The parts of polygons within a box, each its outer ring and its holes; closed rings. */
  static List<List<double[]>> to(
      List<List<double[]>> polygons, double minX, double minY, double maxX, double maxY) {
    List<List<double[]>> out = new ArrayList<>();
    for (List<double[]> rings : polygons) {
      List<double[]> kept = new ArrayList<>();
      for (double[] ring : rings) {
        double[] part = ring(ring, minX, minY, maxX, maxY);
        if (part.length > 0) {
          kept.add(part);
        } else if (kept.isEmpty()) {
          break;
        }
      }
      if (!kept.isEmpty()) {
        out.add(kept);
      }
    }
    return out;
  }

  private static double[] ring(double[] ring, double minX, double minY, double maxX, double maxY) {
    double west = Double.POSITIVE_INFINITY;
    double east = Double.NEGATIVE_INFINITY;
    double north = Double.POSITIVE_INFINITY;
    double south = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < ring.length; i += 2) {
      west = Math.min(west, ring[i]);
      east = Math.max(east, ring[i]);
      north = Math.min(north, ring[i + 1]);
      south = Math.max(south, ring[i + 1]);
    }
    if (west >= minX && east <= maxX && north >= minY && south <= maxY) {
      return ring;
    }
    if (west >= maxX || east <= minX || north >= maxY || south <= minY) {
      return new double[0];
    }
    double[] part = west >= minX ? ring : side(ring, 0, minX, 1);
    part = east <= maxX ? part : side(part, 0, maxX, -1);
    part = north >= minY ? part : side(part, 1, minY, 1);
    return south <= maxY ? part : side(part, 1, maxY, -1);
  }

  /** The part of a ring on one side of a line: above it on an axis for sign 1, below for −1. */
  private static double[] side(double[] ring, int axis, double line, int sign) {
    double[] kept = new double[room(ring, axis, line, sign)];
    int n = 0;
    for (int i = 0; i + 3 < ring.length; i += 2) {
      double from = sign * (ring[i + axis] - line);
      double to = sign * (ring[i + 2 + axis] - line);
      if (from >= 0) {
        kept[n++] = ring[i];
        kept[n++] = ring[i + 1];
      }
      if ((from < 0 && to > 0) || (from > 0 && to < 0)) {
        double share = from / (from - to);
        double crossing = ring[i + 1 - axis] + (ring[i + 3 - axis] - ring[i + 1 - axis]) * share;
        kept[n + axis] = line;
        kept[n + 1 - axis] = crossing;
        n += 2;
      }
    }
    if (n < 6) {
      return new double[0];
    }
    kept[n++] = kept[0];
    kept[n++] = kept[1];
    return Arrays.copyOf(kept, n);
  }

  /** Numbers that the part of a ring on one side of a line needs at most. */
  private static int room(double[] ring, int axis, double line, int sign) {
    int room = 4;
    for (int i = 0; i + 1 < ring.length; i += 2) {
      boolean here = sign * (ring[i + axis] - line) >= 0;
      boolean next = i + 3 < ring.length && sign * (ring[i + 2 + axis] - line) >= 0;
      room += (here ? 2 : 0) + (here == next ? 0 : 2);
    }
    return room;
  }
}
