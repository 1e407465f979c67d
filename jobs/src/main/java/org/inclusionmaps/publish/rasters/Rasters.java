package org.inclusionmaps.publish.rasters;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.inclusionmaps.format.geotiff.CogIndex;
import org.inclusionmaps.format.geotiff.CogRaster;
import org.inclusionmaps.format.geotiff.CogWriter;
import org.inclusionmaps.publish.figures.Chunks;
import org.inclusionmaps.publish.figures.ShownPlaces;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;

/**
 * The rasters of a release. Executors pack the tiles; the driver reads which there are, writes what
 * stands before them, and puts them one after another, a partition at a time.
 */
public final class Rasters {
  private static final Column[] ORDER = {col("raster"), col("level").desc(), col("tile")};

  private Rasters() {}

  /**
   * Writes all rasters, and reads back what they have.
   *
   * @param resolution of the places
   */
  public static List<RasterAccount> write(
      ShownPlaces shown, int resolution, ReleaseContext context, ReleaseFiles files) {
    Chunks chunks = shown.chunks();
    RasterGrid grid = RasterGrid.of(resolution, chunks.box());
    Dataset<Row> tiles =
        RasterTiles.of(shown.rows(), resolution, chunks.sensitive(), grid)
            .persist(StorageLevel.DISK_ONLY());
    try {
      store(tiles, grid, context, files);
    } finally {
      tiles.unpersist();
    }
    return RasterAccount.of(tiles.sparkSession(), grid, files);
  }

  private static void store(
      Dataset<Row> tiles, RasterGrid grid, ReleaseContext context, ReleaseFiles files) {
    List<CogIndex> indexes = new ArrayList<>();
    for (int i = 0; i < RasterMeasure.values().length; i++) {
      indexes.add(new CogIndex());
    }
    Iterator<Row> sizes =
        tiles.select("raster", "level", "tile", "size").orderBy(ORDER).toLocalIterator();
    while (sizes.hasNext()) {
      Row tile = sizes.next();
      indexes.get(tile.getInt(0)).add(tile.getInt(1), tile.getLong(2), tile.getInt(3));
    }
    Iterator<Row> rows =
        tiles.select("raster", "level", "tile", "bytes").orderBy(ORDER).toLocalIterator();
    Row row = rows.hasNext() ? rows.next() : null;
    for (RasterMeasure measure : RasterMeasure.values()) {
      try (OutputStream out = files.create(measure.file())) {
        CogWriter writer =
            new CogWriter(out, raster(measure, grid, context), indexes.get(measure.index()));
        while (row != null && row.getInt(0) == measure.index()) {
          writer.add(row.getAs(3));
          row = rows.hasNext() ? rows.next() : null;
        }
        writer.finish();
      } catch (IOException e) {
        throw files.unwritable(measure.file(), e);
      }
    }
  }

  private static CogRaster raster(RasterMeasure measure, RasterGrid grid, ReleaseContext context) {
    return new CogRaster(
        RasterGrid.EPSG,
        (double) grid.column() * grid.pixelM(),
        -(double) grid.row() * grid.pixelM(),
        grid.pixelM(),
        grid.width(),
        grid.height(),
        measure.key(),
        measure.unit(),
        "%s: %s, %s, inclusion-maps release %s"
            .formatted(
                context.settings().country().name(),
                measure.label(),
                context.settings().release().referenceDate(),
                context.runId()),
        Map.of("OVERVIEWS", measure.overviews()));
  }
}
