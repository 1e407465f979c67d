package org.inclusionmaps.ingest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.config.FeedSettings;
import org.jspecify.annotations.Nullable;

/**
 * The files of a feed that count.
 *
 * @param folder the feed's path where it is a folder; null where it is a file or a glob
 * @param all the data files behind the path, by name
 * @param files those that count, by name
 * @param date the newest date among their folders; null where these tell none
 * @param told what a reader of the report should know of the files
 */
record Delivery(
    FeedSettings feed,
    @Nullable Path folder,
    List<FileStatus> all,
    List<FileStatus> files,
    @Nullable LocalDate date,
    List<String> told) {

  Delivery {
    all = List.copyOf(all);
    files = List.copyOf(files);
    told = List.copyOf(told);
  }

  /** The same feed with other files of it. */
  Delivery of(List<FileStatus> chosen, @Nullable LocalDate newest, List<String> notices) {
    return new Delivery(feed, folder, all, chosen, newest, notices);
  }

  /** What messages call a file: the feed's path where it is the only one. */
  String shown(String path) {
    boolean parquet =
        switch (feed.format()) {
          case PARQUET, GEOPARQUET -> true;
          default -> false;
        };
    return folder == null && all.size() == 1 && !parquet ? feed.path() : path;
  }

  /** A file's path within the feed's folder; its name where there is none. */
  String inside(FileStatus file) {
    return inside(file.getPath());
  }

  private String inside(Path path) {
    Path base = folder;
    String full = path.toUri().getPath();
    String above = base == null ? "" : base.toUri().getPath() + "/";
    return base != null && full.startsWith(above) ? full.substring(above.length()) : path.getName();
  }

  /** The list of hashes that the settings name; null where they name none. */
  @Nullable Path sumsFile() {
    String name = feed.delivery().sha256File();
    if (name == null) {
      return null;
    }
    Path base = folder;
    Path beside = new Path(feed.path()).getParent();
    return base != null
        ? new Path(base, name)
        : beside == null ? new Path(name) : new Path(beside, name);
  }

  /**
   * What Spark is to read: folders that count whole, else files. Ten thousand paths take it longer
   * to look up than to read.
   */
  List<String> paths() {
    if (folder == null && files.size() == all.size()) {
      return List.of(feed.path());
    }
    Map<Path, List<FileStatus>> there = byFolder(all);
    List<String> paths = new ArrayList<>();
    byFolder(files)
        .forEach(
            (parent, chosen) -> {
              boolean whole = chosen.size() == there.getOrDefault(parent, List.of()).size();
              if (whole && !holdsSums(parent)) {
                paths.add(parent.toString());
              } else {
                chosen.forEach(file -> paths.add(file.getPath().toString()));
              }
            });
    return paths;
  }

  private boolean holdsSums(Path parent) {
    Path list = sumsFile();
    return list != null && parent.toUri().getPath().equals(list.getParent().toUri().getPath());
  }

  /**
   * The folder below which folders tell columns, as {@code operator=736-01}; null where none do, or
   * not all files lie in the same ones.
   */
  @Nullable String base() {
    Path base = folder;
    Set<String> columns = new HashSet<>();
    for (FileStatus file : files) {
      columns.add(inside(file).replaceAll("=[^/]*/", "=/").replaceAll("[^/]*$", ""));
    }
    return base != null && columns.size() == 1 && !columns.contains("") ? base.toString() : null;
  }

  private static Map<Path, List<FileStatus>> byFolder(List<FileStatus> files) {
    Map<Path, List<FileStatus>> folders = new LinkedHashMap<>();
    for (FileStatus file : files) {
      folders.computeIfAbsent(file.getPath().getParent(), path -> new ArrayList<>()).add(file);
    }
    return folders;
  }
}
