package org.inclusionmaps.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The settlements of a district: its main one, then villages, many of them on a road, and hamlets
 * scattered over the land, fewer in the mountains.
 */
final class Settling {
  private static final double IN_VILLAGES = 0.55;
  private static final double VILLAGE_PERSONS = 260;
  private static final double HAMLET_PERSONS = 24;
  private static final double ON_ROAD = 0.5;
  private static final double MOUNTAINS_REPEL = 0.7;
  private static final double AWAY_FROM_SEAT_KM = 1.5;
  private static final int TRIES = 40;

  private final Draws draws;
  private final double crowding;
  private final Land land;
  private final Terrain terrain;

  Settling(SampleSettings settings, Land land) {
    this.draws = new Draws(settings.seed());
    this.crowding = settings.crowding();
    this.land = land;
    this.terrain = new Terrain(draws);
  }

  /** The settlements of a district, the main one first, the others around it by direction. */
  List<Settlement> of(District district) {
    double[] seat = Road.seatKm(draws, land, district);
    List<Settlement> rural = new ArrayList<>();
    long inVillages = StrictMath.round(district.ruralPersons() * IN_VILLAGES);
    double size = StrictMath.sqrt(crowding);
    add(rural, district, Kind.VILLAGE, inVillages, VILLAGE_PERSONS * size);
    add(rural, district, Kind.HAMLET, district.ruralPersons() - inVillages, HAMLET_PERSONS * size);
    rural.sort(
        Comparator.comparingDouble(
                (Settlement s) -> StrictMath.atan2(s.yKm() - seat[1], s.xKm() - seat[0]))
            .thenComparingLong(Settlement::id));
    List<Settlement> all = new ArrayList<>();
    all.add(
        new Settlement(
            Settlement.id(district, 0),
            district.seatKind(),
            seat[0],
            seat[1],
            district.seatPersons(),
            density(district.seatKind())));
    all.addAll(rural);
    return all;
  }

  private void add(
      List<Settlement> rural, District district, Kind kind, long persons, double meanPersons) {
    if (persons == 0) {
      return;
    }
    int number = (int) StrictMath.max(1, StrictMath.round(persons / meanPersons));
    int first = rural.size() + 1;
    double[] weights = new double[number];
    for (int i = 0; i < number; i++) {
      What what = kind == Kind.VILLAGE ? What.VILLAGE_SIZE : What.HAMLET_SIZE;
      weights[i] = StrictMath.exp(0.6 * draws.normal(what, Settlement.id(district, first + i)));
    }
    long[] parts = Shares.of(persons, weights);
    List<Road> roads = Road.of(draws, land, district);
    for (int i = 0; i < number; i++) {
      long id = Settlement.id(district, first + i);
      double[] at = kind == Kind.VILLAGE ? village(district, roads, id) : scattered(district, id);
      rural.add(new Settlement(id, kind, at[0], at[1], parts[i], density(kind)));
    }
  }

  private double[] village(District district, List<Road> roads, long id) {
    if (!roads.isEmpty() && draws.uniform(What.VILLAGE_PLACE, id) < ON_ROAD) {
      int which = (int) (draws.uniform(What.VILLAGE_PLACE, id, 1) * roads.size());
      double[] at = roads.get(which).at(0.12 + 0.36 * draws.uniform(What.VILLAGE_PLACE, id, 2));
      at[0] += 0.3 * draws.normal(What.VILLAGE_PLACE, id, 3);
      at[1] += 0.3 * draws.normal(What.VILLAGE_PLACE, id, 4);
      if (inside(district, at)) {
        return at;
      }
    }
    return scattered(district, id);
  }

  private double[] scattered(District district, long id) {
    double[] middle = land.middle(district);
    double[] seat = Road.seatKm(draws, land, district);
    for (int i = 0; i < TRIES; i++) {
      double[] at = new double[2];
      for (int axis = 0; axis < 2; axis++) {
        double shift = 1.3 * (draws.uniform(What.SETTLEMENT_PLACE, id, 3L * i + axis) - 0.5);
        at[axis] = middle[axis] + shift * Land.DISTRICT_KM;
      }
      double kept = 1 - MOUNTAINS_REPEL * terrain.mountainShare(at[0], at[1]);
      if (inside(district, at)
          && StrictMath.hypot(at[0] - seat[0], at[1] - seat[1]) > AWAY_FROM_SEAT_KM
          && draws.uniform(What.SETTLEMENT_PLACE, id, 3L * i + 2) < kept) {
        return at;
      }
    }
    return middle;
  }

  /** Whether a point, [x, y] in km, lies in a district. */
  static boolean inside(District district, double[] at) {
    return district.ring().contains(Frame.lon(at[0]), Frame.lat(at[1]));
  }

  private double density(Kind kind) {
    return StrictMath.sqrt(crowding)
        * switch (kind) {
          case CAPITAL -> 6_000;
          case CITY -> 3_600;
          case TOWN -> 1_800;
          case VILLAGE -> 450;
          case HAMLET -> 120;
        };
  }
}
