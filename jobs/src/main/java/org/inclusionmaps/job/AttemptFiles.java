package org.inclusionmaps.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.error.Resources;
import org.inclusionmaps.security.Lease;
import org.inclusionmaps.store.Sha256;
import org.inclusionmaps.store.SmallFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of attempts in an output folder, one each. */
final class AttemptFiles {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptFiles.class);
  private static final String FOLDER = "attempts";
  private static final int KEPT = 400;

  /** Of a file's name; most file systems take 255 bytes. */
  private static final int LONGEST_NAME = 100;

  private static final Comparator<Attempt> LATER =
      Comparator.comparing((Attempt attempt) -> !attempt.isRefused()).thenComparing(Attempt::begun);

  private AttemptFiles() {}

  /** Writes an attempt, in place of an earlier state of it. */
  static void write(Attempt attempt, String output, Configuration hadoop) {
    Path path = path(output, attempt.label());
    try {
      FileSystem files = path.getFileSystem(hadoop);
      byte[] json = attempt.json().getBytes(StandardCharsets.UTF_8);
      try {
        SmallFiles.replace(files, path, json);
      } catch (IOException e) {
        // On a full disk the earlier state has the room that the later one needs.
        if (!Resources.exhausted(e) || !files.delete(path, /* recursive= */ false)) {
          throw e;
        }
        SmallFiles.replace(files, path, json);
      }
      if (attempt.state() != Attempt.State.RUNNING) {
        forgetOld(files, path.getParent());
      }
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED, path + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void forgetOld(FileSystem files, Path folder) throws IOException {
    List<FileStatus> all = list(files, folder);
    all.sort(Comparator.comparingLong(FileStatus::getModificationTime));
    for (FileStatus old : all.subList(0, Math.max(0, all.size() - KEPT))) {
      files.delete(old.getPath(), /* recursive= */ false);
    }
  }

  /**
   * The attempt of a label. If the label is empty, the one that started last; one that was refused
   * because another held the lease comes behind all others.
   */
  static Optional<Attempt> find(String output, String label, Configuration hadoop) {
    Path folder = new Path(output, FOLDER);
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      if (!label.isEmpty()) {
        return read(files, path(output, label)).filter(found -> found.label().equals(label));
      }
      Attempt last = null;
      for (FileStatus status : list(files, folder)) {
        Attempt attempt = read(files, status.getPath()).orElse(null);
        if (attempt != null && (last == null || LATER.compare(attempt, last) > 0)) {
          last = attempt;
        }
      }
      return Optional.ofNullable(last);
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING, folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** An attempt by its file; nothing if it is gone, or tells no attempt. */
  private static Optional<Attempt> read(FileSystem files, Path path) throws IOException {
    Optional<byte[]> bytes = SmallFiles.read(files, path);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Attempt.of(bytes.get());
    } catch (JsonProcessingException e) {
      LOG.warn("{} tells no attempt, and is passed over: {}", path, e.getOriginalMessage());
      return Optional.empty();
    }
  }

  private static List<FileStatus> list(FileSystem files, Path folder) throws IOException {
    List<FileStatus> all = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(folder)) {
        if (status.getPath().getName().endsWith(".json")) {
          all.add(status);
        }
      }
    } catch (FileNotFoundException e) {
      return all;
    }
    return all;
  }

  /**
   * Schedulers' labels have letters that Hadoop's paths must not have, as colons, and may be long.
   * A label that is changed for that is told from others by its hash.
   */
  private static Path path(String output, String label) {
    String name = label.replaceAll("[^A-Za-z0-9_.=+-]", "_");
    if (name.length() > LONGEST_NAME || !name.equals(label)) {
      name =
          name.substring(0, Math.min(LONGEST_NAME, name.length()))
              + "-"
              + Sha256.of(label).substring(0, 16);
    }
    return new Path(new Path(output, FOLDER), name + ".json");
  }

  /**
   * Marks the attempt as dead whose process held a lease and never told its end. A later attempt
   * may have its label; where the system does not tell processes apart, none is marked.
   */
  static void tookOver(String output, Lease.Dead dead, Configuration hadoop) {
    Attempt.labelOf(dead.holder())
        .filter(label -> !dead.process().isEmpty())
        .flatMap(label -> find(output, label, hadoop))
        .filter(found -> found.state() == Attempt.State.RUNNING)
        .filter(found -> dead.process().equals(found.process()))
        .ifPresent(found -> write(found.died(), output, hadoop));
  }
}
