package org.inclusionmaps.publish;

import java.nio.ByteBuffer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

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
 * @param commands the geometry of a tile's feature
 * @param figures in tenths, as {@link Totals#bytes}
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
    byte[] figures) {
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
          .add("commands", DataTypes.BinaryType, false)
          .add("figures", DataTypes.BinaryType, false);

  Row row() {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * commands.length);
    bytes.asIntBuffer().put(commands);
    return RowFactory.create(tile, layer, id, home, level, key, name, bytes.array(), figures);
  }

  static TileFeature of(Row row) {
    byte[] bytes = row.getAs(7);
    int[] commands = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(commands);
    return new TileFeature(
        row.getLong(0),
        row.getInt(1),
        row.getLong(2),
        row.getBoolean(3),
        row.getInt(4),
        row.getString(5),
        row.getString(6),
        commands,
        row.getAs(8));
  }
}
