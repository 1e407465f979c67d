package org.inclusionmaps.ingest;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An elevation model as tiles.
 *
 * @param rows the rows of the table, with its columns in its order
 * @param count the account of the files
 * @param release lets go of what keeps the rows at hand
 */
public record IngestedTerrain(Dataset<Row> rows, TerrainCount count, Runnable release)
    implements AutoCloseable {
  /** Lets the rows go: they must have been written. */
  @Override
  public void close() {
    release.run();
  }
}
