package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;

/**
 * Points at which a signal is received, one row a place and point: unit, place, point, lon, lat,
 * weight, settled.
 */
final class ReceiverPoints {
  private ReceiverPoints() {}

  /** Where people live, weighted by them. */
  static Dataset<Row> settled(Dataset<Row> pointPeople, int unitResolution) {
    return pointPeople.select(
        PlaceColumns.parent(col(Tables.PLACE), unitResolution).as(Candidates.UNIT),
        col(Tables.PLACE),
        col("point"),
        col(Tables.LON),
        col(Tables.LAT),
        col(Tables.PERSONS_MICRO).as("weight"),
        lit(true).as("settled"));
  }

  /** What surrounds the settled places: unit, place, environment. Other land is open. */
  static Dataset<Row> environments(Dataset<Row> places, int unitResolution) {
    return places.select(
        PlaceColumns.parent(col(Tables.PLACE), unitResolution).as(Candidates.UNIT),
        col(Tables.PLACE),
        col("environment"));
  }

  /**
   * The land of units where nobody lives: the centre of each place, if it lies in an area's
   * outline.
   *
   * @param units one row a unit
   * @param places the settled places
   */
  static Dataset<Row> unsettled(
      Dataset<Row> units, Dataset<Row> places, Dataset<Row> areas, int placeResolution) {
    Dataset<Row> empty =
        units
            .select(
                col(Candidates.UNIT),
                explode(children(col(Candidates.UNIT), placeResolution)).as(Tables.PLACE))
            .join(places.select(Tables.PLACE), new String[] {Tables.PLACE}, "left_anti")
            .withColumn(Tables.LON, PlaceColumns.lon(col(Tables.PLACE)))
            .withColumn(Tables.LAT, PlaceColumns.lat(col(Tables.PLACE)));
    return AreaLocator.locate(empty, areas)
        .where(col(AreaLocator.FOUND).isNotNull())
        .select(
            col(Candidates.UNIT),
            col(Tables.PLACE),
            col(Tables.PLACE).as("point"),
            col(Tables.LON),
            col(Tables.LAT),
            lit(1L).as("weight"),
            lit(false).as("settled"));
  }

  private static Column children(Column place, int resolution) {
    return udf(
            (UDF2<Long, Integer, long[]>) Places::children,
            DataTypes.createArrayType(DataTypes.LongType, false))
        .withName("place_children")
        .apply(place, lit(resolution));
  }
}
