package org.inclusionmaps.radio;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inclusionmaps.grid.Distances;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one operator and technology, and the service that they give to receivers. A receiver
 * is served by its best cell: independence of cells would overstate. One more cell never lowers a
 * probability.
 *
 * <p>All cells in reach are looked at; a signal is computed only where a cell could be the best, by
 * {@link SignalBound}, which changes no result. For one thread.
 */
public final class BestServers {
  /** Levels of service: outdoors, 10 dB more, 20 dB more. */
  static final int LEVELS = 3;

  private static final double LEVEL_DB = 10;

  /** A probability from here on is 1: what is missing is smaller than the errors of rounding. */
  private static final double CERTAIN = 1 - 1e-12;

  /**
   * Bounds are for 0 dBm where power only shifts a signal; where it also changes how two states
   * mix, for the power rounded up to steps of so many decibels. That keeps their number small.
   */
  private static final double POWER_STEP_DB = 0.5;

  private final LinkBudget link;
  private final double[] thresholds = new double[LEVELS];
  private final Map<Kind, SignalBound> bounds;
  private final RadioCell[] cells;
  private final double[] x;
  private final double[] y;
  private final double[] z;
  private final double[] reach;

  /** The bound of each cell in each environment, once it is needed. */
  private final Map<Environment, @Nullable SignalBound[]> bounded =
      new EnumMap<>(Environment.class);

  /** Cells that share a bound. */
  private record Kind(
      double powerDbm,
      double frequencyMhz,
      double heightM,
      double thresholdDbm,
      Environment where) {}

  /** Bounds met so far, to be shared by the cell sets of one task. */
  public static final class Memory {
    private final Map<Kind, SignalBound> bounds = new HashMap<>();
  }

  /**
   * Service at a place.
   *
   * @param signalDbm highest median signal at any receiver, dBm
   * @param outdoor probability of at least the threshold, mean over persons
   * @param good the same for 10 dB more
   * @param indoor the same for 20 dB more
   * @param cells cells that reach a receiver
   * @param defaults attributes assumed of the cell with the highest signal
   */
  public record Service(
      double signalDbm, double outdoor, double good, double indoor, int cells, int defaults) {}

  /** The best cell of each receiver so far. */
  private final class Best {
    final double[] median;

    /** Highest median of signals with one state, from which their probabilities follow. */
    final double[] singleMedian;

    final double[][] probability;
    double highest = Double.NEGATIVE_INFINITY;
    int defaults;

    Best(Receivers receivers) {
      median = receivers.filled(Double.NEGATIVE_INFINITY);
      singleMedian = receivers.filled(Double.NEGATIVE_INFINITY);
      probability = new double[LEVELS][receivers.size()];
    }

    boolean canImprove(int i, SignalBound bound, int ring, double eirpDbm) {
      if (bound.single) {
        return bound.medianDbm(ring) + eirpDbm > singleMedian[i];
      }
      boolean better = bound.medianDbm(ring) > median[i];
      for (int level = 0; level < LEVELS; level++) {
        better |= bound.probability(level, ring) > probability[level][i];
      }
      return better;
    }

    void offer(int i, Signal signal, SignalBound bound, int defaultsUsed) {
      if (signal.probabilityAtLeast(median[i]) > 0.5) {
        double dbm = signal.medianDbm();
        median[i] = Math.max(median[i], dbm);
        if (dbm > highest) {
          highest = dbm;
          defaults = defaultsUsed;
        }
      }
      if (bound.single && signal.losMedianDbm() <= singleMedian[i]) {
        return;
      }
      if (bound.single) {
        singleMedian[i] = signal.losMedianDbm();
      }
      for (int level = 0; level < LEVELS; level++) {
        double served = signal.probabilityAtLeast(thresholds[level]);
        probability[level][i] = Math.max(probability[level][i], served > CERTAIN ? 1 : served);
      }
    }
  }

