package org.inclusionmaps.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.format.ParquetCopy;

/** Writes tables as Parquet files whose names and bytes follow from the rows alone. */
final class TableFiles {
  private final SparkSession spark;
  private final Path folder;

  TableFiles(SparkSession spark, String folder) {
    this.spark = spark;
    this.folder = new Path(folder);
  }

  /**
   * Writes a table in place of what its folder held, and reads it back.
   *
   * @param part inputs or truth
   * @param files how many files to write; which row goes to which follows from the first sort
   *     column
   * @param sort columns that order the rows within a file, and together tell them apart
   */
  Dataset<Row> write(String part, Table table, Dataset<Row> rows, int files, String... sort) {
    Path target = new Path(new Path(folder, part), table.name());
    Path written = new Path(new Path(folder, part), "." + table.name() + ".part");
    Column[] columns = Arrays.stream(sort).map(functions::col).toArray(Column[]::new);
    // Not coalesce: that would make the rows in one task, too.
    Dataset<Row> parted =
        files == 1 ? rows.repartition(1) : rows.repartition(files, functions.col(sort[0]));
    parted
        .sortWithinPartitions(columns)
        .write()
        .mode(SaveMode.Overwrite)
        .option("compression", "zstd")
        .parquet(written.toString());
    move(written, target);
    return spark.read().schema(table.schema()).parquet(target.toString());
  }

  /** Writes any other file. */
  void write(String name, byte[] bytes) {
    Path path = new Path(folder, name);
    try {
      FileSystem files = path.getFileSystem(configuration());
      try (OutputStream out = files.create(path, /* overwrite= */ true)) {
        out.write(bytes);
      }
      dropChecksum(files, path);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  private void move(Path written, Path target) {
    try {
      FileSystem files = target.getFileSystem(configuration());
      files.delete(target, /* recursive= */ true);
      files.mkdirs(target);
      FileStatus[] parts = files.globStatus(new Path(written, "part-*.parquet"));
      Arrays.sort(parts);
      for (int i = 0; i < parts.length; i++) {
        Path named = new Path(target, "part-%05d.parquet".formatted(i));
        try (FSDataInputStream in = files.open(parts[i].getPath());
            OutputStream out = files.create(named, /* overwrite= */ true)) {
          ParquetCopy.copy(in::readFully, parts[i].getLen(), out);
        }
        dropChecksum(files, named);
      }
      files.delete(written, /* recursive= */ true);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  /** Hadoop's local files have a checksum file beside them, which no other reader wants. */
  private static void dropChecksum(FileSystem files, Path path) throws IOException {
    if (files instanceof ChecksumFileSystem checked) {
      checked.getRawFileSystem().delete(checked.getChecksumFile(path), /* recursive= */ false);
    }
  }

  private Configuration configuration() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private static InclusionException failed(Path path, IOException e) {
    return new InclusionException(
        ErrorCode.RESOURCES_EXHAUSTED, path + " cannot be written: " + e.getMessage(), e);
  }
}
