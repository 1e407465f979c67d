package org.inclusionmaps.ingest;

import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.format.geotiff.GeoReference;
import org.inclusionmaps.format.geotiff.GeoTiff;
import org.inclusionmaps.grid.TerrainGrid;

/**
 * What the header of a file of an elevation model tells.
 *
 * @param number its place among the files: of two that know a height, the first is taken
 * @param west longitude of the centres of the first column of pixels, degrees
 * @param north latitude of the centres of the first row of pixels, degrees
 * @param dx width of a pixel, degrees
 * @param dy height of a pixel, degrees
 */
record TerrainFile(
    int number,
    String path,
    int width,
    int height,
    int blockWidth,
    int blockHeight,
    double west,
    double north,
    double dx,
    double dy)
    implements Serializable {
  static final StructType SCHEMA =
      new StructType()
          .add("number", DataTypes.IntegerType)
          .add("path", DataTypes.StringType)
          .add("fault", DataTypes.StringType)
          .add("width", DataTypes.IntegerType)
          .add("height", DataTypes.IntegerType)
          .add("block_width", DataTypes.IntegerType)
          .add("block_height", DataTypes.IntegerType)
          .add("west", DataTypes.DoubleType)
          .add("north", DataTypes.DoubleType)
          .add("dx", DataTypes.DoubleType)
          .add("dy", DataTypes.DoubleType);

  /** Reads a header; where it is none, the row tells the fault. */
  static Row header(int number, String path, Configuration hadoop) {
    try (HadoopBytes bytes = new HadoopBytes(path, hadoop)) {
      GeoTiff tiff = GeoTiff.open(bytes);
      GeoReference at = tiff.reference();
      return RowFactory.create(
          number,
          path,
          null,
          tiff.width(),
          tiff.height(),
          tiff.blockWidth(),
          tiff.blockHeight(),
          at.west(),
          at.north(),
          at.dx(),
          at.dy());
    } catch (IOException e) {
      Object[] fault = new Object[SCHEMA.size()];
      fault[0] = number;
      fault[1] = path;
      fault[2] = String.valueOf(e.getMessage());
      return RowFactory.create(fault);
    }
  }

  static TerrainFile of(Row header) {
    return new TerrainFile(
        header.getInt(0),
        header.getString(1),
        header.getInt(3),
        header.getInt(4),
        header.getInt(5),
        header.getInt(6),
        header.getDouble(7),
        header.getDouble(8),
        header.getDouble(9),
        header.getDouble(10));
  }

  /** The file's name without its folder. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Pixels along a node's side, west to east. */
  double columnsPerNode(TerrainGrid grid) {
    return 1 / (dx * grid.samplesPerDegree());
  }

  /** Pixels along a node's side, north to south. */
  double rowsPerNode(TerrainGrid grid) {
    return 1 / (dy * grid.samplesPerDegree());
  }
}
