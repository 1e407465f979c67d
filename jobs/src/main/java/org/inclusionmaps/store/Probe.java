package org.inclusionmaps.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.UserGroupInformation;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.error.Resources;

/**
 * Tries whether a store keeps what {@link SmallFiles} promises: that of many who create a file one
 * wins, and that readers see a file that is replaced whole. Lease, ledger and pointer rest on it.
 */
public final class Probe {
  private static final int WRITERS = 16;
  private static final int ROUNDS = 5;
  private static final int READERS = 2;
  private static final int REPLACEMENTS = 8;
  private static final String WHAT_TO_DO =
      "; leases, the privacy ledger and CURRENT would not be safe there: use HDFS, a local disk,"
          + " or an S3 that honours If-None-Match";

  private final FileSystem files;
  private final Path output;
  private final Path folder;

  private Probe(FileSystem files, Path output) {
    this.files = files;
    this.output = output;
    this.folder = new Path(output, "_probe-" + UUID.randomUUID());
  }

  /**
   * Tries an output folder, which is made if it is not there. Nothing stays behind.
   *
   * @throws InclusionException {@link ErrorCode#SETTINGS_WRONG} if it does not keep the promise;
   *     {@link ErrorCode#RESOURCES_EXHAUSTED} if it cannot be written
   */
  public static void check(String output, Configuration hadoop) {
    Path path = new Path(output);
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS, Probe::daemon);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      OutputFolder.make(files, path);
      Probe probe = new Probe(files, path);
      try {
        for (int round = 0; round < ROUNDS; round++) {
          probe.create(threads, round);
        }
        probe.replace(threads);
      } finally {
        files.delete(probe.folder, /* recursive= */ true);
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static InclusionException unwritable(Path output, IOException why) {
    String told = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
    String remedy =
        Resources.exhausted(why)
            ? "free disk there"
            : "give the user of the job the right to write there";
    return new InclusionException(
        ErrorCode.RESOURCES_EXHAUSTED,
        "output.path is %s, but the user %s cannot write there: %s; %s, or name another folder"
            .formatted(output, user(), told, remedy),
        why);
  }

  private static String user() {
    try {
      return UserGroupInformation.getCurrentUser().getShortUserName();
    } catch (IOException e) {
      return System.getProperty("user.name", "unknown");
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "probe");
    thread.setDaemon(true);
    return thread;
  }

  private void create(ExecutorService threads, int round) throws IOException {
    Path path = new Path(folder, "created-" + round);
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      byte[] own = bytes("writer " + i);
      writers.add(
          () -> {
            start.await();
            return wins(path, own);
          });
    }
    int winners = 0;
    byte[] won = new byte[0];
    List<Boolean> results = all(threads, writers);
    for (int i = 0; i < WRITERS; i++) {
      if (results.get(i)) {
        winners++;
        won = bytes("writer " + i);
      }
    }
    if (winners != 1) {
      throw refused(
          "of %d writers that created one file at the same time %d were told that they did, where one may be"
              .formatted(WRITERS, winners));
    }
    if (!Arrays.equals(won, SmallFiles.read(files, path).orElse(new byte[0]))) {
      throw refused(
          "a file does not have the bytes of the one writer who was told that it made it");
    }
  }

  private boolean wins(Path path, byte[] bytes) throws IOException {
    try {
      SmallFiles.create(files, path, bytes);
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException
        | java.nio.file.FileAlreadyExistsException e) {
      return false;
    }
  }

  private void replace(ExecutorService threads) throws IOException {
    Path path = new Path(folder, "replaced");
    byte[] shorter = bytes("old");
    byte[] longer = bytes("new".repeat(2000));
    SmallFiles.replace(files, path, shorter);
    AtomicBoolean done = new AtomicBoolean();
    List<Callable<Boolean>> work = new ArrayList<>();
    work.add(
        () -> {
          try {
            for (int i = 0; i < REPLACEMENTS; i++) {
              SmallFiles.replace(files, path, i % 2 == 0 ? longer : shorter);
            }
          } finally {
            done.set(true);
          }
          return true;
        });
    for (int i = 0; i < READERS; i++) {
      work.add(() -> readsWhole(path, shorter, longer, done));
    }
    if (all(threads, work).contains(false)) {
      throw refused("a file that was being replaced was seen half or not at all");
    }
  }

  private boolean readsWhole(Path path, byte[] one, byte[] other, AtomicBoolean done) {
    while (!done.get()) {
      try {
        Optional<byte[]> seen = SmallFiles.read(files, path);
        if (seen.isEmpty()
            || (!Arrays.equals(seen.get(), one) && !Arrays.equals(seen.get(), other))) {
          return false;
        }
      } catch (IOException e) {
        Thread.onSpinWait(); // HDFS may drop the old file while it is read; a reader asks again
      }
    }
    return true;
  }

  private static List<Boolean> all(ExecutorService threads, List<Callable<Boolean>> work)
      throws IOException {
    List<Boolean> results = new ArrayList<>();
    try {
      for (Future<Boolean> future : threads.invokeAll(work)) {
        results.add(future.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
    return results;
  }

  private InclusionException refused(String why) {
    return new InclusionException(
        ErrorCode.SETTINGS_WRONG, "output.path is " + output + ", but there " + why + WHAT_TO_DO);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
