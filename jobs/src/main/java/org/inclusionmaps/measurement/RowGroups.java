package org.inclusionmaps.measurement;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple3;

/** The row groups of Parquet files and how tasks share them. */
final class RowGroups {
  private RowGroups() {}

  /**
   * A row group.
   *
   * @param file its file
   * @param number which of the file's, from 0 on
   * @param rows how many rows it has
   */
  record Group(String file, int number, long rows) implements Serializable {}

  /** The row groups of one task. */
  record Share(List<Group> groups) implements Serializable {
    @Serial private static final long serialVersionUID = 1;

    long rows() {
      return groups.stream().mapToLong(Group::rows).sum();
    }
  }

  /**
   * All row groups of some files and folders, shared evenly.
   *
   * @param tasks into so many shares at most, none of them empty
   */
  static List<Share> shares(
      JavaSparkContext spark, List<String> paths, SerializableConfiguration hadoop, int tasks) {
    List<String> files = files(paths, hadoop.value());
    if (files.isEmpty()) {
      return List.of();
    }
    int readers = Math.min(files.size(), Math.max(1, spark.defaultParallelism()));
    List<Group> groups = new ArrayList<>();
    spark
        .parallelize(files, readers)
        .flatMap(file -> rows(file, hadoop.value()).iterator())
        .collect()
        .forEach(each -> groups.add(new Group(each._1(), each._2(), each._3())));
    // The largest first, each to the task that has least.
    groups.sort(
        Comparator.comparingLong(Group::rows)
            .reversed()
            .thenComparing(Group::file)
            .thenComparingInt(Group::number));
    int shares = Math.min(tasks, groups.size());
    List<List<Group>> shared = new ArrayList<>();
    for (int i = 0; i < shares; i++) {
      shared.add(new ArrayList<>());
    }
    long[] rows = new long[shares];
    for (Group group : groups) {
      int least = 0;
      for (int i = 1; i < shares; i++) {
        least = rows[i] < rows[least] ? i : least;
      }
      rows[least] += group.rows();
      shared.get(least).add(group);
    }
    return shared.stream().map(Share::new).toList();
  }

  private static List<String> files(List<String> paths, Configuration hadoop) {
    List<String> files = new ArrayList<>();
    try {
      for (String text : paths) {
        Path path = new Path(text);
        for (FileStatus status : path.getFileSystem(hadoop).listStatus(path)) {
          String name = status.getPath().getName();
          if (status.isFile() && !name.startsWith("_") && !name.startsWith(".")) {
            files.add(status.getPath().toString());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }

  /** A file's row groups: number and rows. Kryo knows tuples, not records. */
  private static List<Tuple3<String, Integer, Long>> rows(String file, Configuration hadoop)
      throws IOException {
    List<Tuple3<String, Integer, Long>> rows = new ArrayList<>();
    try (ParquetFileReader reader = open(file, hadoop)) {
      for (BlockMetaData block : reader.getRowGroups()) {
        rows.add(new Tuple3<>(file, rows.size(), block.getRowCount()));
      }
    }
    return rows;
  }

  static ParquetFileReader open(String file, Configuration hadoop) throws IOException {
    Path path = new Path(file);
    return ParquetFileReader.open(
        HadoopInputFile.fromPath(path, hadoop), HadoopReadOptions.builder(hadoop, path).build());
  }
}
