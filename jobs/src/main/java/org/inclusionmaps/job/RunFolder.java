package org.inclusionmaps.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.store.Sha256;

/** The folder of one run, named by the hash of what goes into it, and its tables. */
final class RunFolder {
  private final Path root;
  private final Configuration hadoop;

  RunFolder(String output, String id, Configuration hadoop) {
    this(new Path(new Path(output, "runs"), id), hadoop);
  }

  private RunFolder(Path root, Configuration hadoop) {
    this.root = root;
    this.hadoop = hadoop;
  }

  /** A folder by its path. */
  static RunFolder at(Path root, Configuration hadoop) {
    return new RunFolder(root, hadoop);
  }

  Path root() {
    return root;
  }

  Path table(Table table) {
    return new Path(root, table.name());
  }

  Path quarantine(Table table) {
    return new Path(new Path(root, "quarantine"), table.name());
  }

  /**
   * The newest other run of the same output whose report tells the same build and that has some
   * tables whole. What cannot be read is passed over: it is only looked for to save work.
   */
  Optional<RunFolder> lastOther(String build, List<Table> tables) {
    record Found(RunFolder run, long time) {}
    List<Found> found = new ArrayList<>();
    try {
      FileSystem files = root.getFileSystem(hadoop);
      for (FileStatus status : files.listStatus(root.getParent())) {
        RunFolder run = new RunFolder(status.getPath(), hadoop);
        if (!status.getPath().getName().equals(root.getName())
            && tables.stream().allMatch(run::has)
            && run.read(RunReport.NAME)
                .filter(report -> RunReport.tells(report, build, tables))
                .isPresent()) {
          found.add(
              new Found(run, files.getFileStatus(run.done(tables.get(0))).getModificationTime()));
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return found.stream()
        .max(
            Comparator.comparingLong(Found::time)
                .thenComparing(other -> other.run().root().getName()))
        .map(Found::run);
  }

  private Path done(Table table) {
    return new Path(table(table), "_SUCCESS");
  }

  boolean has(Table table) {
    try {
      Path done = done(table);
      return done.getFileSystem(hadoop).exists(done);
    } catch (IOException e) {
      throw unreadable(table(table), e);
    }
  }

  /** A file of the run; nothing if it is not there. */
  Optional<String> read(String name) {
    Path path = new Path(root, name);
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  void write(String name, String text) {
    Path path = new Path(root, name);
    try (OutputStream out = path.getFileSystem(hadoop).create(path, /* overwrite= */ true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED, path + " cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * The sha256 of each input file by table and by its path within the feed's folder; the files of
   * lookups too.
   */
  static Map<String, Map<String, String>> hashesByTable(
      Map<String, List<FeedSettings>> inputs, Configuration hadoop) {
    Map<String, Map<String, String>> tables = new TreeMap<>();
    inputs.forEach(
        (table, feeds) -> {
          Map<String, String> hashes = new TreeMap<>();
          feeds.stream()
              .flatMap(feed -> feed.paths().stream())
              .forEach(path -> hash(table, path, hadoop, hashes));
          tables.put(table, hashes);
        });
    return tables;
  }

  private static void hash(
      String table, String address, Configuration hadoop, Map<String, String> hashes) {
    Path path = new Path(address);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      FileStatus[] found = files.globStatus(path);
      if (found == null || found.length == 0) {
        throw new InclusionException(
            ErrorCode.INPUT_MISSING,
            "%s: no file at %s; put the feed there or correct inputs.%s.path"
                .formatted(table, address, table));
      }
      for (FileStatus status : found) {
        hash(files, status, "", hashes);
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static void hash(
      FileSystem files, FileStatus status, String folder, Map<String, String> hashes)
      throws IOException {
    if (status.isDirectory()) {
      for (FileStatus child : files.listStatus(status.getPath())) {
        hash(files, child, folder + status.getPath().getName() + "/", hashes);
      }
      return;
    }
    String name = folder + status.getPath().getName();
    while (hashes.containsKey(name)) {
      name += " again";
    }
    hashes.put(name, Sha256.of(files, status.getPath()));
  }

  /** The first 16 hexadecimal digits of the sha256 of some texts. */
  static String id(String... texts) {
    return Sha256.of(String.join("\0", texts) + "\0").substring(0, 16);
  }

  private static InclusionException unreadable(Path path, IOException e) {
    return new InclusionException(
        ErrorCode.INPUT_MISSING, path + " cannot be read: " + e.getMessage(), e);
  }
}
