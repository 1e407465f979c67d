package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.config.TechnologySettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Catchments;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.radio.BestServers;
import org.inclusionmaps.radio.Environment;
import org.inclusionmaps.radio.LinkBudget;
import org.inclusionmaps.radio.RadioCell;
import org.inclusionmaps.radio.Receivers;

/**
 * Radio cells and the places' people to the service of each operator and technology. A place,
 * operator and technology has no row where no cell reaches the place's people, or where the
 * probability of service outdoors is below 0.001.
 *
 * <p>Service is looked at where people live and is weighted by them. At each point the best cell
 * serves. A cell reaches as far as the probability over open land is 1 %, and no farther than the
 * technology's limit.
 *
 * <p>Cells meet points at coarse places: each point is in one, each cell goes to those that its
 * reach touches.
 */
final class CoverageStage {
  private static final double LEAST_PROBABILITY = 0.001;

  /** Where the coarse place stands in a row of a point. */
  private static final int POINT_COARSE_AT = 5;

  private static final Comparator<Network> BY_NAME =
      Comparator.comparing(Network::operator)
          .thenComparing(Network::technology)
          .thenComparing(Network::thresholdDbm);

  private record Network(String operator, String technology, double thresholdDbm) {}

  private CoverageStage() {}

  static Dataset<Row> coverage(
      Dataset<Row> cells,
      Dataset<Row> settledPoints,
      Dataset<Row> population,
      Dataset<Row> places,
      RadioSettings radio,
      int placeResolution) {
    int coarse = Math.min(placeResolution, Catchments.resolutionFor(farthestKm(radio)));
    Dataset<Row> points =
        PointPeople.of(settledPoints, population)
            .join(places.select(Tables.PLACE, "environment"), Tables.PLACE)
            .select(
                col("point"),
                col(Tables.LON),
                col(Tables.LAT),
                col(Tables.PERSONS_MICRO),
                col("environment"),
                PlaceColumns.parent(col(Tables.PLACE), coarse).as(Candidates.COARSE));
    double body = radio.bodyLossDb();
    double handset = radio.mobileHeightM();
    double sigma = radio.sigmaDb();
    return points
        .groupByKey((MapFunction<Row, Long>) row -> row.getLong(POINT_COARSE_AT), Encoders.LONG())
        .cogroup(
            Candidates.of(cells, radio, coarse)
                .groupByKey(
                    (MapFunction<Row, Long>) row -> row.getLong(Candidates.COARSE_AT),
                    Encoders.LONG()),
            (CoGroupFunction<Long, Row, Row, Row>)
                (key, at, around) ->
                    serve(at, around, new LinkBudget(body, handset, sigma), placeResolution),
            Encoders.row(Tables.COVERAGE.schema()));
  }

  private static double farthestKm(RadioSettings radio) {
    return radio.technologies().values().stream()
        .mapToDouble(TechnologySettings::reachKm)
        .max()
        .orElseThrow();
  }

  /** The service in one coarse place, of which the task holds all points and cells. */
  private static Iterator<Row> serve(
      Iterator<Row> points, Iterator<Row> cells, LinkBudget link, int placeResolution) {
    if (!points.hasNext() || !cells.hasNext()) {
      return Collections.emptyIterator();
    }
    SortedMap<Network, BestServers> networks = networks(cells, link);
    SortedMap<Long, List<Row>> byPlace = new TreeMap<>();
    while (points.hasNext()) {
      Row point = points.next();
      long place = Places.parent(point.getLong(0), placeResolution);
      byPlace.computeIfAbsent(place, p -> new ArrayList<>()).add(point);
    }
    return new RowsIterator<>(
        byPlace.entrySet().iterator(),
        place -> rows(place.getKey(), receivers(place.getValue()), networks));
  }

  private static SortedMap<Network, BestServers> networks(Iterator<Row> rows, LinkBudget link) {
    Map<Network, List<RadioCell>> cells = new TreeMap<>(BY_NAME);
    while (rows.hasNext()) {
      Row row = rows.next();
      cells
          .computeIfAbsent(
              new Network(row.getString(0), row.getString(1), row.getDouble(2)),
              network -> new ArrayList<>())
          .add(Candidates.cell(row));
    }
    BestServers.Memory memory = new BestServers.Memory();
    SortedMap<Network, BestServers> networks = new TreeMap<>(BY_NAME);
    cells.forEach(
        (network, of) ->
            networks.put(network, new BestServers(link, network.thresholdDbm(), of, memory)));
    return networks;
  }

  private static Receivers receivers(List<Row> points) {
    points.sort(Comparator.comparingLong(point -> point.getLong(0)));
    return new Receivers(
        Environment.of(points.get(0).getString(4)),
        points.stream().mapToDouble(point -> point.getDouble(1)).toArray(),
        points.stream().mapToDouble(point -> point.getDouble(2)).toArray(),
        points.stream().mapToLong(point -> point.getLong(3)).toArray());
  }

  private static List<Row> rows(
      long place, Receivers receivers, SortedMap<Network, BestServers> networks) {
    List<Row> rows = new ArrayList<>();
    networks.forEach(
        (network, servers) ->
            servers
                .at(receivers)
                .filter(service -> service.outdoor() >= LEAST_PROBABILITY)
                .ifPresent(
                    service ->
                        rows.add(
                            RowFactory.create(
                                place,
                                network.operator(),
                                network.technology(),
                                service.signalDbm(),
                                service.outdoor(),
                                service.good(),
                                service.indoor(),
                                (long) service.cells(),
                                (long) service.defaults()))));
    return rows;
  }
}
