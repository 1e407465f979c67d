package org.inclusionmaps.sample;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Where money, health and schools are: in main settlements by size, in some villages. */
final class ServicePoints {
  /**
   * A kind of service.
   *
   * @param personsEach persons of a main settlement to each of them
   * @param village probability that a village has one
   */
  private record Service(String kind, double personsEach, double village) {}

  private static final List<Service> SERVICES =
      List.of(
          new Service("agent", 700, 0.4),
          new Service("branch", 8_000, 0),
          new Service("atm", 4_000, 0),
          new Service("clinic", 5_000, 0.25),
          new Service("hospital", 25_000, 0),
          new Service("vaccination", 10_000, 0.12),
          new Service("school", 2_500, 0.75));

  private final Draws draws;

  ServicePoints(Draws draws) {
    this.draws = draws;
  }

  List<Row> of(District district, List<Settlement> settlements) {
    List<Row> rows = new ArrayList<>();
    for (Settlement settlement : settlements) {
      if (settlement.kind() == Kind.HAMLET) {
        continue;
      }
      for (int i = 0; i < SERVICES.size(); i++) {
        Service service = SERVICES.get(i);
        long number = number(service, settlement, i);
        for (int k = 0; k < number; k++) {
          rows.add(row(service, district, settlement, 100_000 * i + k));
        }
      }
    }
    return rows;
  }

  private long number(Service service, Settlement settlement, int nth) {
    double drawn = draws.uniform(What.SERVICE, settlement.id(), nth);
    return settlement.kind() == Kind.VILLAGE
        ? (drawn < service.village() ? 1 : 0)
        : (long) StrictMath.floor(settlement.persons() / service.personsEach() + drawn);
  }

  private Row row(Service service, District district, Settlement settlement, int nth) {
    double far = 0.5 * settlement.radiusKm();
    double[] at = {
      settlement.xKm() + far * draws.normal(What.SERVICE, settlement.id(), 2L * nth + 100),
      settlement.yKm() + far * draws.normal(What.SERVICE, settlement.id(), 2L * nth + 101)
    };
    if (!Settling.inside(district, at)) {
      at = new double[] {settlement.xKm(), settlement.yKm()};
    }
    boolean named = service.kind().equals("hospital") || service.kind().equals("clinic");
    @Nullable String name = named ? Names.of(draws, settlement.id() * 1_000_000 + nth) : null;
    return RowFactory.create(service.kind(), name, Frame.lon(at[0]), Frame.lat(at[1]));
  }
}
