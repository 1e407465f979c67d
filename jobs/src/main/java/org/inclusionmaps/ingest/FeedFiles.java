package org.inclusionmaps.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.LimitsSettings;
import org.inclusionmaps.contract.Table;

/** The files behind a feed's path, on any file system that Hadoop knows. */
public final class FeedFiles {
  private FeedFiles() {}

  /**
   * The data files of a path, by name: the file itself, those of a directory and below it, or those
   * that a glob matches. Names that begin with a point or an underscore are not data, unless the
   * path itself names them.
   */
  static List<FileStatus> list(Configuration hadoop, Table table, String path) {
    try {
      List<FileStatus> found =
          matching(path, hadoop).orElseThrow(() -> Refusals.missing(table, path)).stream()
              .map(Found::status)
              .sorted(Comparator.comparing(status -> status.getPath().toString()))
              .toList();
      if (found.isEmpty()) {
        throw Refusals.noFiles(table, path);
      }
      return found;
    } catch (IOException e) {
      throw Refusals.unreadable(table, path, "a file", e);
    }
  }

  /** The files of a feed, all of which count. */
  static Delivery delivery(
      Configuration hadoop, Table table, FeedSettings feed, LimitsSettings limits) {
    List<FileStatus> found = list(hadoop, table, feed.path());
    Path given = new Path(feed.path());
    Path folder = null;
    try {
      FileSystem files = given.getFileSystem(hadoop);
      // A glob is no file of that name; a folder's name may look like one.
      FileStatus[] matched = files.globStatus(given);
      if (matched != null && matched.length == 1 && matched[0].isDirectory()) {
        folder = matched[0].getPath();
      }
    } catch (IOException e) {
      throw Refusals.unreadable(table, feed.path(), "a folder", e);
    }
    Delivery all = new Delivery(feed, folder, found, found, null, List.of());
    Path sums = all.sumsFile();
    if (sums != null) {
      String list = sums.toUri().getPath();
      found =
          found.stream().filter(file -> !file.getPath().toUri().getPath().equals(list)).toList();
      all = new Delivery(feed, folder, found, found, null, List.of());
    }
    if (found.isEmpty()) {
      throw Refusals.noFiles(table, feed.path());
    }
    if (found.size() > limits.files()) {
      throw Refusals.broken(
          table,
          "%s holds %s files, but at most %s are taken; join them, or raise limits.files"
              .formatted(
                  feed.path(),
                  Refusals.thousands(found.size()),
                  Refusals.thousands(limits.files())));
    }
    return all;
  }

  /**
   * A data file.
   *
   * @param name its path within the folder that the feed names
   */
  public record Found(String name, FileStatus status) {}

  /**
   * The data files of a path; nothing if nothing is there. A pattern matches marks of who wrote a
   * feed too: they are data only where the path itself names them.
   */
  public static Optional<List<Found>> matching(String path, Configuration hadoop)
      throws IOException {
    Path given = new Path(path);
    FileSystem files = given.getFileSystem(hadoop);
    FileStatus[] matched = files.globStatus(given);
    if (matched == null || matched.length == 0) {
      return Optional.empty();
    }
    List<Found> found = new ArrayList<>();
    for (FileStatus status : matched) {
      if (isData(status.getPath()) || status.getPath().getName().equals(given.getName())) {
        gather(files, status, "", found);
      }
    }
    return Optional.of(found);
  }

  private static void gather(FileSystem files, FileStatus status, String folder, List<Found> found)
      throws IOException {
    String name = folder + status.getPath().getName();
    if (!status.isDirectory()) {
      found.add(new Found(name, status));
      return;
    }
    for (FileStatus child : files.listStatus(status.getPath())) {
      if (isData(child.getPath())) {
        gather(files, child, name + "/", found);
      }
    }
  }

  private static boolean isData(Path path) {
    return !path.getName().startsWith(".") && !path.getName().startsWith("_");
  }

  /** The bytes of a file, decompressed where its ending says that they are compressed. */
  static InputStream open(SparkSession spark, Path file) throws IOException {
    Configuration hadoop = configuration(spark);
    InputStream raw = file.getFileSystem(hadoop).open(file);
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    return codec == null ? raw : codec.createInputStream(raw);
  }

  static Configuration configuration(SparkSession spark) {
    return spark.sparkContext().hadoopConfiguration();
  }

  static String[] paths(List<FileStatus> files) {
    return files.stream().map(status -> status.getPath().toString()).toArray(String[]::new);
  }
}
