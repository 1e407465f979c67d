package org.inclusionmaps.sample;

import java.util.Comparator;
import java.util.List;

/** Which networks serve a point. */
final class Reach {
  private static final double NEAREST_KM = 0.05;
  private static final double[] CLEAR = {-100, -100};

  private final Propagation propagation;

  Reach(Propagation propagation) {
    this.propagation = propagation;
  }

  /**
   * The networks at a point.
   *
   * @param masts those that could reach it, in any order
   * @return as {@link Network} codes them
   */
  int at(double xKm, double yKm, double personsPerKm2, List<Mast> masts) {
    double clutterDb = propagation.clutterDb(personsPerKm2, xKm, yKm);
    List<Mast> near =
        masts.stream()
            .filter(mast -> mast.kmTo(xKm, yKm) < Technology.G2.limitKm())
            .sorted(
                Comparator.comparingDouble((Mast mast) -> mast.kmTo(xKm, yKm))
                    .thenComparingLong(Mast::id))
            .toList();
    int served = 0;
    for (Mast mast : near) {
      served |= by(mast, served, xKm, yKm, clutterDb);
    }
    return served;
  }

  /** What a mast adds to what already serves. */
  private int by(Mast mast, int served, double xKm, double yKm, double clutterDb) {
    double away = mast.kmTo(xKm, yKm);
    double[] obstruction = {};
    double shadow = 0;
    int added = 0;
    for (RadioCell cell : mast.cells()) {
      int bit = Network.bit(mast.operator(), cell.technology());
      if (((served | added) & bit) != 0 || away >= cell.technology().limitKm()) {
        continue;
      }
      double margin = flatDbm(mast, cell, xKm, yKm, clutterDb) - cell.technology().neededDbm();
      if (margin + Propagation.MOST_SHADOW_DB < 0) {
        continue;
      }
      if (obstruction.length == 0) {
        obstruction =
            away < NEAREST_KM
                ? CLEAR
                : propagation.obstruction(mast.xKm(), mast.yKm(), mast.heightM(), xKm, yKm);
        shadow = propagation.shadowDb(mast.id(), xKm, yKm);
      }
      double ridge = Propagation.ridgeDb(obstruction, cell.frequencyMhz());
      added |= margin + shadow - ridge >= 0 ? bit : 0;
    }
    return added;
  }

  /** Signal of a cell without ridge and shadow, dBm. */
  static double flatDbm(Mast mast, RadioCell cell, double xKm, double yKm, double clutterDb) {
    return Propagation.flatDbm(
        cell.eirpDbm(),
        cell.frequencyMhz(),
        mast.heightM(),
        mast.kmTo(xKm, yKm),
        cell.offAxisDeg(xKm - mast.xKm(), yKm - mast.yKm()),
        cell.beamwidthDeg(),
        clutterDb);
  }
}
