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
  private static final String EXECUTOR_JAVA = "spark.executor.defaultJavaOptions";

  private Sessions() {}

  /**
   * Java's options of executors: the user's, after a language whose digits are those of programs. A
   * worker's own would go into the bytes of a release.
   */
  static String executorJava(SparkConf conf) {
    return ("-Duser.language=en -Duser.country=US " + conf.get(EXECUTOR_JAVA, "")).strip();
  }

  /**
   * A session, or the one that is there, whose readers of Parquet compare checksums of pages; it
   * has our metrics, besides plugins of the user's.
   */
  static SparkSession open(String name) {
    SparkConf conf = new SparkConf();
    Map.Entry<String, String> plugins = MetricsPlugin.setting(conf);
    SparkSession spark =
        SparkSession.builder()
            .appName(name)
            .config(plugins.getKey(), plugins.getValue())
            .config(EXECUTOR_JAVA, executorJava(conf))
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
