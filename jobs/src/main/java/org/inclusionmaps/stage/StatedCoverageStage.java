package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Catchments;
import org.inclusionmaps.grid.OutlinePieces;
import org.inclusionmaps.grid.PolygonIndex;
import org.jspecify.annotations.Nullable;

/**
 * Operators' own coverage areas and settled points to the share of each place's people that is
 * inside. Polygons are cut into small pieces, which meet the points in units, as cells do.
 */
final class StatedCoverageStage {
  private static final StructType PIECES =
      new StructType()
          .add(Candidates.UNIT, DataTypes.LongType, false)
          .add(Tables.OPERATOR, DataTypes.StringType, false)
          .add(Tables.TECHNOLOGY, DataTypes.StringType, false)
          .add(Tables.SERVICE, DataTypes.StringType, false)
          .add("piece", DataTypes.BinaryType, false);

  private record Stated(Network network, ServiceLevel level) {}

  private StatedCoverageStage() {}

  static Dataset<Row> stated(
      Dataset<Row> coverageAreas, Dataset<Row> pointPeople, int unitResolution) {
    Dataset<Row> pieces =
        coverageAreas
            .select(Tables.OPERATOR, Tables.TECHNOLOGY, Tables.SERVICE, "geometry")
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> pieces(rows, unitResolution),
                Encoders.row(PIECES));
    return SignalStage.byUnit(ReceiverPoints.settled(pointPeople, unitResolution))
        .cogroup(
            SignalStage.byUnit(pieces),
            (CoGroupFunction<Long, Row, Row, Row>) (unit, points, with) -> within(points, with),
            Encoders.row(Tables.STATED_COVERAGE.schema()));
  }

  private static Iterator<Row> pieces(Iterator<Row> areas, int resolution) {
    Catchments catchments = new Catchments(resolution);
    return new RowsIterator<>(
        areas,
        area -> {
          List<Row> rows = new ArrayList<>();
          for (OutlinePieces.Piece piece : OutlinePieces.at(area.getAs(3), catchments)) {
            for (long unit : piece.places()) {
              rows.add(
                  RowFactory.create(
                      unit, area.getString(0), area.getString(1), area.get(2), piece.wkb()));
            }
          }
          return rows;
        });
  }

  /** Shares of the people of the places of a unit. */
  private static Iterator<Row> within(Iterator<Row> points, Iterator<Row> with) {
    if (!points.hasNext() || !with.hasNext()) {
      return List.<Row>of().iterator();
    }
    PolygonIndex<Stated> areas = new PolygonIndex<>();
    with.forEachRemaining(
        row ->
            areas.add(
                row.getAs(4),
                new Stated(
                    new Network(row.getString(1), row.getString(2)),
                    ServiceLevel.of(row.getString(3)))));
    SortedMap<Long, Inside> places = new TreeMap<>();
    points.forEachRemaining(
        point ->
            places
                .computeIfAbsent(point.getLong(1), place -> new Inside())
                .add(areas.at(point.getDouble(3), point.getDouble(4)), point.getLong(5)));
    return new RowsIterator<>(
        places.entrySet().iterator(), place -> place.getValue().rows(place.getKey()));
  }

  /** People of a place, and those inside by network and level. */
  private static final class Inside {
    private final SortedMap<Network, Map<ServiceLevel, Long>> inside =
        new TreeMap<>(Network.BY_NAME);
    private long all;

    void add(List<Stated> at, long persons) {
      all += persons;
      SortedMap<Network, ServiceLevel> highest = new TreeMap<>(Network.BY_NAME);
      for (Stated stated : at) {
        highest.merge(
            stated.network(), stated.level(), (one, two) -> one.compareTo(two) >= 0 ? one : two);
      }
      highest.forEach(
          (network, level) -> {
            // Service of a level is service of each lower one.
            for (ServiceLevel lower : EnumSet.range(ServiceLevel.OUTDOOR, level)) {
              inside
                  .computeIfAbsent(network, n -> new EnumMap<>(ServiceLevel.class))
                  .merge(lower, persons, Long::sum);
            }
          });
    }

    List<Row> rows(long place) {
      List<Row> rows = new ArrayList<>();
      inside.forEach(
          (network, levels) ->
              rows.add(
                  RowFactory.create(
                      place,
                      network.operator(),
                      network.technology(),
                      share(levels, ServiceLevel.OUTDOOR),
                      share(levels, ServiceLevel.GOOD),
                      share(levels, ServiceLevel.INDOOR))));
      return rows;
    }

    private @Nullable Double share(Map<ServiceLevel, Long> levels, ServiceLevel level) {
      Long persons = levels.get(level);
      return persons == null ? null : (double) persons / all;
    }
  }
}
