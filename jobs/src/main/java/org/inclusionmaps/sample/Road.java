package org.inclusionmaps.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * The road between the main settlements of two districts that touch.
 *
 * @param from the district that it is seen from
 * @param fromKm [x, y] of that district's main settlement
 * @param toKm [x, y] of the other's
 * @param busy whether it leads to a city or the capital at one end at least
 */
record Road(District from, District to, double[] fromKm, double[] toKm, boolean busy) {
  private static final double BUILT = 0.75;
  private static final double SEAT_SHIFT_KM = 2.5;

  /** The roads that leave a district's main settlement. */
  static List<Road> of(Draws draws, Land land, District district) {
    List<Road> roads = new ArrayList<>();
    for (District other : land.near(district, 1)) {
      int steps =
          StrictMath.abs(other.row() - district.row())
              + StrictMath.abs(other.column() - district.column());
      if (steps != 1) {
        continue;
      }
      boolean busy = district.seatKind() != Kind.TOWN || other.seatKind() != Kind.TOWN;
      long low = StrictMath.min(district.index(), other.index());
      long high = StrictMath.max(district.index(), other.index());
      if (busy || draws.uniform(What.ROAD, low, high) < BUILT) {
        double[] fromKm = seatKm(draws, land, district);
        roads.add(new Road(district, other, fromKm, seatKm(draws, land, other), busy));
      }
    }
    return roads;
  }

  /** The middle of a district's main settlement, [x, y] in km. */
  static double[] seatKm(Draws draws, Land land, District district) {
    double[] at = land.middle(district);
    for (int axis = 0; axis < 2; axis++) {
      at[axis] += SEAT_SHIFT_KM * (2 * draws.uniform(What.SEAT, district.index(), axis) - 1);
    }
    return at;
  }

  /** The point at a share of the way, [x, y] in km. */
  double[] at(double share) {
    return new double[] {
      fromKm[0] + share * (toKm[0] - fromKm[0]), fromKm[1] + share * (toKm[1] - fromKm[1])
    };
  }
}
