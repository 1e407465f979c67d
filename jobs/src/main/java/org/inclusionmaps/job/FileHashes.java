package org.inclusionmaps.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.inclusionmaps.store.Sha256;

/** The sha256 of files: of small ones by the driver, of large ones by the executors. */
final class FileHashes {
  private static final int THREADS = 8;
  private static final long DRIVER_BYTES = 256L << 20;
  private static final int MOST_TASKS = 1000;

  private FileHashes() {}

  /**
   * Hashes files.
   *
   * @return in the order of the files
   * @throws IOException if one cannot be read
   */
  static Map<Path, String> of(SparkSession spark, List<FileStatus> files) throws IOException {
    long bytes = files.stream().mapToLong(FileStatus::getLen).sum();
    List<Path> paths = files.stream().map(FileStatus::getPath).toList();
    List<String> hashes =
        bytes <= DRIVER_BYTES
            ? here(spark.sparkContext().hadoopConfiguration(), paths)
            : onExecutors(spark, paths);
    Map<Path, String> byPath = new LinkedHashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      byPath.put(paths.get(i), hashes.get(i));
    }
    return byPath;
  }

  private static List<String> here(Configuration hadoop, List<Path> paths) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<String>> asked = new ArrayList<>();
      for (Path path : paths) {
        asked.add(threads.submit(() -> Sha256.of(path.getFileSystem(hadoop), path)));
      }
      List<String> hashes = new ArrayList<>();
      for (Future<String> hash : asked) {
        hashes.add(hash.get());
      }
      return hashes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while hashing", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> onExecutors(SparkSession spark, List<Path> paths) {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(
            paths.stream().map(Path::toString).toList(), Math.min(MOST_TASKS, paths.size()))
        .map(
            text -> {
              Path path = new Path(text);
              return Sha256.of(path.getFileSystem(hadoop.value()), path);
            })
        .collect();
  }
}
