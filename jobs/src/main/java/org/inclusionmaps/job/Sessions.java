package org.inclusionmaps.job;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.operations.MetricsPlugin;
import org.inclusionmaps.store.PageChecksums;

/** The Spark sessions of commands. */
final class Sessions {
  private Sessions() {}

  /**
   * A session, or the one that is there, whose readers of Parquet compare checksums of pages; it
   * has our metrics, besides plugins of the user's.
   */
  static SparkSession open(String name) {
    Map.Entry<String, String> plugins = MetricsPlugin.setting(new SparkConf());
    SparkSession spark =
        SparkSession.builder()
            .appName(name)
            .config(plugins.getKey(), plugins.getValue())
            .getOrCreate();
    PageChecksums.use(spark.sparkContext().hadoopConfiguration());
    return spark;
  }

  /**
   * What commands that start no Spark know of file systems: Hadoop's own files, and the settings
   * {@code spark.hadoop.*} that spark-submit was given, as a session has them.
   */
  static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }
}
