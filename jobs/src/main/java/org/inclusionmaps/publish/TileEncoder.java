package org.inclusionmaps.publish;

import static org.apache.spark.sql.functions.col;

import java.io.Serial;
import java.io.Serializable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;

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

  private final List<String> groups;

  private TileEncoder(List<String> groups) {
    this.groups = groups;
  }

  /** One row a tile, in no order of tiles. */
  static Dataset<Row> encode(Dataset<Row> features, List<Group> groups) {
    TileEncoder encoder = new TileEncoder(groups.stream().map(Group::name).toList());
    return features
        .repartition(col("tile"))
        .sortWithinPartitions("tile", "layer", "level", "id")
        .mapPartitions((MapPartitionsFunction<Row, Row>) encoder::tiles, Encoders.row(SCHEMA));
  }

  private Iterator<Row> tiles(Iterator<Row> rows) {
    return Runs.of(
            rows,
            row -> row.getLong(0),
            row -> new Tile(row.getLong(0)),
            (tile, row) -> tile.add(TileFeature.of(row)))
        .map(Tile::row)
        .iterator();
  }

  /** A tile as it grows. */
  private final class Tile {
    private final long id;
    private final TileLayer areas = new TileLayer("areas", HexagonTiles.EXTENT);
    private final TileLayer places = new TileLayer("places", HexagonTiles.EXTENT);
    private long persons;
    private long lacking;
    private long countedPlaces;
    private long countedAreas;

    Tile(long id) {
      this.id = id;
    }

    void add(TileFeature feature) {
      boolean place = feature.layer() == TileFeature.PLACES;
      Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
      if (place) {
        attributes.put("h3", feature.key());
      } else {
        attributes.put("area", feature.key());
        attributes.put("name", feature.name());
        attributes.put("level", feature.level());
      }
      figures(Totals.longs(feature.figures()), attributes);
      (place ? places : areas).addPolygon(feature.id(), feature.commands(), attributes);
      if (feature.home() && place) {
        countedPlaces++;
        persons += number(attributes.get("persons_all"));
        lacking += number(attributes.get("lacking_all"));
      } else if (feature.home()) {
        countedAreas++;
      }
    }

    Row row() {
      byte[] bytes = Gzip.of(VectorTile.of(List.of(areas, places)));
      return RowFactory.create(
          id, TileId.zoom(id), bytes, bytes.length, persons, lacking, countedPlaces, countedAreas);
    }
  }

  /** Persons, parts and their sum of those who lack access, of each group that has figures. */
  private void figures(long[] values, Map<String, @Nullable Object> attributes) {
    for (int group = 0; group < groups.size(); group++) {
      String ending = "_" + groups.get(group);
      int at = group * Totals.STRIDE;
      attributes.put(Totals.PERSONS + ending, there(values[at]));
      long lacking = 0;
      boolean known = false;
      for (Part part : Part.values()) {
        Long value = there(values[at + 1 + part.index()]);
        if (part == Part.UNKNOWN && value != null && value == 0) {
          continue;
        }
        attributes.put(part.key() + ending, value);
        if (value != null && part != Part.UNKNOWN) {
          known = true;
          lacking += Part.LACKING.contains(part) ? value : 0;
        }
      }
      attributes.put(Totals.LACKING + ending, known ? lacking : null);
    }
  }

  private static @Nullable Long there(long value) {
    return value == Totals.ABSENT ? null : (Long) value;
  }

  private static long number(@Nullable Object value) {
    return value == null ? 0 : (Long) value;
  }
}
