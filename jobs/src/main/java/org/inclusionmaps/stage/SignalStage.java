package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.radio.Environment;

/**
 * Radio cells, people and terrain to the service of each operator and technology, at places with
 * people and, if the settings say so, at all others. A place, operator and technology has no row
 * where no cell reaches the place's points, or where the probability of service outdoors is below
 * 0.001. Where an official figure is given, each row also tells the probability by an offset of all
 * signals, and that limit is for the highest offset.
 *
 * <p>Service is looked at where people live and is weighted by them; where nobody lives, at points
 * spread over the place. At each point the best cell serves. A cell reaches as far as the
 * probability over open land is 1 %, and no farther than the technology's limit.
 *
 * <p>Cells and terrain meet points in units, coarse hexagons: each point is in one, each cell goes
 * to those that its reach touches, each tile of terrain to those whose paths may cross it. A
 * network that rests in a unit on what it rested on in an earlier run has that run's rows there.
 */
final class SignalStage {
  private static final String[] KEY = {Candidates.UNIT, Tables.OPERATOR, Tables.TECHNOLOGY};

  private SignalStage() {}

  static Dataset<Row> signal(
      Dataset<Row> units,
      Dataset<Row> cells,
      Dataset<Row> pointPeople,
      Dataset<Row> places,
      Dataset<Row> areas,
      Dataset<Row> terrain,
      Dataset<Row> earlierUnits,
      Dataset<Row> earlierSignal,
      RadioSettings radio,
      int placeResolution) {
    int resolution = SignalUnitsStage.resolution(radio, placeResolution);
    String[] same = {Candidates.UNIT, Tables.OPERATOR, Tables.TECHNOLOGY, Candidates.CONTENT};
    Dataset<Row> changed = units.join(earlierUnits, same, "left_anti").select(columns(KEY));
    Dataset<Row> unchanged = units.join(earlierUnits, same, "left_semi").select(columns(KEY));
    Dataset<Row> where = changed.select(Candidates.UNIT).distinct();
    String[] unit = {Candidates.UNIT};
    Dataset<Row> points =
        ReceiverPoints.settled(pointPeople, resolution).join(broadcast(where), unit, "left_semi");
    if (radio.unsettledPlaces()) {
      points = points.union(ReceiverPoints.unsettled(where, places, areas, placeResolution));
    }
    Dataset<Row> candidates =
        Candidates.of(cells, places, radio, placeResolution, resolution)
            .join(broadcast(changed), KEY, "left_semi");
    Dataset<Row> tiles =
        TerrainTiles.atUnits(terrain, radio.farthestKm(), resolution)
            .join(broadcast(where), unit, "left_semi");
    Dataset<Row> surroundings =
        ReceiverPoints.environments(places, resolution).join(broadcast(where), unit, "left_semi");
    Dataset<Row> around =
        cells(candidates)
            .unionByName(tiles(tiles), /* allowMissingColumns= */ true)
            .unionByName(places(surroundings), /* allowMissingColumns= */ true);
    Dataset<Row> computed =
        byUnit(points)
            .cogroup(
                byUnit(around),
                (CoGroupFunction<Long, Row, Row, Row>)
                    (key, at, with) -> serve(at, with, radio, placeResolution),
                Encoders.row(Tables.SIGNAL.schema()));
    return computed.union(
        earlierSignal
            .withColumn(Candidates.UNIT, PlaceColumns.parent(col(Tables.PLACE), resolution))
            .join(broadcast(unchanged), KEY, "left_semi")
            .drop(Candidates.UNIT)
            .select(columns(Tables.SIGNAL.schema().fieldNames())));
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(functions::col).toArray(Column[]::new);
  }

  private static Dataset<Row> cells(Dataset<Row> candidates) {
    return candidates.select(
        col(Candidates.UNIT), struct(columns(Candidates.SCHEMA.fieldNames())).as("cell"));
  }

  private static Dataset<Row> tiles(Dataset<Row> tiles) {
    return tiles.select(
        col(Candidates.UNIT), struct(columns(Tables.TERRAIN.schema().fieldNames())).as("tile"));
  }

  private static Dataset<Row> places(Dataset<Row> surroundings) {
    return surroundings.select(
        col(Candidates.UNIT), struct(columns(Tables.PLACE, "environment")).as("place"));
  }

  /** Groups of rows; both sides of a cogroup must say of the key that it is never null. */
  static KeyValueGroupedDataset<Long, Row> byUnit(Dataset<Row> rows) {
    Dataset<Row> keyed = rows.withColumn(Candidates.UNIT, coalesce(col(Candidates.UNIT), lit(0L)));
    return keyed.groupBy(Candidates.UNIT).as(Encoders.LONG(), Encoders.row(keyed.schema()));
  }

  private static Iterator<Row> serve(
      Iterator<Row> points, Iterator<Row> around, RadioSettings radio, int placeResolution) {
    List<Row> cells = new ArrayList<>();
    List<Row> tiles = new ArrayList<>();
    Map<Long, Environment> surroundings = new HashMap<>();
    around.forEachRemaining(
        row -> {
          if (!row.isNullAt(1)) {
            cells.add(row.getStruct(1));
          } else if (!row.isNullAt(2)) {
            tiles.add(row.getStruct(2));
          } else {
            Row place = row.getStruct(3);
            surroundings.put(place.getLong(0), Environment.of(place.getString(1)));
          }
        });
    return UnitSignal.of(points, cells, tiles, surroundings, radio, placeResolution);
  }
}
