package org.inclusionmaps.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.format.geotiff.GeoReference;
import org.inclusionmaps.format.geotiff.GeoTiffWriter;
import org.inclusionmaps.grid.TerrainGrid;

/**
 * The ground as a surveyor gives it: whole metres of height at 400 points a degree (276 m), over
 * the land and 20 km around it.
 */
final class TerrainRaster implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final TerrainGrid GRID = new TerrainGrid(400);
  private static final double MARGIN_KM = 20;
  private static final int ROWS_PER_STRIP = 64;

  private final Terrain terrain;
  private final int firstRow;
  private final int firstColumn;
  private final int rows;
  private final int columns;

  TerrainRaster(Draws draws, Land land) {
    terrain = new Terrain(draws);
    double farKm = land.halfKm() + MARGIN_KM;
    firstRow = (int) StrictMath.floor(GRID.row(Frame.lat(farKm)));
    firstColumn = (int) StrictMath.floor(GRID.column(Frame.lon(-farKm)));
    rows = (int) StrictMath.ceil(GRID.row(Frame.lat(-farKm))) - firstRow + 1;
    columns = (int) StrictMath.ceil(GRID.column(Frame.lon(farKm))) - firstColumn + 1;
  }

  /** Rows of heights. */
  int rows() {
    return rows;
  }

  /** The bytes of a GeoTIFF. */
  byte[] bytes(SparkSession spark, int slices) {
    List<Integer> starts = new ArrayList<>();
    for (int row = 0; row < rows; row += ROWS_PER_STRIP) {
      starts.add(row);
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<byte[]> strips = context.parallelize(starts, slices).map(this::strip).collect();
    GeoReference at =
        new GeoReference(
            GRID.longitude(firstColumn),
            GRID.latitude(firstRow),
            1.0 / GRID.samplesPerDegree(),
            1.0 / GRID.samplesPerDegree());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      GeoTiffWriter.write(out, at, columns, rows, ROWS_PER_STRIP, strips);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private byte[] strip(int start) throws IOException {
    int end = StrictMath.min(rows, start + ROWS_PER_STRIP);
    short[] heightsM = new short[(end - start) * columns];
    for (int row = start; row < end; row++) {
      double yKm = Frame.yKm(GRID.latitude(firstRow + row));
      for (int column = 0; column < columns; column++) {
        double xKm = Frame.xKm(GRID.longitude(firstColumn + column));
        heightsM[(row - start) * columns + column] =
            (short) StrictMath.rint(terrain.heightM(xKm, yKm));
      }
    }
    return GeoTiffWriter.strip(heightsM, columns);
  }
}
