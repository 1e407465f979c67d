package org.inclusionmaps.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * The road between the main settlements of two districts that touch.
 *
 * @param from the district that it is seen from
 * @param fromXKm that district's main settlement, km east
 * @param fromYKm that district's main settlement, km north
 * @param toXKm the other's, km east
 * @param toYKm the other's, km north
 * @param busy whether it leads to a city or the capital at one end at least
 */
record Road(
    District from,
    District to,
    double fromXKm,
    double fromYKm,
    double toXKm,
    double toYKm,
    boolean busy) {
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
        double[] here = seatKm(draws, land, district);
        double[] there = seatKm(draws, land, other);
        roads.add(new Road(district, other, here[0], here[1], there[0], there[1], busy));
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
    return new double[] {fromXKm + share * (toXKm - fromXKm), fromYKm + share * (toYKm - fromYKm)};
  }
}
