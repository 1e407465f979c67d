package org.inclusionmaps.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Small files that are seen whole or not at all: created by one of many writers alone, or replaced
 * in one step. When a method returns they are on the disk. {@link Probe} tells whether a store
 * keeps that promise.
 */
public final class SmallFiles {
  private static final String DRAFT = "_draft-";

  /** No draft is written for so long, whatever the clocks of two machines say. */
  private static final Duration DEAD = Duration.ofDays(1);

  private SmallFiles() {}

  /**
   * Creates a file, and the folders above it. Where it is not known whether a write was done, what
   * is there is read: the file counts as created if it has these bytes.
   *
   * @param bytes that no other writer has, unless it is the same to both who of them wrote it
   * @throws IOException of a kind named FileAlreadyExistsException, if it is there
   */
  public static void create(FileSystem files, Path path, byte[] bytes) throws IOException {
    OneStep way = OneStep.of(files, path);
    try {
      way.create(path, bytes);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw e; // a local disk never repeats a request of its own accord
    } catch (IOException e) {
      Optional<byte[]> there = afterFault(files, path, e);
      if (there.isEmpty()) {
        throw e;
      }
      if (!Arrays.equals(there.get(), bytes)) {
        throw e instanceof FileAlreadyExistsException ? e : exists(path, e);
      }
    }
  }

  private static IOException exists(Path path, IOException cause) {
    IOException exists = new FileAlreadyExistsException(path.toString());
    exists.initCause(cause);
    return exists;
  }

  /**
   * Replaces a file, or creates it: readers see the old bytes or the new ones. Where it is not
   * known whether that was done, what is there is read.
   */
  public static void replace(FileSystem files, Path path, byte[] bytes) throws IOException {
    try {
      OneStep.of(files, path).replace(path, bytes);
    } catch (IOException e) {
      if (!afterFault(files, path, e).filter(there -> Arrays.equals(there, bytes)).isPresent()) {
        throw e;
      }
    }
  }

  /** What is there after a fault; a fault of reading does not hide that of writing. */
  private static Optional<byte[]> afterFault(FileSystem files, Path path, IOException fault)
      throws IOException {
    try {
      return read(files, path);
    } catch (IOException e) {
      fault.addSuppressed(e);
      throw fault;
    }
  }

  /** A file's bytes; nothing if it is not there. */
  public static Optional<byte[]> read(FileSystem files, Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Deletes what writers that died left in a folder of files that had no name yet. */
  public static void sweep(FileSystem files, Path folder) throws IOException {
    long before = Clock.systemUTC().millis() - DEAD.toMillis();
    try {
      for (FileStatus status : files.listStatus(folder)) {
        if (status.isFile()
            && isDraft(status.getPath().getName())
            && status.getModificationTime() < before) {
          files.delete(status.getPath(), /* recursive= */ false);
        }
      }
    } catch (FileNotFoundException e) {
      return; // no folder, no drafts
    }
  }

  /** Whether a name is that of a file which has no name of its own yet. */
  public static boolean isDraft(String name) {
    return name.startsWith(DRAFT);
  }

  static Path draft(Path path) {
    return new Path(path.getParent(), DRAFT + UUID.randomUUID());
  }
}
