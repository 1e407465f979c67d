package org.inclusionmaps.radio;

import java.util.Comparator;
import java.util.List;
import org.inclusionmaps.grid.Distances;

/**
 * Cells of one mast that differ only in azimuth and beamwidth: distance, loss and the angle down
 * are computed once for all.
 */
final class FootprintMast {
  /** Cells of one mast follow each other. */
  static final Comparator<FootprintCell> BY_MAST =
      Comparator.comparingDouble(FootprintCell::lon)
          .thenComparingDouble(FootprintCell::lat)
          .thenComparingDouble(FootprintCell::heightM)
          .thenComparingDouble(FootprintCell::powerDbm)
          .thenComparingDouble(FootprintCell::pathLossExponent)
          .thenComparingDouble(FootprintCell::rangeKm)
          .thenComparing(FootprintCell::round)
          .thenComparingDouble(FootprintCell::tiltDeg)
          .thenComparingDouble(FootprintCell::downDeg);

  private static final double RADIUS_M = 1000 * Distances.EARTH_RADIUS_KM;
  private static final double DEGREES = 180 / Math.PI;

  private final FootprintCell shared;
  private final int[] number;
  private final double[] cosAzimuth;
  private final double[] sinAzimuth;
  private final double[] exponent;
  private final double[] fallDb;
  private final double[][] mostAcrossDb;
  private final double[] mostDownDb;
  private final double downExponent;
  private final double downFallDb;
  private final double heightM;
  private final double tiltDeg;
  private final double cosTilt;
  private final double dropM;
  private final double eastX;
  private final double eastY;
  private final double northX;
  private final double northY;
  private final double northZ;

  /**
   * A mast.
   *
   * @param cells its cells
   * @param number the number of each
   */
  FootprintMast(List<FootprintCell> cells, int[] number, double backLossDb, BeamBounds bounds) {
    shared = cells.get(0);
    this.number = number;
    cosAzimuth = new double[number.length];
    sinAzimuth = new double[number.length];
    exponent = new double[number.length];
    fallDb = new double[number.length];
    mostAcrossDb = new double[number.length][];
    for (int c = 0; c < number.length; c++) {
      FootprintCell cell = cells.get(c);
      cosAzimuth[c] = Math.cos(Math.toRadians(cell.azimuthDeg()));
      sinAzimuth[c] = Math.sin(Math.toRadians(cell.azimuthDeg()));
      exponent[c] = NormalBeam.exponent(cell.acrossDeg());
      fallDb[c] = NormalBeam.fallDb(cell.acrossDeg(), backLossDb);
      mostAcrossDb[c] = bounds.across(cell.acrossDeg());
    }
    mostDownDb = bounds.down(shared.downDeg());
    downExponent = NormalBeam.exponent(shared.downDeg());
    downFallDb = NormalBeam.fallDb(shared.downDeg(), backLossDb);
    heightM = shared.heightM();
    tiltDeg = shared.tiltDeg();
    double tilt = Math.toRadians(tiltDeg);
    cosTilt = Math.cos(tilt);
    dropM = heightM * Math.sin(tilt);
    double phi = Math.toRadians(shared.lat());
    double lambda = Math.toRadians(shared.lon());
    eastX = -Math.sin(lambda);
    eastY = Math.cos(lambda);
    northX = -Math.sin(phi) * Math.cos(lambda);
    northY = -Math.sin(phi) * Math.sin(lambda);
    northZ = Math.cos(phi);
  }

  FootprintCell shared() {
    return shared;
  }

  int cells() {
    return number.length;
  }

  /**
   * Offers the cells to a place in range; whether one is the best so far.
   *
   * @param mostDbm a bound of the signal without antenna
   * @param chord2 square of the chord to the place, in radii of the Earth
   * @param px the place on the unit sphere
   */
  boolean offer(StrongestCells to, double mostDbm, double chord2, double px, double py, double pz) {
    double chord = Math.sqrt(chord2);
    double groundM = RADIUS_M * arc(chord);
    if (shared.round()) {
      return offerAlike(to, signalDbm(groundM));
    }
    // An arc tangent is under its argument: the place is at least so far above the boresight.
    double aboveDeg = tiltDeg - DEGREES * heightM / groundM;
    double most = mostDbm + (aboveDeg > 0 ? BeamBounds.downDb(mostDownDb, aboveDeg) : 0);
    if (most < to.floorDbm) {
      return false;
    }
    double perUnit = chord > 0 ? groundM / (chord * Math.sqrt(1 - chord2 / 4)) : RADIUS_M;
    double eastM = perUnit * (px * eastX + py * eastY);
    double northM = perUnit * (px * northX + py * northY + pz * northZ);
    return offerSectors(to, most, groundM, eastM, northM);
  }

  private double signalDbm(double groundM) {
    double distance2 = groundM * groundM + heightM * heightM;
    return shared.powerDbm() - 5 * shared.pathLossExponent() * Math.log10(distance2);
  }

  private boolean offerAlike(StrongestCells to, double dbm) {
    boolean best = false;
    for (int cell : number) {
      best |= to.offer(cell, dbm);
    }
    return best;
  }

  /**
   * Offers the sectors.
   *
   * @param mostDbm a bound of the signal, the angle down counted
   * @param eastM the place on the plane that keeps its distance and direction
   */
  private boolean offerSectors(
      StrongestCells to, double mostDbm, double groundM, double eastM, double northM) {
    double dbm = Double.NaN;
    boolean best = false;
    for (int c = 0; c < number.length; c++) {
      double aside = eastM * cosAzimuth[c] - northM * sinAzimuth[c];
      double ahead = (northM * cosAzimuth[c] + eastM * sinAzimuth[c]) * cosTilt + dropM;
      double most = BeamBounds.acrossDb(mostAcrossDb[c], aside, ahead);
      if (mostDbm + most >= to.floorDbm) {
        if (Double.isNaN(dbm)) {
          double downDeg = DEGREES * Math.atan2(heightM, groundM) - tiltDeg;
          dbm = signalDbm(groundM) + NormalBeam.gainDb(downDeg, downExponent, downFallDb);
        }
        if (dbm + most >= to.floorDbm) {
          double acrossDeg = DEGREES * Math.atan2(aside, ahead);
          best |= to.offer(number[c], dbm + NormalBeam.gainDb(acrossDeg, exponent[c], fallDb[c]));
        }
      }
    }
    return best;
  }

  /** The arc over a chord of at most 100 km, in radii: the series of the arc sine. */
  private static double arc(double chord) {
    double h2 = chord * chord / 4;
    return chord * (1 + h2 * (1.0 / 6 + h2 * (3.0 / 40 + h2 * (15.0 / 336))));
  }
}
