package org.inclusionmaps.publish.rasters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.format.geotiff.Bytes;
import org.inclusionmaps.format.geotiff.CogRaster;
import org.inclusionmaps.format.geotiff.TiffImage;
import org.inclusionmaps.publish.figures.Columns;
import org.inclusionmaps.publish.writing.ReleaseFiles;

/**
 * What a level of a raster has, read back from its file.
 *
 * @param level 0 for the whole image, then the overviews
 * @param pixels how many have data
 * @param sum of their numbers
 * @param least of their numbers; infinite where no pixel has data
 * @param most of their numbers; infinite where no pixel has data
 */
public record RasterAccount(
    RasterMeasure measure, int level, long pixels, double sum, double least, double most) {
  private static final StructType STRIPS =
      new StructType()
          .add("raster", DataTypes.IntegerType, false)
          .add("level", DataTypes.IntegerType, false)
          .add("row", DataTypes.IntegerType, false);

  private static final StructType SUMS =
      STRIPS
          .add("pixels", DataTypes.LongType, false)
          .add("sum", DataTypes.DoubleType, false)
          .add("least", DataTypes.DoubleType, false)
          .add("most", DataTypes.DoubleType, false);

  private static RasterAccount none(RasterMeasure measure, int level) {
    return new RasterAccount(
        measure, level, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  private RasterAccount with(Row strip) {
    return new RasterAccount(
        measure,
        level,
        pixels + strip.getLong(3),
        sum + strip.getDouble(4),
        Math.min(least, strip.getDouble(5)),
        Math.max(most, strip.getDouble(6)));
  }

  /** The accounts of all levels of all rasters. Executors read rows of tiles. */
  static List<RasterAccount> of(SparkSession spark, RasterGrid grid, ReleaseFiles files) {
    Map<List<Integer>, RasterAccount> accounts = new TreeMap<>(RasterAccount::byNumbers);
    List<Row> strips = new ArrayList<>();
    for (RasterMeasure measure : RasterMeasure.values()) {
      for (int level = 0; level < grid.levels(); level++) {
        accounts.put(List.of(measure.index(), level), none(measure, level));
        for (int row = 0; row < CogRaster.tiles(grid.height(), level); row++) {
          strips.add(RowFactory.create(measure.index(), level, row));
        }
      }
    }
    Dataset<Row> read =
        spark
            .createDataFrame(strips, STRIPS)
            .repartition(Columns.all(List.of(STRIPS.fieldNames())))
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> read(rows, files), Encoders.row(SUMS));
    for (Row strip : read.collectAsList()) {
      accounts.computeIfPresent(
          List.of(strip.getInt(0), strip.getInt(1)), (key, account) -> account.with(strip));
    }
    return List.copyOf(accounts.values());
  }

  private static int byNumbers(List<Integer> one, List<Integer> other) {
    int first = Integer.compare(one.get(0), other.get(0));
    return first != 0 ? first : Integer.compare(one.get(1), other.get(1));
  }

  private static Iterator<Row> read(Iterator<Row> strips, ReleaseFiles files) throws IOException {
    List<Row> read = new ArrayList<>();
    while (strips.hasNext()) {
      Row strip = strips.next();
      String name = RasterMeasure.of(strip.getInt(0)).file();
      Path path = files.path(name);
      long length = files.system().getFileStatus(path).getLen();
      try (FSDataInputStream in = files.system().open(path)) {
        read.add(read(TiffImage.open(bytes(in, length), strip.getInt(1)), strip));
      }
    }
    return read.iterator();
  }

  private static Row read(TiffImage image, Row strip) throws IOException {
    int row = strip.getInt(2);
    long pixels = 0;
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int column = 0; column * image.blockWidth() < image.width(); column++) {
      for (float number : image.has(column, row) ? image.block(column, row) : new float[0]) {
        if (!Float.isNaN(number)) {
          pixels++;
          sum += number;
          least = Math.min(least, number);
          most = Math.max(most, number);
        }
      }
    }
    return RowFactory.create(strip.getInt(0), strip.getInt(1), row, pixels, sum, least, most);
  }

  private static Bytes bytes(FSDataInputStream in, long length) {
    return new Bytes() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public void readFully(long position, byte[] into) throws IOException {
        in.readFully(position, into);
      }
    };
  }
}
