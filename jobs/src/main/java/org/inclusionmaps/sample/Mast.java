package org.inclusionmaps.sample;

import java.util.List;

/**
 * A mast of one operator and its radio cells.
 *
 * @param id district, operator and number
 * @param heightM height of its antennas above ground, m
 */
record Mast(
    long id, Operator operator, double xKm, double yKm, double heightM, List<RadioCell> cells) {
  Mast {
    cells = List.copyOf(cells);
  }

  /** Distance to a point, km. */
  double kmTo(double x, double y) {
    return StrictMath.hypot(xKm - x, yKm - y);
  }
}
