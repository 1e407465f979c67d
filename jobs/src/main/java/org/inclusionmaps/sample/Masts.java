package org.inclusionmaps.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where operators build, by what it earns them. The incumbent serves every town and the villages
 * with enough people around; the challenger the towns and the roads; the third the capital and the
 * cities alone.
 */
final class Masts {
  private static final double CATCHMENT_KM = 5;
  private static final double APART_KM = 4.5;
  private static final double CATCHMENT_SPREAD = 0.5;
  private static final double VILLAGE_MAST_PERSONS = 600;
  private static final double VILLAGE_3G_PERSONS = 800;
  private static final double VILLAGE_4G_PERSONS = 1_600;
  private static final double ROAD_4G = 0.2;
  private static final double CAPITAL_5G = 0.6;

  private final Draws draws;
  private final Land land;
  private final double crowding;

  Masts(SampleSettings settings, Land land) {
    this.draws = new Draws(settings.seed());
    this.land = land;
    this.crowding = settings.crowding();
  }

  /** The masts of a district, in the order of their ids. */
  List<Mast> of(District district, List<Settlement> settlements) {
    List<Mast> masts = new ArrayList<>();
    Settlement seat = settlements.get(0);
    for (Operator operator : Operator.values()) {
      if (operator != Operator.CITY || seat.kind() != Kind.TOWN) {
        inSeat(masts, district, seat, operator);
      }
    }
    inVillages(masts, district, settlements);
    onRoads(masts, district);
    return masts;
  }

  private void inSeat(List<Mast> masts, District district, Settlement seat, Operator operator) {
    double persons =
        StrictMath.sqrt(crowding)
            * switch (operator) {
              case INCUMBENT -> 2_600;
              case CHALLENGER -> 3_400;
              case CITY -> 3_000;
            };
    int number = (int) StrictMath.max(1, StrictMath.ceil(seat.persons() / persons));
    for (int i = 0; i < number; i++) {
      MastBuilder mast = new MastBuilder(draws, district, operator, masts.size());
      double far = i == 0 ? 0 : seat.radiusKm() * StrictMath.sqrt((i + 0.5) / number);
      // The golden angle spreads any number of masts evenly over a disk.
      double angle = 2.399963 * i + draws.uniform(What.SITE_PLACE, seat.id(), operator.index());
      mast.at(seat.xKm() + far * StrictMath.cos(angle), seat.yKm() + far * StrictMath.sin(angle));
      boolean town = seat.kind() == Kind.TOWN;
      mast.height(town ? 38 : seat.kind() == Kind.CITY ? 32 : 28);
      if (operator != Operator.CITY) {
        mast.sectors(Technology.G2, 900);
      }
      mast.sectors(Technology.G3, 2_100);
      mast.sectors(Technology.G4, operator == Operator.INCUMBENT && town ? 800 : 1_800);
      if (seat.kind() == Kind.CAPITAL && operator != Operator.CHALLENGER) {
        if (draws.uniform(What.SECTOR, mast.id(), 5) < CAPITAL_5G) {
          mast.sectors(Technology.G5, 3_500);
        }
      }
      masts.add(mast.build());
    }
  }

  /** A village and the persons around it, as the incumbent sees them. */
  private record Offer(Settlement village, double catchment) {}

  /** The villages, the most promising first. */
  private List<Offer> offers(List<Settlement> settlements) {
    List<Offer> offers = new ArrayList<>();
    for (Settlement village : settlements) {
      if (village.kind() == Kind.VILLAGE) {
        double persons = 0;
        for (Settlement other : settlements.subList(1, settlements.size())) {
          persons += other.kmTo(village.xKm(), village.yKm()) < CATCHMENT_KM ? other.persons() : 0;
        }
        double liking = CATCHMENT_SPREAD * draws.normal(What.CATCHMENT, village.id());
        offers.add(new Offer(village, persons / crowding * StrictMath.exp(liking)));
      }
    }
    offers.sort(Comparator.comparingDouble((Offer o) -> -o.catchment()));
    return offers;
  }

  private void inVillages(List<Mast> masts, District district, List<Settlement> settlements) {
    List<Mast> built = new ArrayList<>();
    for (Offer offer : offers(settlements)) {
      Settlement village = offer.village();
      boolean near = built.stream().anyMatch(m -> m.kmTo(village.xKm(), village.yKm()) < APART_KM);
      if (near || offer.catchment() < VILLAGE_MAST_PERSONS) {
        continue;
      }
      MastBuilder mast =
          new MastBuilder(draws, district, Operator.INCUMBENT, masts.size() + built.size());
      mast.at(village.xKm(), village.yKm()).height(45).allAround(Technology.G2, 900);
      if (offer.catchment() > VILLAGE_3G_PERSONS) {
        mast.sectors(Technology.G3, 900);
      }
      if (offer.catchment() > VILLAGE_4G_PERSONS) {
        mast.sectors(Technology.G4, 800);
      }
      built.add(mast.build());
    }
    masts.addAll(built);
  }

  /** A mast half way on each road, built from the side of the district with the smaller index. */
  private void onRoads(List<Mast> masts, District district) {
    for (Road road : Road.of(draws, land, district)) {
      if (road.from().index() > road.to().index()) {
        continue;
      }
      MastBuilder mast = new MastBuilder(draws, district, Operator.CHALLENGER, masts.size());
      double[] at = road.at(0.45 + 0.1 * draws.uniform(What.SITE_PLACE, mast.id()));
      mast.at(at[0], at[1]).height(50).sectors(Technology.G2, 900).sectors(Technology.G3, 900);
      if (road.busy() || draws.uniform(What.SECTOR, mast.id(), 4) < ROAD_4G) {
        mast.sectors(Technology.G4, 1_800);
      }
      masts.add(mast.build());
    }
  }
}
