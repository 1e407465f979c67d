package org.inclusionmaps.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.security.AccessEntry.Deleted;
import org.inclusionmaps.security.AccessEntry.Step;
import org.inclusionmaps.security.AccessLog;
import org.inclusionmaps.store.Sha256;

/** Deletes folders with rows of persons, noted in the access log before and after. */
final class PersonDeletion {
  /** Tables with a row a person. */
  static final List<String> TABLES = List.of(Tables.SUBSCRIPTIONS.name(), Tables.SURVEY.name());

  private PersonDeletion() {}

  /**
   * Deletes them.
   *
   * @param output what the log's paths are below
   * @param command what the log says of who deletes
   */
  static Deleted delete(
      FileSystem files, Path output, List<Path> folders, String command, AccessLog log)
      throws IOException {
    Deleted planned = planned(files, output, folders);
    log.deleted(command, planned);
    for (Path folder : folders) {
      files.delete(folder, /* recursive= */ true);
      if (files.exists(folder)) {
        throw new IOException(folder + " is still there");
      }
    }
    Deleted done =
        new Deleted(Step.DONE, planned.folders(), planned.files(), planned.bytes(), planned.list());
    log.deleted(command, done);
    return done;
  }

  /** The folders with rows of persons in a run. */
  static List<Path> inRun(FileSystem files, Path run) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String table : TABLES) {
      for (Path folder : List.of(new Path(run, table), new Path(run, "quarantine/" + table))) {
        if (files.exists(folder)) {
          found.add(folder);
        }
      }
    }
    return found;
  }

  /** All files below a folder, in no order; none if it is gone. */
  static List<FileStatus> list(FileSystem files, Path folder) throws IOException {
    List<FileStatus> list = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(folder)) {
        if (status.isDirectory()) {
          list.addAll(list(files, status.getPath()));
        } else {
          list.add(status);
        }
      }
    } catch (FileNotFoundException e) {
      return list; // it is gone
    }
    return list;
  }

  private static Deleted planned(FileSystem files, Path output, List<Path> folders)
      throws IOException {
    List<String> lines = new ArrayList<>();
    long bytes = 0;
    for (Path folder : folders) {
      for (FileStatus file : list(files, folder)) {
        lines.add(below(output, file.getPath()) + "\t" + file.getLen() + "\n");
        bytes += file.getLen();
      }
    }
    lines.sort(String::compareTo);
    return new Deleted(
        Step.PLANNED,
        folders.stream().map(folder -> below(output, folder)).toList(),
        lines.size(),
        bytes,
        Sha256.of(String.join("", lines)));
  }

  /** A path below the output. */
  static String below(Path output, Path path) {
    return output.toUri().relativize(path.toUri()).getPath();
  }
}
