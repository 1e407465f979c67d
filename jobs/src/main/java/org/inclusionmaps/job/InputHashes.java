package org.inclusionmaps.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.ingest.FeedFiles;
import org.inclusionmaps.ingest.FeedFiles.Found;

/** What feeds rest on: the sha256 of each of their files. */
final class InputHashes {
  private InputHashes() {}

  /**
   * The sha256 of each input file by table and by its path within the feed's folder; the files of
   * lookups too.
   *
   * @throws InclusionException {@link ErrorCode#INPUT_MISSING} if a path has no file
   */
  static Map<String, Map<String, String>> byTable(
      Map<String, List<FeedSettings>> inputs, SparkSession spark) {
    Map<String, Map<String, String>> tables = new TreeMap<>();
    inputs.forEach((table, feeds) -> tables.put(table, ofTable(table, feeds, spark)));
    return tables;
  }

  private static Map<String, String> ofTable(
      String table, List<FeedSettings> feeds, SparkSession spark) {
    List<Found> files = new ArrayList<>();
    for (FeedSettings feed : feeds) {
      for (String path : feed.paths()) {
        files.addAll(list(table, path, spark.sparkContext().hadoopConfiguration()));
      }
    }
    Map<String, String> hashes = new TreeMap<>();
    try {
      Map<Path, String> found = FileHashes.of(spark, files.stream().map(Found::status).toList());
      for (Found file : files) {
        String name = file.name();
        while (hashes.containsKey(name)) {
          name += " again";
        }
        hashes.put(name, found.getOrDefault(file.status().getPath(), ""));
      }
    } catch (IOException e) {
      throw unreadable(table, e);
    }
    return hashes;
  }

  private static List<Found> list(String table, String path, Configuration hadoop) {
    try {
      return FeedFiles.matching(path, hadoop)
          .orElseThrow(
              () ->
                  new InclusionException(
                      ErrorCode.INPUT_MISSING,
                      "%s: no file at %s; put the feed there or correct inputs.%s.path"
                          .formatted(table, path, table)));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static InclusionException unreadable(String what, IOException e) {
    return new InclusionException(
        ErrorCode.INPUT_MISSING, what + " cannot be read: " + e.getMessage(), e);
  }
}
