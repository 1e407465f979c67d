package org.inclusionmaps.radio;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Ground between sites and receivers, and what it costs. All cells of a site share one sweep. For
 * one thread.
 */
public final class Terrain {
  private static final int SAMPLE_BITS = 12;
  private static final int NUMBER_BITS = 32;
  private static final int SAMPLES = (1 << SAMPLE_BITS) - 1;
  private final RadialSweep sweep;
  private final double stepM;
  private final double reachKm;
  private final double handsetM;
  private final Losses losses;
  private long[] paths = {};
  private int[] samples = {};
  private double[] obstructions = {};

  private record Antenna(double frequencyMhz, double heightM) {}

  /** Tables of losses met so far, to be shared by the grounds of one task. */
  public static final class Losses {
    private final Map<Antenna, TerrainLoss> losses = new HashMap<>();
  }

  /** A signal over smooth Earth from a site to a receiver, and who is to have it. */
  record Offer(
      ServiceSoFar to,
      int receiver,
      RadioCell cell,
      SignalBound bound,
      Signal signal,
      double azimuth,
      double km) {
    void take(double excessDb) {
      to.offer(receiver, excessDb == 0 ? signal : signal.plus(-excessDb), bound, cell.defaults());
    }
  }

  /**
   * Terrain over a ground.
   *
   * @param stepM distance of samples along a path, over 0 m
   * @param reachKm the longest path of any site, at most 4095 steps; results depend on it, so it is
   *     one for all sites and grounds
   * @param handsetM height of receivers above the ground, m
   */
  public Terrain(Ground ground, double stepM, double reachKm, double handsetM, Losses losses) {
    if (reachKm * 1000 / stepM > SAMPLES - 2) {
      throw new IllegalArgumentException(reachKm + " km are too many steps of " + stepM + " m");
    }
    sweep = new RadialSweep(ground, stepM, reachKm);
    this.stepM = stepM;
    this.reachKm = reachKm;
    this.handsetM = handsetM;
    this.losses = losses;
  }

  /** Takes the excess of the terrain from each offer of a site, and hands it over. */
  void settle(Site site, List<Offer> offers) {
    int n = offers.size();
    if (paths.length < n) {
      paths = new long[2 * n];
      samples = new int[2 * n];
      obstructions = new double[2 * n];
    }
    for (int i = 0; i < n; i++) {
      Offer offer = offers.get(i);
      long radial = sweep.radial(offer.azimuth());
      paths[i] = (((radial << SAMPLE_BITS) | sweep.sample(offer.km())) << NUMBER_BITS) | i;
    }
    Arrays.sort(paths, 0, n);
    sweep.mast(site.lon, site.lat);
    double clear = Bullington.clear(site.lowestMhz);
    for (int from = 0; from < n; ) {
      int to = from;
      int radial = radial(paths[from]);
      while (to < n && radial(paths[to]) == radial) {
        samples[to] = (int) (paths[to] >>> NUMBER_BITS) & SAMPLES;
        to++;
      }
      sweep.obstructions(radial, site.heightM, handsetM, clear, samples, from, to, obstructions);
      from = to;
    }
    // In the order of the offers, which is the same with and without terrain.
    double[] excess = new double[n];
    for (int i = 0; i < n; i++) {
      int number = (int) paths[i];
      excess[number] = loss(offers.get(number).cell()).excessDb(samples[i], obstructions[i]);
    }
    for (int i = 0; i < n; i++) {
      offers.get(i).take(excess[i]);
    }
  }

  private static int radial(long path) {
    return (int) (path >>> (NUMBER_BITS + SAMPLE_BITS));
  }

  private TerrainLoss loss(RadioCell cell) {
    return Objects.requireNonNull(
        losses.losses.computeIfAbsent(
            new Antenna(cell.frequencyMhz(), cell.heightM()),
            antenna ->
                new TerrainLoss(antenna.frequencyMhz, antenna.heightM, handsetM, stepM, reachKm)));
  }
}
