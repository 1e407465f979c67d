package org.inclusionmaps.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * Borders of the cells of a lattice, bent at random. An edge is the same line seen from both of its
 * sides, vertex for vertex, so districts meet without gap or overlap.
 *
 * @param draws where the bends come from
 * @param cells across the lattice
 * @param cellKm width of a cell, km
 */
record Borders(Draws draws, int cells, double cellKm) {
  private static final double CORNER = 0.15;
  private static final double BEND = 0.07;
  private static final int HALVINGS = 3;

  /** The closed ring around a cell, counter-clockwise. */
  Ring ring(int column, int row) {
    List<double[]> ring = new ArrayList<>();
    ring.addAll(edge(column, row, 0, false));
    ring.addAll(edge(column + 1, row, 1, false));
    ring.addAll(edge(column, row + 1, 0, true));
    ring.addAll(edge(column, row, 1, true));
    ring.add(ring.get(0));
    return new Ring(ring);
  }

  /** The middle of a cell, [x, y] in km. */
  double[] middle(int column, int row) {
    return new double[] {(column + 0.5 - cells / 2.0) * cellKm, (row + 0.5 - cells / 2.0) * cellKm};
  }

  /** All vertices of an edge but the last; direction 0 runs east of a corner, 1 north of it. */
  private List<double[]> edge(int column, int row, int direction, boolean backwards) {
    double[] from = corner(column, row);
    double[] to = direction == 0 ? corner(column + 1, row) : corner(column, row + 1);
    long edge = ((long) column * 4_000 + row) * 2 + direction;
    List<double[]> line = new ArrayList<>();
    line.add(from);
    bend(line, from, to, edge, 1, HALVINGS);
    line.add(to);
    List<double[]> out = new ArrayList<>();
    for (int i = 0; i < line.size() - 1; i++) {
      double[] point = line.get(backwards ? line.size() - 1 - i : i);
      out.add(new double[] {Frame.lon(point[0]), Frame.lat(point[1])});
    }
    return out;
  }

  /** Adds the vertices between two ends, each half bent aside at its middle. */
  private void bend(
      List<double[]> line, double[] from, double[] to, long edge, int node, int halvings) {
    double aside = BEND * draws.bell(What.BORDER, edge, node) / 2;
    double[] middle = {
      (from[0] + to[0]) / 2 - aside * (to[1] - from[1]),
      (from[1] + to[1]) / 2 + aside * (to[0] - from[0])
    };
    if (halvings > 1) {
      bend(line, from, middle, edge, 2 * node, halvings - 1);
    }
    line.add(middle);
    if (halvings > 1) {
      bend(line, middle, to, edge, 2 * node + 1, halvings - 1);
    }
  }

  private double[] corner(int column, int row) {
    long corner = (long) column * 4_000 + row;
    double[] at = new double[2];
    for (int axis = 0; axis < 2; axis++) {
      double shift = CORNER * (2 * draws.uniform(What.CORNER, corner, axis) - 1);
      at[axis] = ((axis == 0 ? column : row) + shift - cells / 2.0) * cellKm;
    }
    return at;
  }
}
