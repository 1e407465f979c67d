package org.inclusionmaps.publish.rasters;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.format.geotiff.CogRaster;
import org.inclusionmaps.format.geotiff.CogWriter;
import org.inclusionmaps.grid.PixelShares;
import org.inclusionmaps.grid.PixelShares.Box;
import org.inclusionmaps.publish.figures.Columns;
import org.inclusionmaps.publish.figures.Hexagon;
import org.inclusionmaps.publish.figures.PlaceTotals;
import org.inclusionmaps.publish.figures.Runs;
import org.inclusionmaps.publish.figures.SensitivePlaces;
import org.inclusionmaps.publish.rasters.RasterGrid.Tile;

/**
 * The tiles of all rasters in one pass over the hexagons. A hexagon goes to the tiles that it lies
 * in; a task has the sums of one tile at a time, and hands on each level's pixels to the tile of
 * that level. Nothing depends on partitions.
 */
final class RasterTiles {
  /** A packed tile: number of the raster, level, number of the tile, bytes. */
  static final StructType SCHEMA =
      new StructType()
          .add("raster", DataTypes.IntegerType, false)
          .add("level", DataTypes.IntegerType, false)
          .add("tile", DataTypes.LongType, false)
          .add("size", DataTypes.IntegerType, false)
          .add("bytes", DataTypes.BinaryType, false);

  private static final int TILE = CogRaster.TILE;

  private static final StructType HEXAGONS =
      PixelSums.schema(
          new StructType()
              .add("tile_row", DataTypes.IntegerType, false)
              .add("tile_column", DataTypes.IntegerType, false)
              .add("hexagon", DataTypes.LongType, false));

  private static final int FIGURES = 3;

  private static final StructType BLOCKS =
      new StructType()
          .add("level", DataTypes.IntegerType, false)
          .add("tile_row", DataTypes.IntegerType, false)
          .add("tile_column", DataTypes.IntegerType, false)
          .add("from_row", DataTypes.IntegerType, false)
          .add("from_column", DataTypes.IntegerType, false)
          .add("sums", DataTypes.BinaryType, false);

  private RasterTiles() {}

  /**
   * The tiles that have any data.
   *
   * @param totals of {@link PlaceTotals}, in order of places
   * @param resolution of the places
   */
  static Dataset<Row> of(
      Dataset<Row> totals, int resolution, SensitivePlaces sensitive, RasterGrid grid) {
    ArrayList<Integer> resolutions = new ArrayList<>(List.of(resolution));
    return totals
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows ->
                    Runs.stream(Hexagon.of(rows, resolutions, sensitive))
                        .flatMap(hexagon -> spread(hexagon, grid))
                        .iterator(),
            Encoders.row(HEXAGONS))
        .repartition(Columns.all(List.of("tile_row", "tile_column")))
        .sortWithinPartitions("tile_row", "tile_column", "hexagon")
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> blocks(rows, grid), Encoders.row(BLOCKS))
        .repartition(Columns.all(List.of("level", "tile_row", "tile_column")))
        .sortWithinPartitions("level", "tile_row", "tile_column", "from_row", "from_column")
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> packed(rows, grid), Encoders.row(SCHEMA));
  }

  private static Stream<Row> spread(Hexagon hexagon, RasterGrid grid) {
    return grid.tiles(PixelShares.of(hexagon.place(), grid.pixelM())).stream()
        .map(
            tile ->
                RowFactory.create(
                    PixelSums.after(
                        new Object[] {tile.row(), tile.column(), hexagon.place()},
                        hexagon.totals())));
  }

  /** The sums of a tile of the whole image. */
  private record Sums(Tile tile, PixelSums pixels) {
    void add(Row hexagon, RasterGrid grid) {
      Box box = grid.pixels(tile);
      PixelShares.of(hexagon.getLong(2), grid.pixelM())
          .within(
              box,
              (column, row, before, after) ->
                  pixels.add(
                      (row - box.north()) * TILE + column - box.west(),
                      hexagon,
                      FIGURES,
                      before,
                      after));
    }
  }

  private static Iterator<Row> blocks(Iterator<Row> hexagons, RasterGrid grid) {
    return Runs.of(
            hexagons,
            row -> List.of(row.getInt(0), row.getInt(1)),
            row -> new Sums(new Tile(row.getInt(0), row.getInt(1)), new PixelSums(TILE)),
            (sums, row) -> sums.add(row, grid))
        .flatMap(sums -> blocks(sums, grid.levels()))
        .iterator();
  }

  /** A tile's pixels at each level. */
  private static Stream<Row> blocks(Sums sums, int levels) {
    List<Row> blocks = new ArrayList<>();
    PixelSums pixels = sums.pixels();
    Tile tile = sums.tile();
    for (int level = 0; level < levels; level++) {
      byte[] bytes = pixels.toBytes();
      if (bytes.length > 0) {
        blocks.add(
            RowFactory.create(
                level,
                tile.row() >> level,
                tile.column() >> level,
                tile.row(),
                tile.column(),
                bytes));
      }
      pixels = pixels.halved();
    }
    return blocks.stream();
  }

  private static Iterator<Row> packed(Iterator<Row> blocks, RasterGrid grid) {
    record Open(int level, long number, PixelSums pixels) {}
    return Runs.of(
            blocks,
            row -> List.of(row.getInt(0), row.getInt(1), row.getInt(2)),
            row ->
                new Open(
                    row.getInt(0),
                    grid.number(row.getInt(0), row.getInt(1), row.getInt(2)),
                    new PixelSums(TILE)),
            (open, row) -> add(open.pixels(), row))
        .flatMap(open -> packed(open.level(), open.number(), open.pixels()))
        .iterator();
  }

  private static void add(PixelSums pixels, Row block) {
    int level = block.getInt(0);
    int within = (1 << level) - 1;
    pixels.add(
        ((block.getInt(4) & within) * TILE) >> level,
        ((block.getInt(3) & within) * TILE) >> level,
        Math.max(1, TILE >> level),
        block.getAs(5));
  }

  private static Stream<Row> packed(int level, long number, PixelSums pixels) {
    List<Row> tiles = new ArrayList<>();
    for (RasterMeasure measure : RasterMeasure.values()) {
      float[] numbers = new float[TILE * TILE];
      boolean any = false;
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = measure.of(pixels, i, level);
        any |= !Float.isNaN(numbers[i]);
      }
      if (any) {
        byte[] bytes = CogWriter.tile(numbers);
        tiles.add(RowFactory.create(measure.index(), level, number, bytes.length, bytes));
      }
    }
    return tiles.stream();
  }
}
