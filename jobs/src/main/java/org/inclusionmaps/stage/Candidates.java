package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Catchments;
import org.inclusionmaps.grid.Distances;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.radio.Environment;
import org.inclusionmaps.radio.RadioCell;

/** Radio cells with defaults where the feed is silent, at each coarse place that they may serve. */
final class Candidates {
  static final String UNIT = "unit";

  /** Hash of all that a cell's signal depends on. */
  static final String CONTENT = "content";

  private static final String HEXAGON = "hexagon";
  private static final String RANK = "rank";

  /**
   * Parts of the unit sphere's radius in which means of places are taken, so that sums are exact.
   */
  private static final double PARTS = 1e12;

  private static final List<Environment> DENSEST_FIRST =
      List.of(Environment.URBAN, Environment.SUBURBAN, Environment.OPEN);

  /** Cells farther from the middle of their site than this are not of one mast, km. */
  private static final double SITE_KM = 5;

  static final StructType SCHEMA = schema();

  private Candidates() {}

  /**
   * One row a cell and unit that its reach touches.
   *
   * @param resolution resolution of the units
   */
  static Dataset<Row> of(
      Dataset<Row> cells,
      Dataset<Row> places,
      RadioSettings radio,
      int placeResolution,
      int resolution) {
    Dataset<Row> placed = placed(cells);
    return placed
        .withColumn(HEXAGON, PlaceColumns.at(col("mast_lon"), col("mast_lat"), placeResolution))
        .join(built(places), new String[] {HEXAGON}, "left")
        .withColumn(RANK, coalesce(col(RANK), lit(DENSEST_FIRST.indexOf(Environment.OPEN))))
        .withColumn(CONTENT, content(placed))
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> spread(rows, radio, resolution),
            Encoders.row(SCHEMA));
  }

  /** The cell of a row of {@link #of}, of a network of the caller's. */
  static RadioCell cell(Row row, int network) {
    return new RadioCell(
        network,
        row.getDouble(3),
        row.getDouble(4),
        row.getDouble(5),
        row.getDouble(6),
        row.getDouble(7),
        row.getDouble(8),
        row.getDouble(9),
        row.getDouble(10),
        row.getDouble(11),
        row.getDouble(12),
        row.getInt(13));
  }

  private static StructType schema() {
    StructType schema =
        new StructType()
            .add(UNIT, DataTypes.LongType, false)
            .add(Tables.OPERATOR, DataTypes.StringType, false)
            .add(Tables.TECHNOLOGY, DataTypes.StringType, false);
    for (String name :
        List.of(
            Tables.LON,
            Tables.LAT,
            "height_m",
            "frequency_mhz",
            "eirp_dbm",
            "azimuth_deg",
            "beamwidth_deg",
            "tilt_deg",
            "error_km",
            "reach_km")) {
      schema = schema.add(name, DataTypes.DoubleType, false);
    }
    return schema
        .add("defaults_used", DataTypes.IntegerType, false)
        .add(CONTENT, DataTypes.LongType, false);
  }

  private static Column content(Dataset<Row> cells) {
    List<Column> columns = new ArrayList<>();
    for (String name : cells.columns()) {
      columns.add(col(name));
      columns.add(col(name).isNull());
    }
    columns.add(col(RANK));
    return xxhash64(columns.toArray(Column[]::new));
  }

  /**
   * Cells with the place of their mast and its error: of cells that name one site of an operator,
   * the middle of their places, but for cells that lie too far from it to be that site's.
   */
  private static Dataset<Row> placed(Dataset<Row> cells) {
    Column error = coalesce(col("location_error_m"), lit(0.0));
    Dataset<Row> sites =
        cells
            .where(col("site").isNotNull())
            .groupBy(Tables.OPERATOR, "site")
            .agg(
                sum(part("x")).as("x"),
                sum(part("y")).as("y"),
                sum(part("z")).as("z"),
                sum(functions.round(error.multiply(error)).cast(DataTypes.LongType)).as("squares"),
                count(lit(1)).as("n"))
            .select(
                col(Tables.OPERATOR),
                col("site"),
                functions.degrees(functions.atan2(col("y"), col("x"))).as("site_lon"),
                functions
                    .degrees(functions.atan2(col("z"), functions.hypot(col("x"), col("y"))))
                    .as("site_lat"),
                functions.sqrt(col("squares")).divide(col("n")).as("site_error"));
    Column near =
        udf((UDF4<Double, Double, Double, Double, Double>) Distances::km, DataTypes.DoubleType)
            .withName("distance_km")
            .apply(
                col(Tables.LON),
                col(Tables.LAT),
                coalesce(col("site_lon"), col(Tables.LON)),
                coalesce(col("site_lat"), col(Tables.LAT)))
            .leq(SITE_KM);
    return cells
        .join(sites, new String[] {Tables.OPERATOR, "site"}, "left")
        .withColumn("of_site", near)
        .withColumn("mast_lon", placed("site_lon", col(Tables.LON)))
        .withColumn("mast_lat", placed("site_lat", col(Tables.LAT)))
        .withColumn("mast_error_m", placed("site_error", error))
        .drop("of_site")
        .drop("site_lon", "site_lat", "site_error", "site", "location_error_m");
  }

  private static Column placed(String bySite, Column own) {
    return when(col("of_site"), coalesce(col(bySite), own)).otherwise(own);
  }

  /** A coordinate of a cell's place on the unit sphere, in whole parts. */
  private static Column part(String axis) {
    Column lon = functions.radians(col(Tables.LON));
    Column lat = functions.radians(col(Tables.LAT));
    Column value =
        switch (axis) {
          case "x" -> functions.cos(lat).multiply(functions.cos(lon));
          case "y" -> functions.cos(lat).multiply(functions.sin(lon));
          default -> functions.sin(lat);
        };
    return functions.round(value.multiply(PARTS)).cast(DataTypes.LongType);
  }

  /** Hexagons in or beside a town or city, and the most urban environment there. */
  private static Dataset<Row> built(Dataset<Row> places) {
    Column beside =
        udf(
                (UDF1<Long, long[]>) place -> Places.disk(place, 1),
                DataTypes.createArrayType(DataTypes.LongType, false))
            .withName("places_beside")
            .apply(col(Tables.PLACE));
    Column rank = lit(0);
    for (Environment environment : DENSEST_FIRST) {
      rank =
          when(col("environment").equalTo(environment.label()), DENSEST_FIRST.indexOf(environment))
              .otherwise(rank);
    }
    return places
        .where(col("environment").notEqual(Environment.OPEN.label()))
        .select(explode(beside).as(HEXAGON), rank.as(RANK))
        .groupBy(HEXAGON)
        .agg(functions.min(RANK).as(RANK));
  }

  private static Iterator<Row> spread(Iterator<Row> cells, RadioSettings radio, int resolution) {
    Catchments catchments = new Catchments(resolution);
    CellDefaults defaults = new CellDefaults(radio);
    return new RowsIterator<>(
        cells,
        row -> {
          LonLat at = new LonLat(row.getAs("mast_lon"), row.getAs("mast_lat"));
          double error = row.<Double>getAs("mast_error_m") / 1000;
          RadioCell cell =
              defaults.complete(
                  row, at.lon(), at.lat(), error, DENSEST_FIRST.get(row.<Integer>getAs(RANK)));
          List<Row> rows = new ArrayList<>();
          for (long unit : catchments.touching(at.lon(), at.lat(), cell.reachKm())) {
            rows.add(row(unit, row, cell));
          }
          return rows;
        });
  }

  private static Row row(long unit, Row of, RadioCell cell) {
    return RowFactory.create(
        unit,
        of.getAs(Tables.OPERATOR),
        of.getAs(Tables.TECHNOLOGY),
        cell.lon(),
        cell.lat(),
        cell.heightM(),
        cell.frequencyMhz(),
        cell.eirpDbm(),
        cell.azimuthDeg(),
        cell.beamwidthDeg(),
        cell.tiltDeg(),
        cell.errorKm(),
        cell.reachKm(),
        cell.defaults(),
        of.getAs(CONTENT));
  }
}
