package org.inclusionmaps.publish.tiles;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.format.ByteSink;
import org.inclusionmaps.format.mvt.Geometries;
import org.inclusionmaps.format.pmtiles.TileId;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.grid.WebMercator;
import org.inclusionmaps.publish.figures.Chunks;
import org.inclusionmaps.publish.figures.Home;
import org.inclusionmaps.publish.figures.SensitivePlaces;
import org.jspecify.annotations.Nullable;

/**
 * The names of settlements as points of tiles. Points of one name and area (where that is not told,
 * of a coarse hexagon) are one settlement, which stands at the heaviest of them and has the persons
 * of all their hexagons. A tile has the most populous; the deepest zoom has all. One whose hexagon
 * is not shown has no label.
 */
final class LabelTiles {
  private static final int MOST_IN_A_TILE = 40;
  private static final String AROUND = "around";

  private static final StructType PERSONS =
      new StructType()
          .add(Tables.PLACE, DataTypes.LongType, false)
          .add("persons", DataTypes.LongType, false);

  private static final StructType IN_TILE =
      new StructType()
          .add("tile", DataTypes.LongType, false)
          .add("deepest", DataTypes.BooleanType, false)
          .add("id", DataTypes.LongType, false)
          .add("name", DataTypes.StringType, false)
          .add("persons", DataTypes.LongType, false)
          .add("x", DataTypes.IntegerType, false)
          .add("y", DataTypes.IntegerType, false);

  private LabelTiles() {}

  /**
   * Rows of {@link TileFeatures}; none where no settlement has a name.
   *
   * @param settlements of {@link Tables#SETTLEMENTS}; null without that feed
   * @param totals of the shown places
   * @param resolution of the places
   */
  static Dataset<Row> of(
      @Nullable Dataset<Row> settlements,
      Dataset<Row> totals,
      SensitivePlaces sensitive,
      int resolution,
      int maxZoom) {
    if (settlements == null) {
      return totals.sparkSession().createDataFrame(List.of(), TileFeatures.SCHEMA);
    }
    var place =
        udf(
            (UDF2<Double, Double, Long>) (lon, lat) -> Places.at(lon, lat, resolution),
            DataTypes.LongType);
    Dataset<Row> persons =
        totals.mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows ->
                    Home.of(rows)
                        .filter(home -> sensitive.shown(home.place()) == home.place())
                        .map(home -> RowFactory.create(home.place(), home.persons()))
                        .iterator(),
            Encoders.row(PERSONS));
    Dataset<Row> labels =
        settlements
            .where(col("name").isNotNull().and(col("name").notEqual("")))
            .withColumn(Tables.PLACE, place.apply(col("lon"), col("lat")))
            .withColumn(
                AROUND,
                coalesce(
                    col(Tables.AREA), Chunks.parent(Math.max(0, resolution - 3)).cast("string")))
            .groupBy(AROUND, "name", Tables.PLACE)
            .agg(max(struct("weight", "lon", "lat")).as("heaviest"))
            .join(persons, Tables.PLACE)
            .groupBy(AROUND, "name")
            .agg(max("heaviest").as("heaviest"), sum("persons").as("persons"))
            .select(
                xxhash64(col(AROUND), col("name")).bitwiseAND(lit((1L << 52) - 1)),
                col("name"),
                col("persons"),
                col("heaviest.lon"),
                col("heaviest.lat"));
    var ranks = Window.partitionBy("tile").orderBy(col("persons").desc(), col("id"));
    return labels
        .flatMap((FlatMapFunction<Row, Row>) row -> inTiles(row, maxZoom), Encoders.row(IN_TILE))
        .withColumn("rank", row_number().over(ranks))
        .where(col("deepest").or(col("rank").leq(MOST_IN_A_TILE)))
        .map((MapFunction<Row, Row>) LabelTiles::features, Encoders.row(TileFeatures.SCHEMA));
  }

  private static Iterator<Row> inTiles(Row label, int maxZoom) {
    double lon = label.getDouble(3);
    double lat = label.getDouble(4);
    List<Row> rows = new ArrayList<>();
    for (int zoom = 0; zoom <= maxZoom; zoom++) {
      int x = WebMercator.tileX(lon, zoom);
      int y = WebMercator.tileY(lat, zoom);
      int extent = HexagonTiles.EXTENT;
      rows.add(
          RowFactory.create(
              TileId.of(zoom, x, y),
              zoom == maxZoom,
              label.getLong(0),
              label.getString(1),
              label.getLong(2),
              (int) (Math.round(WebMercator.pixelX(lon, zoom, extent)) - (long) x * extent),
              (int) (Math.round(WebMercator.pixelY(lat, zoom, extent)) - (long) y * extent)));
    }
    return rows.iterator();
  }

  private static Row features(Row row) {
    ByteSink geometry = new ByteSink();
    Geometries.point(row.getInt(5), row.getInt(6), geometry);
    ByteSink numbers = new ByteSink();
    TileFeatures.numbers(new long[] {Math.round((double) row.getLong(4) / Tables.MICRO)}, numbers);
    ByteSink features = new ByteSink();
    TileFeatures.pack(
        features, row.getLong(2), /* home= */ false, geometry, List.of(row.getString(3)), numbers);
    return TileFeatures.row(row.getLong(0), TileSchema.LABELS, row.getLong(2), features);
  }
}
