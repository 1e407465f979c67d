package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
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
    refuseAreasElsewhere(coverageAreas, pointPeople);
    Dataset<Row> points = ReceiverPoints.settled(pointPeople, unitResolution);
    Dataset<Row> pieces =
        coverageAreas
            .select(Tables.OPERATOR, Tables.TECHNOLOGY, Tables.SERVICE, "geometry")
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> pieces(rows, unitResolution),
                Encoders.row(PIECES))
            .join(
                broadcast(points.select(Candidates.UNIT).distinct()),
                new String[] {Candidates.UNIT},
                "left_semi");
    return SignalStage.byUnit(points)
        .cogroup(
            SignalStage.byUnit(pieces),
            (CoGroupFunction<Long, Row, Row, Row>) (unit, at, with) -> within(at, with),
            Encoders.row(Tables.STATED_COVERAGE.schema()));
  }

  /**
   * Refuses a network all of whose areas lie away from where people live: as it stands it would
   * serve nobody.
   */
  private static void refuseAreasElsewhere(Dataset<Row> coverageAreas, Dataset<Row> pointPeople) {
    Row people =
        pointPeople.agg(min(Tables.LON), min(Tables.LAT), max(Tables.LON), max(Tables.LAT)).first();
    if (people.isNullAt(0)) {
      return;
    }
    List<Row> networks =
        coverageAreas
            .select(
                col(Tables.OPERATOR),
                col(Tables.TECHNOLOGY),
                udf(
                        (UDF1<byte[], double[]>) OutlinePieces::box,
                        DataTypes.createArrayType(DataTypes.DoubleType, false))
                    .withName("box")
                    .apply(col("geometry"))
                    .as("box"))
            .withColumn("meets", meets(people))
            .groupBy(Tables.OPERATOR, Tables.TECHNOLOGY)
            .agg(max("meets"), min(col("box").getItem(0)), min(col("box").getItem(1)))
            .where(not(col("max(meets)")))
            .orderBy(Tables.OPERATOR, Tables.TECHNOLOGY)
            .collectAsList();
    if (!networks.isEmpty()) {
      Row first = networks.get(0);
      throw new InclusionException(
          ErrorCode.CONTRACT_BROKEN,
          String.format(
              Locale.ROOT,
              "coverage_areas: networks with all their areas outside the country: %d: first is %s %s"
                  + " (from longitude %.3f, latitude %.3f; people live from %.3f, %.3f to %.3f,"
                  + " %.3f); are longitude and latitude swapped? Correct the feed, or leave the"
                  + " network out of it",
              networks.size(),
              first.getString(0),
              first.getString(1),
              first.getDouble(3),
              first.getDouble(4),
              people.getDouble(0),
              people.getDouble(1),
              people.getDouble(2),
              people.getDouble(3)));
    }
  }

  private static Column meets(Row people) {
    Column box = col("box");
    return box.getItem(0)
        .leq(people.getDouble(2))
        .and(box.getItem(1).leq(people.getDouble(3)))
        .and(box.getItem(2).geq(people.getDouble(0)))
        .and(box.getItem(3).geq(people.getDouble(1)));
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
