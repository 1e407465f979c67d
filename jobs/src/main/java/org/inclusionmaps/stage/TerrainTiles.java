package org.inclusionmaps.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Catchments;
import org.inclusionmaps.grid.Distances;
import org.inclusionmaps.grid.TerrainGrid;
import org.inclusionmaps.radio.Ground;

/** Tiles of terrain at the units whose paths may cross them, and the ground of one unit. */
final class TerrainTiles {
  private TerrainTiles() {}

  /** One row a tile and unit, with all columns of the tile, then the unit. */
  static Dataset<Row> atUnits(Dataset<Row> terrain, double reachKm, int unitResolution) {
    StructType schema = terrain.schema().add(Candidates.UNIT, DataTypes.LongType, false);
    return terrain.mapPartitions(
        (MapPartitionsFunction<Row, Row>) tiles -> spread(tiles, reachKm, unitResolution),
        Encoders.row(schema));
  }

  /** Radio cells at whose nearest node no height is known. */
  static Dataset<Row> outside(Dataset<Row> cells, Dataset<Row> terrain) {
    TerrainGrid grid = new TerrainGrid(terrain.select("samples_per_degree").first().getInt(0));
    String[] tile = {"tile_row", "tile_column"};
    return cells
        .select(
            node(lat -> (int) Math.rint(grid.row(lat)), col(Tables.LAT)).as("node_row"),
            node(lon -> grid.wrap((int) Math.rint(grid.column(lon))), col(Tables.LON))
                .as("node_column"))
        .withColumn("tile_row", tileOf(col("node_row")))
        .withColumn("tile_column", tileOf(col("node_column")))
        .join(terrain.where(col("unknown").equalTo(0)), tile, "left_anti")
        .join(
            terrain
                .where(col("unknown").gt(0))
                .select(col("tile_row"), col("tile_column"), col("heights")),
            tile,
            "left")
        .where(
            col("heights")
                .isNull()
                .or(
                    udf(
                            (UDF3<byte[], Integer, Integer, Boolean>) TerrainTiles::unknown,
                            DataTypes.BooleanType)
                        .withName("height_unknown")
                        .apply(col("heights"), col("node_row"), col("node_column"))));
  }

  private static Column node(UDF1<Double, Integer> node, Column degrees) {
    return udf(node, DataTypes.IntegerType).withName("terrain_node").apply(degrees);
  }

  private static Column tileOf(Column node) {
    return udf((UDF1<Integer, Integer>) TerrainGrid::tile, DataTypes.IntegerType)
        .withName("terrain_tile")
        .apply(node);
  }

  private static boolean unknown(byte[] heights, int row, int column) {
    int at = 2 * TerrainGrid.position(row, column);
    return (short) ((heights[at] << 8) | (heights[at + 1] & 0xFF)) == TerrainGrid.UNKNOWN;
  }

  /** Tiles without their heights, but with a hash of them. */
  static Dataset<Row> hashed(Dataset<Row> terrain) {
    return terrain.select(
        col("tile_row"),
        col("tile_column"),
        col("samples_per_degree"),
        xxhash64(col("tile_row"), col("tile_column"), col("samples_per_degree"), col("heights"))
            .as(Candidates.CONTENT));
  }

  private static Iterator<Row> spread(Iterator<Row> tiles, double reachKm, int resolution) {
    Catchments catchments = new Catchments(resolution);
    return new RowsIterator<>(
        tiles,
        tile -> {
          TerrainGrid grid = new TerrainGrid(tile.getInt(2));
          double middle = TerrainGrid.TILE / 2.0 / grid.samplesPerDegree();
          double lon = grid.longitude(tile.getInt(1) * TerrainGrid.TILE) + middle;
          double lat = grid.latitude(tile.getInt(0) * TerrainGrid.TILE) - middle;
          // From the middle to a corner, and to the nodes beyond it that heights lie between.
          double nodes = TerrainGrid.TILE / 2.0 + 2;
          double half = Math.sqrt(2) * nodes / grid.samplesPerDegree() * Distances.DEGREE_KM;
          List<Row> rows = new ArrayList<>();
          for (long unit : catchments.touching(lon, Math.max(-90, lat), reachKm + half)) {
            rows.add(RowsIterator.with(tile, unit));
          }
          return rows;
        });
  }

  /**
   * The ground of tiles that lie together.
   *
   * @param tiles rows of the table terrain, at least one
   */
  static Ground ground(List<Row> tiles) {
    TerrainGrid grid = new TerrainGrid(tiles.get(0).getInt(2));
    int around = grid.columns();
    int reference = tiles.get(0).getInt(1) * TerrainGrid.TILE;
    int north = Integer.MAX_VALUE;
    int south = Integer.MIN_VALUE;
    int west = Integer.MAX_VALUE;
    int east = Integer.MIN_VALUE;
    for (Row tile : tiles) {
      int row = tile.getInt(0) * TerrainGrid.TILE;
      int column = column(tile, reference, around);
      north = Math.min(north, row);
      south = Math.max(south, row + TerrainGrid.TILE);
      west = Math.min(west, column);
      east = Math.max(east, column + TerrainGrid.TILE);
    }
    Ground ground = new Ground(grid.samplesPerDegree(), north, west, south - north, east - west);
    for (Row tile : tiles) {
      ground.put(
          tile.getInt(0) * TerrainGrid.TILE,
          column(tile, reference, around),
          TerrainGrid.TILE,
          tile.getAs("heights"));
    }
    return ground;
  }

  /** The first column of a tile in the turn around the Earth that is nearest to another. */
  private static int column(Row tile, int reference, int around) {
    int column = tile.getInt(1) * TerrainGrid.TILE;
    return column + around * Math.round((float) (reference - column) / around);
  }
}
