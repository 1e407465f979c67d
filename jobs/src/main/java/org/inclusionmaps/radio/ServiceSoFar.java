package org.inclusionmaps.radio;

import java.util.Arrays;

/** The best cells of one network at the receivers of one place, among those looked at so far. */
final class ServiceSoFar {
  /** A probability from here on is 1: what is missing is smaller than the errors of rounding. */
  private static final double CERTAIN = 1 - 1e-12;

  private final double[] thresholdsDbm;
  private final double[] median;

  /** Highest median of signals whose order of medians is that of their probabilities. */
  private final double[] singleMedian;

  private final double[][] probability;

  /** What the worst served receiver has: a cell that cannot better it betters none. */
  private double worstMedian = Double.NEGATIVE_INFINITY;

  private double worstSingleMedian = Double.NEGATIVE_INFINITY;
  private final double[] worst;
  private boolean stale;

  private double highestDbm = Double.NEGATIVE_INFINITY;
  private int defaults;
  private int cells;

  ServiceSoFar(int receivers, double[] thresholdsDbm) {
    this.thresholdsDbm = thresholdsDbm;
    median = new double[receivers];
    singleMedian = new double[receivers];
    Arrays.fill(median, Double.NEGATIVE_INFINITY);
    Arrays.fill(singleMedian, Double.NEGATIVE_INFINITY);
    probability = new double[thresholdsDbm.length][receivers];
    worst = new double[thresholdsDbm.length];
  }

  /** Counts a cell that reaches a receiver. */
  void reached() {
    cells++;
  }

  int cells() {
    return cells;
  }

  /** Whether a cell may better any receiver that is in a ring or farther away. */
  boolean canImproveAny(SignalBound bound, int ring, double eirpDbm) {
    if (stale) {
      refresh();
    }
    if (bound.single) {
      return bound.medianDbm(ring) + eirpDbm > worstSingleMedian;
    }
    boolean better = bound.medianDbm(ring) > worstMedian;
    for (int level = 0; level < worst.length; level++) {
      better |= bound.probability(level, ring) > worst[level];
    }
    return better;
  }

  /** Whether a cell may better a receiver in a ring. */
  boolean canImprove(int i, SignalBound bound, int ring, double eirpDbm) {
    if (bound.single) {
      return bound.medianDbm(ring) + eirpDbm > singleMedian[i];
    }
    boolean better = bound.medianDbm(ring) > median[i];
    for (int level = 0; level < worst.length; level++) {
      better |= bound.probability(level, ring) > probability[level][i];
    }
    return better;
  }

  /** Whether a signal betters a receiver. */
  boolean improves(int i, Signal signal, SignalBound bound) {
    if (bound.single) {
      return signal.losMedianDbm() > singleMedian[i];
    }
    if (signal.probabilityAtLeast(median[i]) > 0.5) {
      return true;
    }
    for (int level = 0; level < probability.length; level++) {
      if (signal.probabilityAtLeast(thresholdsDbm[level]) > probability[level][i]) {
        return true;
      }
    }
    return false;
  }

  /** Takes a signal for what it betters. */
  void offer(int i, Signal signal, SignalBound bound, int defaultsUsed) {
    if (signal.probabilityAtLeast(median[i]) > 0.5) {
      double dbm = signal.medianDbm();
      median[i] = Math.max(median[i], dbm);
      if (dbm > highestDbm) {
        highestDbm = dbm;
        defaults = defaultsUsed;
      }
    }
    if (bound.single) {
      if (signal.losMedianDbm() <= singleMedian[i]) {
        return;
      }
      singleMedian[i] = signal.losMedianDbm();
    }
    for (int level = 0; level < probability.length; level++) {
      double served = signal.probabilityAtLeast(thresholdsDbm[level]);
      probability[level][i] = Math.max(probability[level][i], served > CERTAIN ? 1 : served);
    }
    stale = true;
  }

  private void refresh() {
    worstMedian = least(median);
    worstSingleMedian = least(singleMedian);
    for (int level = 0; level < worst.length; level++) {
      worst[level] = least(probability[level]);
    }
    stale = false;
  }

  private static double least(double[] values) {
    double least = Double.POSITIVE_INFINITY;
    for (double value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  /** The service, once all cells were looked at. */
  BestServers.Service service(Receivers receivers) {
    double[] means = new double[probability.length];
    for (int level = 0; level < means.length; level++) {
      means[level] = receivers.mean(probability[level]);
    }
    return new BestServers.Service(highestDbm, means, cells, defaults);
  }
}
