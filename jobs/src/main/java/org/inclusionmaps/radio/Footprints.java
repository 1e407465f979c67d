package org.inclusionmaps.radio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
 * changes no result: a bound from above stands before each of its parts. For one thread.
 */
public final class Footprints {
  private static final double RADIUS_M = 1000 * Distances.EARTH_RADIUS_KM;
  private static final long ONE_BITS = Double.doubleToRawLongBits(1);

  /**
   * What is kept at a place.
   *
   * @param leastDominance cells with this dominance or less are dropped, 0 to under 1
   * @param leastPctOfBest cells under this share of the best are dropped, 0 to 100 %
   * @param mostCells cells kept at most, 1 or more
   */
  public record Pruning(double leastDominance, double leastPctOfBest, int mostCells) {}

  /** What the first bound needs of a mast, one after another: eight numbers, a line of memory. */
  private static final int X = 0;

  private static final int Y = 1;
  private static final int Z = 2;
  private static final int REACH2 = 3;
  private static final int HEIGHT2 = 4;
  private static final int POWER_DBM = 5;
  private static final int SLOPE_DB = 6;
  private static final int MAST = 7;
  private static final int STRIDE = 8;

  private final StrongestCells strongest;
  private final FootprintMast[] masts;
  private final double[] all;

  // The places that are looked at, and the masts near any of them.
  private SpherePoints places = new SpherePoints(new double[0], new double[0]);
  private final double[] near;
  private int nearEnd;
  private int likely;
  private long pairs;

  /**
   * The cells of an operator.
   *
   * @param cells in the order that decides between equal ones, at least one
   * @param backLossDb of the {@link NormalBeam} that gave the cells' spreads
   */
  public Footprints(
      List<FootprintCell> cells, double backLossDb, SignalDominance dominance, Pruning pruning) {
    strongest = new StrongestCells(cells.size(), dominance, pruning);
    masts = masts(cells, backLossDb);
    all = new double[STRIDE * masts.length];
    near = new double[STRIDE * masts.length];
    SpherePoints points =
        new SpherePoints(
            Stream.of(masts).mapToDouble(mast -> mast.shared().lon()).toArray(),
            Stream.of(masts).mapToDouble(mast -> mast.shared().lat()).toArray());
    for (int m = 0; m < masts.length; m++) {
      FootprintCell mast = masts[m].shared();
      double reach = SpherePoints.chord(mast.rangeKm());
      int at = STRIDE * m;
      all[at + X] = points.x[m];
      all[at + Y] = points.y[m];
      all[at + Z] = points.z[m];
      all[at + REACH2] = reach * reach;
      all[at + HEIGHT2] = mast.heightM() * mast.heightM();
      all[at + POWER_DBM] = mast.powerDbm() + BeamBounds.SLACK_DB;
      all[at + SLOPE_DB] = 5 * mast.pathLossExponent() * Math.log10(2);
      all[at + MAST] = m;
    }
  }

  private static FootprintMast[] masts(List<FootprintCell> cells, double backLossDb) {
    int[] order =
        IntStream.range(0, cells.size())
            .boxed()
            .sorted(Comparator.comparing(cells::get, FootprintMast.BY_MAST))
            .mapToInt(Integer::intValue)
            .toArray();
    BeamBounds bounds = new BeamBounds(backLossDb);
    List<FootprintMast> masts = new ArrayList<>();
    for (int from = 0; from < order.length; ) {
      FootprintCell first = cells.get(order[from]);
      int[] number =
          IntStream.of(order)
              .skip(from)
              .takeWhile(c -> FootprintMast.BY_MAST.compare(first, cells.get(c)) == 0)
              .toArray();
      List<FootprintCell> of = IntStream.of(number).mapToObj(cells::get).toList();
      masts.add(new FootprintMast(of, number, backLossDb, bounds));
      from += number.length;
    }
    return masts.toArray(FootprintMast[]::new);
  }

  /**
   * Takes places to look at, near each other: masts out of range of all are then passed over.
   *
   * @param lon longitudes of their centres, degrees
   * @param lat latitudes of their centres, degrees
   */
  public void approach(double[] lon, double[] lat) {
    places = new SpherePoints(lon, lat);
    nearEnd = 0;
    likely = 0;
    for (int m = 0; lon.length > 0 && m < all.length; m += STRIDE) {
      double reach = Math.sqrt(all[m + REACH2]) + places.spread;
      if (places.chord2(0, all[m + X], all[m + Y], all[m + Z]) <= reach * reach) {
        System.arraycopy(all, m, near, nearEnd, STRIDE);
        nearEnd += STRIDE;
      }
    }
  }

  /**
   * Looks at one of the places taken.
   *
   * @return the number of cells kept, for {@link #cell} and the others, strongest first
   */
  public int at(int place) {
    double px = places.x[place];
    double py = places.y[place];
    double pz = places.z[place];
    strongest.clear();
    // The best mast of the place before is likely to be so again: it lifts the floor early.
    int first = likely;
    if (first < nearEnd) {
      meet(first, px, py, pz);
    }
    for (int m = 0; m < nearEnd; m += STRIDE) {
      if (m != first) {
        meet(m, px, py, pz);
      }
    }
    return strongest.settle();
  }

  private void meet(int m, double px, double py, double pz) {
    double chord2 = SpherePoints.square(near[m + X] - px, near[m + Y] - py, near[m + Z] - pz);
    if (chord2 <= near[m + REACH2]) {
      FootprintMast mast = masts[(int) near[m + MAST]];
      pairs += mast.cells();
      // A chord is shorter than its arc; the bits of a number are its logarithm from below.
      double distance2 = chord2 * (RADIUS_M * RADIUS_M) + near[m + HEIGHT2];
      double log2 = (Double.doubleToRawLongBits(distance2) - ONE_BITS) * 0x1p-52;
      double most = near[m + POWER_DBM] - near[m + SLOPE_DB] * log2;
      if (most >= strongest.floorDbm && mast.offer(strongest, most, chord2, px, py, pz)) {
        likely = m;
      }
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
