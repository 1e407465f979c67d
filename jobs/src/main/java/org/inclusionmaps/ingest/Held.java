package org.inclusionmaps.ingest;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Rows that are computed once and kept on memory and disk until they are let go. */
final class Held implements AutoCloseable {
  private final List<Dataset<Row>> rows = new ArrayList<>();

  /** Keeps rows from when they are first computed. */
  Dataset<Row> hold(Dataset<Row> computed) {
    Dataset<Row> kept = computed.persist(StorageLevel.MEMORY_AND_DISK());
    rows.add(kept);
    return kept;
  }

  @Override
  public void close() {
    rows.forEach(Dataset::unpersist);
    rows.clear();
  }
}
