package org.inclusionmaps.radio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.inclusionmaps.grid.Distances;

/**
 * Which cells of one operator a handset at a place may be connected to, and how probably: the radio
 * footprint of eurostat/multimno and mobloc, so that their results can be compared.
 *
 * <p>Signal = power − 10 γ log10(distance to the antenna in m) + gain across + gain down, both of
 * {@link NormalBeam} and both 0 for an antenna that is the same all round. The angle across is
 * taken in the plane of the tilted boresight. Dominance is that of {@link SignalDominance}. Kept
 * are cells whose dominance is over the least, at least a share of the place's best, and among the
 * strongest; of equal ones the first. Their shares of the dominance kept are the connection
 * probabilities.
 *
 * <p>Source: eurostat/multimno 0.9.0 (commit 17e495a), CellFootprintEstimation and
 * CellConnectionProbabilityEstimation, without elevation; R package mobloc (commit 0cc4c25),
 * signal_strength.R. Distances are on the sphere, theirs in a projection.
 *
 * <p>All cells in range are looked at. A signal is computed only where it can be kept, which
 * changes no result: the bits of the squared distance bound it from above. For one thread.
 */
public final class Footprints {
  private static final double RADIUS_M = 1000 * Distances.EARTH_RADIUS_KM;

  /** The bound is this much higher than it is computed, so that rounding drops no cell. */
  private static final double SLACK_DB = 1e-9;

  private static final long ONE_BITS = Double.doubleToRawLongBits(1);

  /** Cells of one mast share distance, power, loss and the angle down. */
  private static final Comparator<FootprintCell> BY_MAST =
      Comparator.comparingDouble(FootprintCell::lon)
          .thenComparingDouble(FootprintCell::lat)
          .thenComparingDouble(FootprintCell::heightM)
          .thenComparingDouble(FootprintCell::powerDbm)
          .thenComparingDouble(FootprintCell::pathLossExponent)
          .thenComparingDouble(FootprintCell::rangeKm)
          .thenComparing(FootprintCell::round)
          .thenComparingDouble(FootprintCell::tiltDeg)
          .thenComparingDouble(FootprintCell::downDeg);

  /**
   * What is kept at a place.
   *
   * @param leastDominance cells with this dominance or less are dropped, 0 to under 1
   * @param leastPctOfBest cells under this share of the best are dropped, 0 to 100 %
   * @param mostCells cells kept at most, 1 or more
   */
  public record Pruning(double leastDominance, double leastPctOfBest, int mostCells) {}

  private final double backLossDb;
  private final StrongestCells strongest;

  // Of each mast.
  private final FootprintCell[] masts;
  private final int[] firstCell;
  private final double[] x;
  private final double[] y;
  private final double[] z;
  private final double[] reach2;
  private final double[] height2;
  private final double[] boundDbm;
  private final double[] slopeDb;

  // Of each cell, a mast's together.
  private final int[] number;
  private final double[] cosAzimuth;
  private final double[] sinAzimuth;
  private final double[] exponent;
  private final double[] fallDb;

  private int bestMast;
  private long pairs;

  /**
   * The cells of an operator.
   *
   * @param cells in the order that decides between equal ones, at least one
   * @param backLossDb of the {@link NormalBeam} that gave the cells' spreads
   */
  public Footprints(
      List<FootprintCell> cells, double backLossDb, SignalDominance dominance, Pruning pruning) {
    this.backLossDb = backLossDb;
    strongest = new StrongestCells(cells.size(), dominance, pruning);
    number =
        IntStream.range(0, cells.size())
            .boxed()
            .sorted(Comparator.comparing(cells::get, BY_MAST))
            .mapToInt(Integer::intValue)
            .toArray();
    cosAzimuth = new double[number.length];
    sinAzimuth = new double[number.length];
    exponent = new double[number.length];
    fallDb = new double[number.length];
    List<FootprintCell> leaders = new ArrayList<>();
    int[] first = new int[number.length + 1];
    for (int i = 0; i < number.length; i++) {
      FootprintCell cell = cells.get(number[i]);
      if (i == 0 || BY_MAST.compare(leaders.get(leaders.size() - 1), cell) != 0) {
        first[leaders.size()] = i;
        leaders.add(cell);
      }
      cosAzimuth[i] = Math.cos(Math.toRadians(cell.azimuthDeg()));
      sinAzimuth[i] = Math.sin(Math.toRadians(cell.azimuthDeg()));
      exponent[i] = NormalBeam.exponent(cell.acrossDeg());
      fallDb[i] = NormalBeam.fallDb(cell.acrossDeg(), backLossDb);
    }
    first[leaders.size()] = number.length;
    firstCell = first;
    masts = leaders.toArray(FootprintCell[]::new);
    x = new double[masts.length];
    y = new double[masts.length];
    z = new double[masts.length];
    reach2 = new double[masts.length];
    height2 = new double[masts.length];
    boundDbm = new double[masts.length];
    slopeDb = new double[masts.length];
    for (int m = 0; m < masts.length; m++) {
      stand(m, masts[m]);
    }
  }

