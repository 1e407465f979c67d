package org.inclusionmaps.sample;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster of houses: the point at which its people live.
 *
 * @param id district and number within it
 * @param area id of its district
 * @param persons persons of all ages, at least 1
 * @param firstPerson id of the first of its persons; the others follow
 * @param enumerationArea id of the few hundred persons that a census taker counts
 * @param network which networks serve it, as {@link Network} codes them
 */
record Home(
    long id,
    String area,
    Kind kind,
    double lon,
    double lat,
    double personsPerKm2,
    long persons,
    long firstPerson,
    String enumerationArea,
    int network)
    implements Serializable {
  private static final int POINT_BITS = 22;
  private static final int PERSON_BITS = 26;
  private static final long ENUMERATION_AREA = 220;
  private static final double SPREAD = 0.6;
  private static final int TRIES = 12;

  /** Index of its district. */
  int district() {
    return (int) (id >>> POINT_BITS);
  }

  /** The same home, with the networks that serve it. */
  Home servedBy(int networks) {
    return new Home(
        id, area, kind, lon, lat, personsPerKm2, persons, firstPerson, enumerationArea, networks);
  }

  /** The homes of a district, not yet with networks, settlement by settlement. */
  static List<Home> of(Draws draws, District district, List<Settlement> settlements) {
    List<Home> homes = new ArrayList<>();
    long person = (long) district.index() << PERSON_BITS;
    long counted = 0;
    long enumerationArea = 0;
    String type = "";
    for (Settlement settlement : settlements) {
      for (long persons : sizes(draws, settlement)) {
        if (persons == 0) {
          continue;
        }
        String own = settlement.kind().settlementType();
        if (!own.equals(type) || counted >= ENUMERATION_AREA) {
          type = own;
          counted = 0;
          enumerationArea++;
        }
        long id = ((long) district.index() << POINT_BITS) + homes.size();
        double[] at = place(draws, district, settlement, id);
        homes.add(
            new Home(
                id,
                district.id(),
                settlement.kind(),
                Frame.lon(at[0]),
                Frame.lat(at[1]),
                settlement.personsPerKm2(),
                persons,
                person,
                "%s-%c%05d".formatted(district.id(), own.charAt(0), enumerationArea),
                0));
        person += persons;
        counted += persons;
      }
    }
    return homes;
  }

  private static long[] sizes(Draws draws, Settlement settlement) {
    double each =
        switch (settlement.kind()) {
          case CAPITAL -> 120;
          case CITY -> 80;
          case TOWN -> 45;
          case VILLAGE -> 30;
          case HAMLET -> 12;
        };
    int number = (int) StrictMath.max(1, StrictMath.round(settlement.persons() / each));
    double[] weights = new double[number];
    for (int i = 0; i < number; i++) {
      weights[i] = StrictMath.exp(0.4 * draws.normal(What.POINT_SIZE, settlement.id(), i));
    }
    return Shares.of(settlement.persons(), weights);
  }

  private static double[] place(Draws draws, District district, Settlement settlement, long home) {
    for (int i = 0; i < TRIES; i++) {
      double far =
          SPREAD
              * settlement.radiusKm()
              * StrictMath.sqrt(-2 * StrictMath.log(draws.uniform(What.POINT_PLACE, home, 2L * i)));
      double angle = 2 * StrictMath.PI * draws.uniform(What.POINT_PLACE, home, 2L * i + 1);
      double[] at = {
        settlement.xKm() + far * StrictMath.cos(angle),
        settlement.yKm() + far * StrictMath.sin(angle)
      };
      if (Settling.inside(district, at)) {
        return at;
      }
    }
    return new double[] {settlement.xKm(), settlement.yKm()};
  }
}
