package org.inclusionmaps.grid;

import java.util.Arrays;

/** Cutting of closed rings by meridians. */
final class Rings {
  private Rings() {}

  /**
   * The part of a closed ring between two meridians, closed; empty if it has no area there. Source:
   * Sutherland and Hodgman, CACM 17 (1974); right for convex rings, as those of places are.
   */
  static double[] within(double[] ring, double west, double east) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < ring.length; i += 2) {
      lowest = Math.min(lowest, ring[i]);
      highest = Math.max(highest, ring[i]);
    }
    if (lowest >= west && highest <= east) {
      return ring.clone();
    }
    if (lowest >= east || highest <= west) {
      return new double[0];
    }
    return clip(clip(ring, west, 1), east, -1);
  }

  /** The part of a ring on one side of a meridian: east of it for side 1, west of it for −1. */
  private static double[] clip(double[] ring, double meridian, int side) {
    double[] kept = new double[2 * ring.length + 2];
    int n = 0;
    for (int i = 0; i + 3 < ring.length; i += 2) {
      double from = side * (ring[i] - meridian);
      double to = side * (ring[i + 2] - meridian);
      if (from >= 0) {
        kept[n++] = ring[i];
        kept[n++] = ring[i + 1];
      }
      if (from * to < 0) {
        kept[n++] = meridian;
        kept[n++] = ring[i + 1] + (ring[i + 3] - ring[i + 1]) * from / (from - to);
      }
    }
    if (n < 6) {
      return new double[0];
    }
    kept[n++] = kept[0];
    kept[n++] = kept[1];
    return Arrays.copyOf(kept, n);
  }
}
