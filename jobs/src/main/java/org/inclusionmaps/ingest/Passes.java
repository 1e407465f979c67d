package org.inclusionmaps.ingest;

import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.Resources;

/** Passes over files of others: what Spark throws there is the file's fault, and is told so. */
final class Passes {
  private Passes() {}

  /** The rows of a small result. */
  static List<Row> collect(Table table, String path, String format, Dataset<Row> result) {
    try {
      return result.collectAsList();
    } catch (Exception e) {
      boolean ofTheFile = e instanceof SparkException || e instanceof AnalysisException;
      if (ofTheFile && !Resources.exhausted(e)) {
        throw Refusals.unreadable(table, path, format, e);
      }
      throw e;
    }
  }
}
