package org.inclusionmaps.radio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cells around some places, and the service that each network, an operator's technology, gives
 * to the receivers there. A receiver is served by its best cell: independence of cells would
 * overstate. One more cell never lowers a probability.
 *
 * <p>Sites are looked at from the nearest on. A signal is computed only where a cell could be the
 * best, by {@link SignalBound}, and terrain, which only lowers it, only where it then still could
 * be: neither changes a result. For one thread.
 */
public final class BestServers {
  /**
   * Bounds are for 0 dBm where power only shifts a signal; where it also changes how probabilities
   * follow from it, for the power rounded up to steps of so many decibels. That keeps their number
   * small.
   */
  private static final double POWER_STEP_DB = 0.5;

  private final LinkBudget link;
  private final double[][] thresholdsDbm;
  private final Memory memory;
  private final @Nullable Terrain terrain;
  private final List<Site> sites;

  /** Cells that share a bound. */
  private record Kind(
      double powerDbm,
      double frequencyMhz,
      double heightM,
      double errorKm,
      double thresholdDbm,
      Environment where) {}

  /** Bounds met so far, to be shared by the cells of one task. */
  public static final class Memory {
    private final Map<Kind, SignalBound> bounds = new HashMap<>();
  }

  /**
   * Service of a network at a place.
   *
   * @param signalDbm highest median signal at any receiver, dBm
   * @param probability of each level of service, mean over the receivers by weight
   * @param cells cells that reach a receiver
   * @param defaults attributes assumed of the cell with the highest signal
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Service(double signalDbm, double[] probability, int cells, int defaults) {}

  /**
   * The cells around some places.
   *
   * @param thresholdsDbm by network: the least signal of each level of service, dBm
   * @param cells in any order
   * @param terrain the ground between them and the places; none is smooth Earth
   */
  public BestServers(
      LinkBudget link,
      double[][] thresholdsDbm,
      List<RadioCell> cells,
      Memory memory,
      Optional<Terrain> terrain) {
    this.link = link;
    this.thresholdsDbm = thresholdsDbm;
    this.memory = memory;
    this.terrain = terrain.orElse(null);
    sites = Site.of(cells);
  }

  /**
   * The service at places that lie together.
   *
   * @return by place and network; nothing where no cell of the network reaches a receiver
   */
  public List<List<Optional<Service>>> at(List<Receivers> places) {
    ServiceSoFar[][] best = new ServiceSoFar[places.size()][thresholdsDbm.length];
    for (int p = 0; p < best.length; p++) {
      for (int network = 0; network < thresholdsDbm.length; network++) {
        best[p][network] = new ServiceSoFar(places.get(p).size(), thresholdsDbm[network]);
      }
    }
    List<Terrain.Offer> offers = new ArrayList<>();
    for (Site site : near(places)) {
      for (int p = 0; p < best.length; p++) {
        look(site, places.get(p), best[p], offers);
      }
      if (terrain != null && !offers.isEmpty()) {
        terrain.settle(site, offers);
      }
      offers.clear();
    }
    List<List<Optional<Service>>> services = new ArrayList<>();
    for (int p = 0; p < best.length; p++) {
      List<Optional<Service>> ofPlace = new ArrayList<>();
      for (ServiceSoFar network : best[p]) {
        ofPlace.add(
            network.cells() == 0 ? Optional.empty() : Optional.of(network.service(places.get(p))));
      }
      services.add(ofPlace);
    }
    return services;
  }

  private record Near(Site site, double chord2) {}

  /** The sites that may reach a place, from the nearest to the first place on. */
  private List<Site> near(List<Receivers> places) {
    if (places.isEmpty()) {
      return List.of();
    }
    SpherePoints first = places.get(0).points;
    double spread = 0;
    for (Receivers place : places) {
      SpherePoints points = place.points;
      double apart = Math.sqrt(first.chord2(0, points.x[0], points.y[0], points.z[0]));
      spread = Math.max(spread, apart + points.spread);
    }
    List<Near> near = new ArrayList<>();
    for (Site site : sites) {
      double chord2 = first.chord2(0, site.x, site.y, site.z);
      double most = site.farthest + spread;
      if (chord2 <= most * most) {
        near.add(new Near(site, chord2));
      }
    }
    near.sort(Comparator.comparingDouble(Near::chord2));
    return near.stream().map(Near::site).toList();
  }