  /**
   * A set of cells.
   *
   * @param thresholdDbm least signal for service outdoors, dBm
   * @param cells in any order
   */
  public BestServers(LinkBudget link, double thresholdDbm, List<RadioCell> cells, Memory memory) {
    this.link = link;
    this.bounds = memory.bounds;
    for (int level = 0; level < LEVELS; level++) {
      thresholds[level] = thresholdDbm + LEVEL_DB * level;
    }
    List<RadioCell> sorted = new ArrayList<>(cells);
    sorted.sort(RadioCell.BY_SITE);
    this.cells = sorted.toArray(RadioCell[]::new);
    x = new double[sorted.size()];
    y = new double[sorted.size()];
    z = new double[sorted.size()];
    reach = new double[sorted.size()];
    for (int c = 0; c < this.cells.length; c++) {
      double phi = Math.toRadians(this.cells[c].lat());
      double lambda = Math.toRadians(this.cells[c].lon());
      x[c] = Math.cos(phi) * Math.cos(lambda);
      y[c] = Math.cos(phi) * Math.sin(lambda);
      z[c] = Math.sin(phi);
      reach[c] = 2 * Math.sin(this.cells[c].reachKm() / (2 * Distances.EARTH_RADIUS_KM));
    }
  }

  /** The service at a place; empty if no cell reaches a receiver. */
  public Optional<Service> at(Receivers receivers) {
    Best best = new Best(receivers);
    @Nullable SignalBound[] known =
        bounded.computeIfAbsent(receivers.environment, e -> new SignalBound[cells.length]);
    int reaching = 0;
    for (int c = 0; c < cells.length; c++) {
      double near = reach[c] + receivers.spread;
      if (receivers.chord2(0, x[c], y[c], z[c]) <= near * near && look(c, receivers, known, best)) {
        reaching++;
      }
    }
    if (reaching == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Service(
            best.highest,
            receivers.mean(best.probability[0]),
            receivers.mean(best.probability[1]),
            receivers.mean(best.probability[2]),
            reaching,
            best.defaults));
  }

  /** Offers a cell to each receiver; whether it reaches any. */
  private boolean look(int c, Receivers receivers, @Nullable SignalBound[] known, Best best) {
    SignalBound bound = bound(known, c, receivers.environment);
    double reach2 = reach[c] * reach[c];
    boolean reaches = false;
    for (int i = 0; i < receivers.size(); i++) {
      double chord2 = receivers.chord2(i, x[c], y[c], z[c]);
      if (chord2 <= reach2) {
        reaches = true;
        if (best.canImprove(i, bound, SignalBound.ring(chord2), cells[c].eirpDbm())) {
          best.offer(i, signal(cells[c], receivers, i, chord2), bound, cells[c].defaults());
        }
      }
    }
    return reaches;
  }

  private Signal signal(RadioCell cell, Receivers receivers, int i, double chord2) {
    double km = SignalBound.km(chord2);
    Signal boresight =
        link.signal(cell.eirpDbm(), cell.frequencyMhz(), cell.heightM(), receivers.environment, km);
    if (cell.round()) {
      return boresight;
    }
    double bearing =
        Distances.bearingDeg(cell.lon(), cell.lat(), receivers.lon[i], receivers.lat[i]);
    double depression =
        Math.toDegrees(Math.atan2(cell.heightM() - link.handsetHeightM(), km * 1000));
    return boresight.plus(cell.gainDb(bearing, depression));
  }

  private SignalBound bound(@Nullable SignalBound[] known, int c, Environment environment) {
    SignalBound before = known[c];
    if (before != null) {
      return before;
    }
    RadioCell cell = cells[c];
    double power =
        link.hasOneState(cell.frequencyMhz())
            ? 0
            : POWER_STEP_DB * Math.ceil(cell.eirpDbm() / POWER_STEP_DB);
    Kind kind = new Kind(power, cell.frequencyMhz(), cell.heightM(), thresholds[0], environment);
    SignalBound bound =
        bounds.computeIfAbsent(
            kind,
            k -> new SignalBound(link, power, k.frequencyMhz, k.heightM, environment, thresholds));
    known[c] = bound;
    return bound;
  }
}
