package org.inclusionmaps.job;

import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.store.PageChecksums;

/** The Spark sessions of commands. */
final class Sessions {
  private Sessions() {}

  /** A session, or the one that is there, whose readers of Parquet compare checksums of pages. */
  static SparkSession open(String name) {
    SparkSession spark = SparkSession.builder().appName(name).getOrCreate();
    PageChecksums.use(spark.sparkContext().hadoopConfiguration());
    return spark;
  }
}