  /** Looks at what a site gives to a place. */
  private void look(
      Site site, Receivers receivers, ServiceSoFar[] best, List<Terrain.Offer> offers) {
    SpherePoints points = receivers.points;
    double first = Math.sqrt(points.chord2(0, site.x, site.y, site.z));
    double nearest = Math.max(0, first - points.spread);
    if (nearest > site.farthest) {
      return;
    }
    int ring = SignalBound.ring(nearest * nearest);
    for (int c = 0; c < site.cells.length; c++) {
      double reach = site.reach[c];
      if (nearest > reach) {
        continue;
      }
      ServiceSoFar service = best[site.cells[c].network()];
      if (first <= reach || reaches(site, c, points)) {
        service.reached();
        SignalBound bound = bound(site, c, receivers.environment);
        if (service.canImproveAny(bound, ring, site.cells[c].eirpDbm())) {
          look(site, c, receivers, service, bound, offers);
        }
      }
    }
  }

  private static boolean reaches(Site site, int c, SpherePoints points) {
    for (int i = 0; i < points.x.length; i++) {
      if (points.chord2(i, site.x, site.y, site.z) <= site.reach[c] * site.reach[c]) {
        return true;
      }
    }
    return false;
  }

  private void look(
      Site site,
      int c,
      Receivers receivers,
      ServiceSoFar service,
      SignalBound bound,
      List<Terrain.Offer> offers) {
    RadioCell cell = site.cells[c];
    SpherePoints points = receivers.points;
    double reach2 = site.reach[c] * site.reach[c];
    for (int i = 0; i < receivers.size(); i++) {
      double chord2 = points.chord2(i, site.x, site.y, site.z);
      if (chord2 > reach2
          || !service.canImprove(i, bound, SignalBound.ring(chord2), cell.eirpDbm())) {
        continue;
      }
      double km = SignalBound.km(chord2);
      double azimuth = site.azimuth(points.x[i], points.y[i], points.z[i]);
      Signal signal = signal(cell, receivers.environment, azimuth, km);
      if (!service.improves(i, signal, bound)) {
        continue;
      }
      Terrain.Offer offer = new Terrain.Offer(service, i, cell, bound, signal, azimuth, km);
      if (terrain == null) {
        offer.take(0);
      } else {
        offers.add(offer);
      }
    }
  }

  private Signal signal(RadioCell cell, Environment environment, double azimuth, double km) {
    Signal boresight =
        link.signal(
            cell.eirpDbm(), cell.frequencyMhz(), cell.heightM(), cell.errorKm(), environment, km);
    if (cell.round()) {
      return boresight;
    }
    double depression =
        Math.toDegrees(Math.atan2(cell.heightM() - link.handsetHeightM(), km * 1000));
    return boresight.plus(cell.gainDb(Math.toDegrees(azimuth), depression));
  }

  private SignalBound bound(Site site, int c, Environment environment) {
    Map<Environment, SignalBound> known = site.bounds.get(c);
    SignalBound before = known.get(environment);
    if (before != null) {
      return before;
    }
    RadioCell cell = site.cells[c];
    double power =
        link.hasOneState(cell.frequencyMhz()) && cell.errorKm() == 0
            ? 0
            : POWER_STEP_DB * Math.ceil(cell.eirpDbm() / POWER_STEP_DB);
    double[] thresholds = thresholdsDbm[cell.network()];
    Kind kind =
        new Kind(
            power, cell.frequencyMhz(), cell.heightM(), cell.errorKm(), thresholds[0], environment);
    SignalBound bound =
        memory.bounds.computeIfAbsent(
            kind, k -> new SignalBound(link, power, cell, environment, thresholds));
    known.put(environment, bound);
    return bound;
  }
}
