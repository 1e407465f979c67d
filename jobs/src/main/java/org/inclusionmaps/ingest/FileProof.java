package org.inclusionmaps.ingest;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.config.FeedFormat;
import org.inclusionmaps.config.LimitsSettings;
import org.inclusionmaps.error.Resources;
import org.inclusionmaps.store.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What a task finds of a file before any of its rows is decoded.
 *
 * @param path the file
 * @param sha256 hash of its bytes; null where nobody asked
 * @param broken what is wrong with it, after its name; null where nothing is
 * @param unreadable why it cannot be read as its format; null where it can
 * @param columns its columns and their types, as {@link ParquetProof} writes them; null where the
 *     format does not tell
 * @param geo the footer of GeoParquet; null where there is none
 */
record FileProof(
    String path,
    @Nullable String sha256,
    @Nullable String broken,
    @Nullable String unreadable,
    @Nullable String columns,
    @Nullable String geo) {

  /** A file of a limit: what is wrong with it, after its name. */
  static final class Broken extends IOException {
    private static final long serialVersionUID = 1;

    Broken(String what) {
      super(what);
    }
  }

  /** What one format tells of a file. */
  record Told(@Nullable String columns, @Nullable String geo) {
    static final Told NOTHING = new Told(null, null);
  }

  /** Reads a file as far as its proof needs. Kryo knows rows, not records. */
  static Row row(
      String path,
      long stored,
      boolean hashed,
      FeedFormat format,
      LimitsSettings limits,
      Configuration hadoop) {
    Path file = new Path(path);
    String sha256 = null;
    try {
      boolean parquet = format == FeedFormat.PARQUET || format == FeedFormat.GEOPARQUET;
      HeldFile held =
          parquet && stored <= HeldFile.MOST ? HeldFile.of(file.getFileSystem(hadoop), file) : null;
      if (hashed) {
        sha256 = held == null ? Sha256.of(file.getFileSystem(hadoop), file) : held.sha256();
      }
      Told told =
          switch (format) {
            case PARQUET, GEOPARQUET ->
                ParquetProof.of(
                    held == null ? HadoopInputFile.fromPath(file, hadoop) : held,
                    file,
                    limits,
                    hadoop);
            case GEOTIFF -> Told.NOTHING;
            case CSV, OPENCELLID, GEOJSON -> TextProof.of(file, stored, format, limits, hadoop);
          };
      return RowFactory.create(path, sha256, null, null, told.columns(), told.geo());
    } catch (Broken e) {
      return RowFactory.create(path, sha256, e.getMessage(), null, null, null);
    } catch (IOException | RuntimeException e) {
      Refusals.rethrowTold(e); // as of a key that is missing: the file is not at fault
      if (Resources.exhausted(e) && e instanceof RuntimeException exhausted) {
        throw exhausted;
      }
      return RowFactory.create(path, sha256, null, Refusals.reason(e), null, null);
    }
  }

  static FileProof of(Row row) {
    return new FileProof(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5));
  }

  /** The file's name without its folder. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