  private void stand(int m, FootprintCell mast) {
    double phi = Math.toRadians(mast.lat());
    double lambda = Math.toRadians(mast.lon());
    x[m] = Math.cos(phi) * Math.cos(lambda);
    y[m] = Math.cos(phi) * Math.sin(lambda);
    z[m] = Math.sin(phi);
    double reach = 2 * Math.sin(mast.rangeKm() / (2 * Distances.EARTH_RADIUS_KM));
    reach2[m] = reach * reach;
    height2[m] = mast.heightM() * mast.heightM();
    boundDbm[m] = mast.powerDbm() + SLACK_DB;
    slopeDb[m] = 5 * mast.pathLossExponent() * Math.log10(2);
  }

  /**
   * Looks at a place.
   *
   * @param lon longitude of its centre, degrees
   * @param lat latitude of its centre, degrees
   * @return the number of cells kept, for {@link #cell} and the others, strongest first
   */
  public int at(double lon, double lat) {
    double phi = Math.toRadians(lat);
    double lambda = Math.toRadians(lon);
    double px = Math.cos(phi) * Math.cos(lambda);
    double py = Math.cos(phi) * Math.sin(lambda);
    double pz = Math.sin(phi);
    strongest.clear();
    // The best mast of the place before is likely to be so again: it lifts the floor early.
    int likely = bestMast;
    meet(likely, px, py, pz);
    for (int m = 0; m < masts.length; m++) {
      if (m != likely) {
        meet(m, px, py, pz);
      }
    }
    return strongest.settle();
  }

  private void meet(int m, double px, double py, double pz) {
    double dx = x[m] - px;
    double dy = y[m] - py;
    double dz = z[m] - pz;
    double chord2 = dx * dx + dy * dy + dz * dz;
    if (chord2 <= reach2[m]) {
      pairs += firstCell[m + 1] - firstCell[m];
      // A chord is shorter than its arc; the bits of a number are its logarithm from below.
      double distance2 = chord2 * (RADIUS_M * RADIUS_M) + height2[m];
      double log2 = (Double.doubleToRawLongBits(distance2) - ONE_BITS) * 0x1p-52;
      if (boundDbm[m] - slopeDb[m] * log2 >= strongest.floorDbm) {
        offer(m, Math.sqrt(chord2), px, py, pz);
      }
    }
  }

  /** Offers the cells of a mast in range. */
  private void offer(int m, double chord, double px, double py, double pz) {
    FootprintCell mast = masts[m];
    double groundM = 2 * RADIUS_M * Math.asin(chord / 2);
    double distance2 = groundM * groundM + height2[m];
    double dbm = mast.powerDbm() - 5 * mast.pathLossExponent() * Math.log10(distance2);
    if (mast.round()) {
      for (int c = firstCell[m]; c < firstCell[m + 1]; c++) {
        keep(m, number[c], dbm);
      }
      return;
    }
    double down = Math.toDegrees(Math.atan2(mast.heightM(), groundM)) - mast.tiltDeg();
    dbm +=
        NormalBeam.gainDb(
            down,
            NormalBeam.exponent(mast.downDeg()),
            NormalBeam.fallDb(mast.downDeg(), backLossDb));
    if (dbm >= strongest.floorDbm) {
      double perUnit = chord > 0 ? groundM / (chord * Math.sqrt(1 - chord * chord / 4)) : RADIUS_M;
      double flat = Math.sqrt(x[m] * x[m] + y[m] * y[m]);
      double eastM = perUnit * (py * x[m] - px * y[m]) / flat;
      double northM = perUnit * (pz * flat - z[m] * (px * x[m] + py * y[m]) / flat);
      offerSectors(m, dbm, eastM, northM);
    }
  }

  /**
   * Offers the sectors of a mast, to a place so many metres from it, on the plane that keeps its
   * distance and direction.
   */
  private void offerSectors(int m, double dbm, double eastM, double northM) {
    double tilt = Math.toRadians(masts[m].tiltDeg());
    double cosTilt = Math.cos(tilt);
    double dropM = masts[m].heightM() * Math.sin(tilt);
    for (int c = firstCell[m]; c < firstCell[m + 1]; c++) {
      double asideM = eastM * cosAzimuth[c] - northM * sinAzimuth[c];
      double aheadM = (northM * cosAzimuth[c] + eastM * sinAzimuth[c]) * cosTilt + dropM;
      double across = Math.toDegrees(Math.atan2(asideM, aheadM));
      keep(m, number[c], dbm + NormalBeam.gainDb(across, exponent[c], fallDb[c]));
    }
  }

  private void keep(int m, int cell, double dbm) {
    if (strongest.offer(cell, dbm)) {
      bestMast = m;
    }
  }

  /** The number of a cell kept, in the order given. */
  public int cell(int i) {
    return strongest.cell(i);
  }

  /** The signal of a cell kept, dBm. */
  public double signalDbm(int i) {
    return strongest.signalDbm(i);
  }

  /** The dominance of a cell kept, over 0 to 1. */
  public double dominance(int i) {
    return strongest.dominance(i);
  }

  /** The probability that a handset at the place is connected to a cell kept. */
  public double connectionProbability(int i) {
    return strongest.connectionProbability(i);
  }

  /** Pairs of a place and a cell in whose range it lies, of all places looked at so far. */
  public long pairs() {
    return pairs;
  }
}
