package org.inclusionmaps.publish.tiles;

import static org.apache.spark.sql.functions.col;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.format.Gzip;
import org.inclusionmaps.format.mvt.TileLayer;
import org.inclusionmaps.format.mvt.VectorTile;
import org.inclusionmaps.format.pmtiles.TileId;
import org.inclusionmaps.publish.figures.Runs;

/** Features to tiles, each with the account of what is counted in it. */
final class TileEncoder implements Serializable {
  static final StructType SCHEMA =
      new StructType()
          .add("tile", DataTypes.LongType, false)
          .add("zoom", DataTypes.IntegerType, false)
          .add("bytes", DataTypes.BinaryType, false)
          .add("size", DataTypes.IntegerType, false)
          .add("persons", DataTypes.LongType, false)
          .add("lacking", DataTypes.LongType, false)
          .add("places", DataTypes.LongType, false)
          .add("areas", DataTypes.LongType, false);

  @Serial private static final long serialVersionUID = 1;

  private final ArrayList<TileSchema> layers;

  private TileEncoder(List<TileSchema> layers) {
    this.layers = new ArrayList<>(layers);
  }

  /**
   * One row a tile, in no order of tiles.
   *
   * @param features rows of {@link TileFeatures}
   * @param layers in the order of their numbers
   */
  static Dataset<Row> encode(Dataset<Row> features, List<TileSchema> layers) {
    TileEncoder encoder = new TileEncoder(layers);
    return features
        .repartition(col("tile"))
        .sortWithinPartitions("tile", "layer", "position")
        .mapPartitions((MapPartitionsFunction<Row, Row>) encoder::tiles, Encoders.row(SCHEMA));
  }

  private Iterator<Row> tiles(Iterator<Row> rows) {
    return Runs.of(
            rows,
            row -> row.getLong(0),
            row -> new Tile(row.getLong(0)),
            (tile, row) -> tile.add(row.getInt(1), row.getAs(3)))
        .map(Tile::row)
        .iterator();
  }

  /** A tile as it grows. */
  private final class Tile {
    private final long id;
    private final List<TileLayer> made = new ArrayList<>();
    private final List<TileFeatures.Count> counts = new ArrayList<>();

    Tile(long id) {
      this.id = id;
      for (TileSchema layer : layers) {
        made.add(layer.empty());
        counts.add(new TileFeatures.Count());
      }
    }

    void add(int layer, byte[] features) {
      new TileFeatures.Reader(features).into(made.get(layer), layers.get(layer), counts.get(layer));
    }

    Row row() {
      byte[] bytes = Gzip.of(VectorTile.of(made));
      TileFeatures.Count places = counts.get(TileSchema.PLACES);
      TileFeatures.Count areas = counts.get(TileSchema.AREAS);
      return RowFactory.create(
          id,
          TileId.zoom(id),
          bytes,
          bytes.length,
          places.persons(),
          places.lacking(),
          places.features(),
          areas.features());
    }
  }
}
