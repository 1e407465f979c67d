package org.inclusionmaps.security;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/**
 * The right to write to an output folder: one run at a time, by a file that only one can create.
 */
public final class Lease implements AutoCloseable {
  private static final String NAME = "LEASE";

  /** After Spark's own hooks, at 40, and before those of file systems, at 10. */
  private static final int HOOK_PRIORITY = 20;

  private final FileSystem files;
  private final Path path;
  private final Runnable hook = this::giveUp;

  private Lease(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  /**
   * Takes the lease of an output folder.
   *
   * @param holder what the file says of who holds it: no personal data
   * @throws InclusionException {@link ErrorCode#RUN_IN_PROGRESS} if another run holds it
   */
  public static Lease take(String output, String holder, Configuration hadoop) {
    Path path = new Path(output, NAME);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      makeFolder(files, path.getParent());
      try (OutputStream out = CreateOnly.open(files, path)) {
        out.write((holder + "\n").getBytes(StandardCharsets.UTF_8));
      }
      Lease lease = new Lease(files, path);
      ShutdownHookManager.get().addShutdownHook(lease.hook, HOOK_PRIORITY);
      return lease;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      throw new InclusionException(
          ErrorCode.RUN_IN_PROGRESS,
          "another run writes to %s; if it is dead, delete %s".formatted(output, path),
          e);
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED,
          "%s cannot be written: %s".formatted(path, e.getMessage()),
          e);
    }
  }

  private static void makeFolder(FileSystem files, Path folder) throws IOException {
    try {
      if (files.mkdirs(folder)) {
        return;
      }
    } catch (FileAlreadyExistsException | ParentNotDirectoryException e) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "output.path is %s, which is no folder: a file is in its place or above it; name another"
              .formatted(folder),
          e);
    }
    throw new IOException("the folder " + folder + " cannot be made");
  }

  /** Gives the lease back. */
  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
    delete();
  }

  /** A signal ends the process: the next run may begin. */
  private void giveUp() {
    delete();
    System.err.println("Interrupted: nothing was published; run the same command again.");
  }

  private void delete() {
    try {
      files.delete(path, /* recursive= */ false);
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED,
          "%s cannot be deleted: %s; delete it by hand".formatted(path, e.getMessage()),
          e);
    }
  }
}
