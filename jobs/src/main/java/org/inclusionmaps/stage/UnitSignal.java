package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.radio.BestServers;
import org.inclusionmaps.radio.Environment;
import org.inclusionmaps.radio.OffsetCurve;
import org.inclusionmaps.radio.RadioCell;
import org.inclusionmaps.radio.Receivers;
import org.inclusionmaps.radio.Terrain;
import org.jspecify.annotations.Nullable;

/** The service in one unit, of which a task holds all points, cells and terrain. */
final class UnitSignal {
  /** Levels of service, dB over the threshold: outdoors, good, indoors. */
  private static final double[] LEVELS_DB = levels(List.of());

  /** The same, then those of a curve by offset, the last of which asks least. */
  private static final double[] LEVELS_AND_CURVE_DB = levels(curve());

  /** Places are looked at together with others of the same place so many resolutions coarser. */
  private static final int COARSER = 2;

  private UnitSignal() {}

  private static double[] levels(List<Double> more) {
    return Stream.concat(Arrays.stream(ServiceLevel.values()).map(ServiceLevel::db), more.stream())
        .mapToDouble(db -> db)
        .toArray();
  }

  private static List<Double> curve() {
    return IntStream.range(0, OffsetCurve.SIZE).mapToObj(i -> -OffsetCurve.offsetDb(i)).toList();
  }

  /**
   * Rows of signal.
   *
   * @param points rows of {@link ReceiverPoints}
   * @param cells rows of {@link Candidates}
   * @param tiles rows of terrain
   * @param surroundings of settled places; others are in the open
   */
  static Iterator<Row> of(
      Iterator<Row> points,
      List<Row> cells,
      List<Row> tiles,
      Map<Long, Environment> surroundings,
      RadioSettings radio,
      int placeResolution) {
    if (!points.hasNext() || cells.isEmpty()) {
      return Collections.emptyIterator();
    }
    SortedMap<Network, List<Row>> byNetwork = new TreeMap<>(Network.BY_NAME);
    cells.forEach(
        cell ->
            byNetwork
                .computeIfAbsent(
                    new Network(cell.getString(1), cell.getString(2)), n -> new ArrayList<>())
                .add(cell));
    List<Network> networks = List.copyOf(byNetwork.keySet());
    BestServers servers = servers(byNetwork, tiles, radio);
    SortedMap<Long, SortedMap<Long, List<Row>>> blocks = new TreeMap<>();
    points.forEachRemaining(
        point -> {
          long place = point.getLong(1);
          blocks
              .computeIfAbsent(
                  Places.parent(place, Math.max(0, placeResolution - COARSER)),
                  block -> new TreeMap<>())
              .computeIfAbsent(place, p -> new ArrayList<>())
              .add(point);
        });
    return new RowsIterator<>(
        blocks.values().iterator(), block -> rows(block, surroundings, servers, networks));
  }

  private static BestServers servers(
      SortedMap<Network, List<Row>> byNetwork, List<Row> tiles, RadioSettings radio) {
    List<RadioCell> cells = new ArrayList<>();
    double[] levels = radio.calibrates() ? LEVELS_AND_CURVE_DB : LEVELS_DB;
    double[][] thresholds = new double[byNetwork.size()][levels.length];
    int network = 0;
    for (Map.Entry<Network, List<Row>> of : byNetwork.entrySet()) {
      double threshold = CellDefaults.technology(radio, of.getKey().technology()).thresholdDbm();
      for (int level = 0; level < levels.length; level++) {
        thresholds[network][level] = threshold + levels[level];
      }
      for (Row cell : of.getValue()) {
        cells.add(Candidates.cell(cell, network));
      }
      network++;
    }
    Optional<Terrain> terrain =
        tiles.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Terrain(
                    TerrainTiles.ground(tiles),
                    radio.profileStepM(),
                    radio.farthestKm(),
                    radio.mobileHeightM(),
                    new Terrain.Losses()));
    return new BestServers(
        CellDefaults.link(radio), thresholds, cells, new BestServers.Memory(), terrain);
  }

  private static Receivers receivers(List<Row> points, Environment environment) {
    points.sort(Comparator.comparingLong(point -> point.getLong(2)));
    return new Receivers(
        environment,
        points.stream().mapToDouble(point -> point.getDouble(3)).toArray(),
        points.stream().mapToDouble(point -> point.getDouble(4)).toArray(),
        points.stream().mapToLong(point -> point.getLong(5)).toArray());
  }

  private static List<Row> rows(
      SortedMap<Long, List<Row>> block,
      Map<Long, Environment> surroundings,
      BestServers servers,
      List<Network> networks) {
    List<Receivers> receivers = new ArrayList<>();
    block.forEach(
        (place, points) ->
            receivers.add(receivers(points, surroundings.getOrDefault(place, Environment.OPEN))));
    Iterator<List<Optional<BestServers.Service>>> served = servers.at(receivers).iterator();
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Long, List<Row>> place : block.entrySet()) {
      boolean settled = place.getValue().get(0).getBoolean(6);
      List<Optional<BestServers.Service>> services = served.next();
      for (int network = 0; network < networks.size(); network++) {
        Network of = networks.get(network);
        services
            .get(network)
            .filter(service -> most(service.probability(), settled) >= Network.LEAST_PROBABILITY)
            .ifPresent(service -> rows.add(row(place.getKey(), of, settled, service)));
      }
    }
    return rows;
  }

  /** The probability of what asks least and is told. */
  private static double most(double[] probability, boolean settled) {
    boolean curve = settled && probability.length > LEVELS_DB.length;
    return probability[curve ? probability.length - 1 : 0];
  }

  private static float @Nullable [] curve(double[] probability, boolean settled) {
    if (!settled || probability.length == LEVELS_DB.length) {
      return null;
    }
    float[] curve = new float[OffsetCurve.SIZE];
    for (int i = 0; i < curve.length; i++) {
      curve[i] = (float) probability[LEVELS_DB.length + i];
    }
    return curve;
  }

  private static Row row(
      long place, Network network, boolean settled, BestServers.Service service) {
    return RowFactory.create(
        place,
        network.operator(),
        network.technology(),
        settled,
        service.signalDbm(),
        service.probability()[0],
        service.probability()[1],
        service.probability()[2],
        curve(service.probability(), settled),
        (long) service.cells(),
        (long) service.defaults());
  }
}
