package org.inclusionmaps.publish;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * One feature in one tile, as a row: what it is drawn as and what it says.
 *
 * @param tile by PMTiles' numbering
 * @param layer 0 areas, 1 places; areas come first within a tile
 * @param id identifier within layer and zoom; the order within the layer
 * @param home whether it is counted in this tile, of all that it touches
 * @param level of an area; −1 for a place
 * @param key the area's id, or the hexagon's index in hexadecimal
 * @param name the area's name; empty for a place
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
record TileFeature(
    long tile,
    int layer,
    long id,
    boolean home,
    int level,
    String key,
    String name,
    int[] commands,
    @Nullable Long[] values) {
  static final int AREAS = 0;
  static final int PLACES = 1;

  static final StructType SCHEMA =
      new StructType()
          .add("tile", DataTypes.LongType, false)
          .add("layer", DataTypes.IntegerType, false)
          .add("id", DataTypes.LongType, false)
          .add("home", DataTypes.BooleanType, false)
          .add("level", DataTypes.IntegerType, false)
          .add("key", DataTypes.StringType, false)
          .add("name", DataTypes.StringType, false)
          .add("commands", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("values", DataTypes.createArrayType(DataTypes.LongType, true), false);

  Row row() {
    return RowFactory.create(tile, layer, id, home, level, key, name, commands, values);
  }

  static TileFeature of(Row row) {
    List<Integer> list = row.getList(7);
    int[] commands = list.stream().mapToInt(Integer::intValue).toArray();
    return new TileFeature(
        row.getLong(0),
        row.getInt(1),
        row.getLong(2),
        row.getBoolean(3),
        row.getInt(4),
        row.getString(5),
        row.getString(6),
        commands,
        numbers(row, 8));
  }

  /** An array of numbers in a row: as it was put in, where no shuffle lies between. */
  static @Nullable Long[] numbers(Row row, int at) {
    return row.get(at) instanceof Long[] same ? same : row.<Long>getList(at).toArray(new Long[0]);
  }
}
