package org.inclusionmaps.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.operations.Operations;
import org.inclusionmaps.store.Sha256;
import org.inclusionmaps.store.SmallFiles;

/** The folder of one run, named by the hash of what goes into it, and its tables. */
final class RunFolder {
  /** What is in the folder of a run that ended well. */
  static final String SUCCESS = "_SUCCESS";

  /** What is in the folder of a run that failed. */
  static final String FAILED = "_FAILED";

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
        if (!status.getPath().getName().equals(root.getName()) && run.tells(build, tables)) {
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

  private boolean tells(String build, List<Table> tables) {
    try {
      return tables.stream().allMatch(this::has)
          && read(RunReport.NAME)
              .filter(report -> RunReport.tells(report, build, tables))
              .isPresent();
    } catch (InclusionException e) {
      return false; // as where its report is damaged
    }
  }

  private Path done(Table table) {
    return new Path(table(table), SUCCESS);
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
    try {
      SmallFiles.replace(path.getFileSystem(hadoop), path, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** A try of the run begins: what an earlier one left of how it ended is taken away. */
  void begin() {
    mark("");
    for (String told : List.of(RunReport.NAME, Operations.PAGE)) {
      delete(told);
    }
  }

  /** Marks how a try of the run ended, for those who watch for a file. */
  void mark(String name) {
    for (String other : List.of(SUCCESS, FAILED)) {
      delete(other);
    }
    if (!name.isEmpty()) {
      write(name, "");
    }
  }

  private void delete(String name) {
    Path path = new Path(root, name);
    try {
      path.getFileSystem(hadoop).delete(path, /* recursive= */ false);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** The first 16 hexadecimal digits of the sha256 of some texts. */
  static String id(String... texts) {
    return Sha256.of(String.join("\0", texts) + "\0").substring(0, 16);
  }

  private static InclusionException unwritable(Path path, IOException e) {
    return new InclusionException(
        ErrorCode.RESOURCES_EXHAUSTED, path + " cannot be written: " + e.getMessage(), e);
  }

  private static InclusionException unreadable(Path path, IOException e) {
    return new InclusionException(
        ErrorCode.INPUT_MISSING, path + " cannot be read: " + e.getMessage(), e);
  }
}
