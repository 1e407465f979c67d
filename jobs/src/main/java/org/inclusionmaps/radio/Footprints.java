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

  private final StrongestCells strongest;
  private final FootprintMast[] masts;

  // Of each mast: where it stands, how far it reaches, and its signal without antenna.
  private final double[] x;
  private final double[] y;
  private final double[] z;
  private final double[] reach2;
  private final double[] height2;
  private final double[] powerDbm;
  private final double[] slopeDb;

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
    strongest = new StrongestCells(cells.size(), dominance, pruning);
    masts = masts(cells, backLossDb);
    x = new double[masts.length];
    y = new double[masts.length];
    z = new double[masts.length];
    reach2 = new double[masts.length];
    height2 = new double[masts.length];
    powerDbm = new double[masts.length];
    slopeDb = new double[masts.length];
    for (int m = 0; m < masts.length; m++) {
      FootprintCell mast = masts[m].shared();
      double phi = Math.toRadians(mast.lat());
      double lambda = Math.toRadians(mast.lon());
      x[m] = Math.cos(phi) * Math.cos(lambda);
      y[m] = Math.cos(phi) * Math.sin(lambda);
      z[m] = Math.sin(phi);
      double reach = 2 * Math.sin(mast.rangeKm() / (2 * Distances.EARTH_RADIUS_KM));
      reach2[m] = reach * reach;
      height2[m] = mast.heightM() * mast.heightM();
      powerDbm[m] = mast.powerDbm() + BeamBounds.SLACK_DB;
      slopeDb[m] = 5 * mast.pathLossExponent() * Math.log10(2);
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
      pairs += masts[m].cells();
      // A chord is shorter than its arc; the bits of a number are its logarithm from below.
      double distance2 = chord2 * (RADIUS_M * RADIUS_M) + height2[m];
      double log2 = (Double.doubleToRawLongBits(distance2) - ONE_BITS) * 0x1p-52;
      double most = powerDbm[m] - slopeDb[m] * log2;
      if (most >= strongest.floorDbm && masts[m].offer(strongest, most, chord2, px, py, pz)) {
        bestMast = m;
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
