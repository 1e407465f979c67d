package org.inclusionmaps.grid;

import org.inclusionmaps.grid.PixelShares.Box;

/**
 * A closed ring in a plane of pixels, and the areas of what lines cut off it.
 *
 * <p>The area on one side of a line x = c is the integral of the lesser of x and c over y along the
 * edges (Green's theorem). It holds for rings that are not convex, too.
 */
final class FlatRing {
  private final Box box;

  /** Corners from the box's corner, so that small differences are exact. */
  private final double[] x;

  private final double[] y;
  private final double turn;
  private final double area;

  /** A ring of at least one point: x, y, x, y …, y growing to the south. */
  FlatRing(double[] ring) {
    double west = Double.POSITIVE_INFINITY;
    double north = Double.POSITIVE_INFINITY;
    double east = Double.NEGATIVE_INFINITY;
    double south = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < ring.length; i += 2) {
      west = Math.min(west, ring[i]);
      east = Math.max(east, ring[i]);
      north = Math.min(north, ring[i + 1]);
      south = Math.max(south, ring[i + 1]);
    }
    this.box = new Box(floor(west), floor(north), ceil(east), ceil(south));
    this.x = new double[ring.length / 2];
    this.y = new double[ring.length / 2];
    for (int i = 0; i < x.length; i++) {
      x[i] = ring[2 * i] - box.west();
      y[i] = ring[2 * i + 1] - box.north();
    }
    double signed = signedAbove((double) box.south() - box.north());
    this.turn = Math.signum(signed);
    this.area = Math.abs(signed);
  }

  /** The pixels around it. */
  Box box() {
    return box;
  }

  /** Its area in pixels. */
  double area() {
    return area;
  }

  /** The area north of a row. */
  double above(int row) {
    return turn * signedAbove((double) row - box.north());
  }

  private double signedAbove(double line) {
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double from = y[i];
      double to = y[i + 1];
      if (from <= line && to <= line) {
        sum += (to - from) * (x[i] + x[i + 1]) / 2;
      } else if (from < line) {
        sum += (line - from) * (x[i] + at(i, line)) / 2;
      } else if (to < line) {
        sum += (to - line) * (at(i, line) + x[i + 1]) / 2;
      }
    }
    return sum;
  }

  /** Where an edge that is not level meets a line along a row. */
  private double at(int edge, double line) {
    double share = (line - y[edge]) / (y[edge + 1] - y[edge]);
    return x[edge] + share * (x[edge + 1] - x[edge]);
  }

  /** What of the ring lies within a row of pixels. */
  Strip strip(int row) {
    return new Strip((double) row - box.north());
  }

  /** The edges of a ring, cut off north and south of a row. */
  final class Strip {
    private final double[] from = new double[x.length];
    private final double[] to = new double[x.length];
    private final double[] down = new double[x.length];
    private int edges;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    private Strip(double north) {
      double south = north + 1;
      for (int i = 0; i + 1 < x.length; i++) {
        double start = Math.min(south, Math.max(north, y[i]));
        double end = Math.min(south, Math.max(north, y[i + 1]));
        if (start != end) {
          from[edges] = start == y[i] ? x[i] : at(i, start);
          to[edges] = end == y[i + 1] ? x[i + 1] : at(i, end);
          down[edges] = end - start;
          least = Math.min(least, Math.min(from[edges], to[edges]));
          most = Math.max(most, Math.max(from[edges], to[edges]));
          edges++;
        }
      }
    }

    /** The first column that holds some of it. */
    int west() {
      return edges == 0 ? box.west() : box.west() + floor(least);
    }

    /** The first column east of all of it. */
    int east() {
      return edges == 0 ? box.west() : box.west() + ceil(most);
    }

    /** The area west of a column. */
    double leftOf(int column) {
      double line = (double) column - box.west();
      double sum = 0;
      for (int i = 0; i < edges; i++) {
        double a = from[i];
        double b = to[i];
        if (a <= line && b <= line) {
          sum += down[i] * (a + b) / 2;
        } else if (a >= line && b >= line) {
          sum += down[i] * line;
        } else {
          double share = (line - a) / (b - a);
          double mean =
              a < line
                  ? share * (a + line) / 2 + (1 - share) * line
                  : share * line + (1 - share) * (line + b) / 2;
          sum += down[i] * mean;
        }
      }
      return turn * sum;
    }
  }

  private static int floor(double value) {
    return (int) Math.floor(value);
  }

  private static int ceil(double value) {
    return (int) Math.ceil(value);
  }
}
