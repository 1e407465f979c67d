package org.inclusionmaps.radio;

/** The strongest cells offered at one place after another, and what pruning leaves of them. */
final class StrongestCells {
  /** Floors are this much lower than they are computed, so that rounding drops no cell. */
  private static final double SLACK = 1 - 1e-9;

  private final SignalDominance dominance;
  private final Footprints.Pruning pruning;
  private final double leastDbm;
  private final int[] cell;
  private final double[] signalDbm;
  private final double[] share;
  private int size;
  private double total;

  /** A weaker signal is not kept at this place, dBm. */
  double floorDbm;

  StrongestCells(int cells, SignalDominance dominance, Footprints.Pruning pruning) {
    this.dominance = dominance;
    this.pruning = pruning;
    leastDbm = dominance.signalDbm(SLACK * pruning.leastDominance());
    int most = Math.min(cells, pruning.mostCells());
    cell = new int[most];
    signalDbm = new double[most];
    share = new double[most];
  }

  /** Begins a place. */
  void clear() {
    size = 0;
    floorDbm = leastDbm;
  }

  /** Keeps a cell if it is among the strongest, of equal ones the first; whether it is the best. */
  boolean offer(int candidate, double dbm) {
    if (dbm < floorDbm) {
      return false;
    }
    int at = size;
    while (at > 0 && weaker(at - 1, candidate, dbm)) {
      at--;
    }
    if (at == cell.length) {
      return false;
    }
    size = Math.min(size + 1, cell.length);
    System.arraycopy(signalDbm, at, signalDbm, at + 1, size - 1 - at);
    System.arraycopy(cell, at, cell, at + 1, size - 1 - at);
    signalDbm[at] = dbm;
    cell[at] = candidate;
    if (at == 0) {
      double least = SLACK * pruning.leastPctOfBest() / 100 * dominance.of(dbm);
      floorDbm = Math.max(floorDbm, dominance.signalDbm(least));
    }
    if (size == cell.length) {
      floorDbm = Math.max(floorDbm, signalDbm[size - 1]);
    }
    return at == 0;
  }

  private boolean weaker(int i, int candidate, double dbm) {
    return signalDbm[i] < dbm || (signalDbm[i] == dbm && cell[i] > candidate);
  }

  /** Prunes by the dominances themselves; the number of cells left. */
  int settle() {
    total = 0;
    int n = 0;
    while (n < size) {
      share[n] = dominance.of(signalDbm[n]);
      boolean nearBest = n == 0 || 100 * share[n] / share[0] >= pruning.leastPctOfBest();
      if (share[n] <= pruning.leastDominance() || !nearBest) {
        break;
      }
      total += share[n];
      n++;
    }
    size = n;
    return n;
  }

  int cell(int i) {
    return cell[i];
  }

  double signalDbm(int i) {
    return signalDbm[i];
  }

  double dominance(int i) {
    return share[i];
  }

  double connectionProbability(int i) {
    return share[i] / total;
  }
}
