package org.inclusionmaps.security;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.util.ShutdownHookManager;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.store.OutputFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to an output folder: one process at a time. Leases are numbered, and the
 * highest number holds; a process whose lease was taken over finds a higher one and writes nothing
 * that readers follow.
 *
 * <p>A holder raises a counter. Who wants the lease watches that counter by its own clock; clocks
 * of two machines are never compared. Source: C. Gray, D. Cheriton, Leases (SOSP 1989).
 */
public final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  /** After Spark's own hooks, at 40, and before those of file systems, at 10. */
  private static final int HOOK_PRIORITY = 20;

  private static final int BEATS = 6;

  private final LeaseFolder folder;
  private final LeaseEntry entry;
  private final Optional<Dead> dead;
  private final Heartbeat heart;
  private final long takenMillis = Clock.systemUTC().millis();
  private final Runnable hook = this::giveUp;
  private boolean givenBack;

  /**
   * A holder that died.
   *
   * @param holder what it told of itself
   * @param process {@link ThisProcess#name()} of it
   */
  public record Dead(String holder, String process) {}

  private Lease(LeaseFolder folder, Claim claim) {
    this.folder = folder;
    this.entry = claim.entry();
    this.dead = claim.dead().map(entry -> new Dead(entry.holder(), entry.process()));
    this.heart = Heartbeat.start(folder, entry);
  }

  /**
   * Takes the lease of an output folder. If another holds it, its counter is watched: at most
   * {@code seconds} of this process's clock.
   *
   * @param holder what others are told of who holds it: no personal data
   * @param seconds how long a counter stands still before its holder is taken for dead
   * @throws InclusionException {@link ErrorCode#RUN_IN_PROGRESS} if another run holds it
   */
  public static Lease take(String output, String holder, int seconds, Configuration hadoop) {
    return take(
        output,
        new LeaseEntry(
            LeaseEntry.SCHEMA_VERSION,
            1,
            holder,
            NetUtils.getLocalHostname(),
            ProcessHandle.current().pid(),
            ThisProcess.name(),
            seconds,
            UUID.randomUUID().toString()),
        hadoop);
  }

  /** The same for any process. */
  static Lease take(String output, LeaseEntry who, Configuration hadoop) {
    Path path = new Path(output);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      OutputFolder.make(files, path);
      LeaseFolder folder = LeaseFolder.of(path, files);
      Claim claim = Claim.make(folder, who, output);
      Lease lease = new Lease(folder, claim);
      ShutdownHookManager.get().addShutdownHook(lease.hook, HOOK_PRIORITY);
      tidy(folder, claim.entry());
      return lease;
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** What is left of earlier holders is in nobody's way. */
  private static void tidy(LeaseFolder folder, LeaseEntry entry) {
    try {
      folder.deleteBefore(entry.epoch());
    } catch (IOException e) {
      LOG.warn(
          "{}: files of earlier leases cannot be deleted now: {}", folder.folder(), e.toString());
    }
  }

  /** How often a holder raises its counter. */
  static long periodMillis(LeaseEntry entry) {
    return TimeUnit.SECONDS.toMillis(entry.seconds()) / BEATS;
  }

  /**
   * Whether the last holder of an output folder's lease ended without giving it back. Where only
   * its counter can tell, that is watched for as many seconds as the lease was taken for.
   *
   * @param holder what it told of itself; another one is not looked at
   */
  public static boolean isAbandoned(String output, String holder, Configuration hadoop) {
    Path path = new Path(output);
    try {
      LeaseFolder folder = LeaseFolder.of(path, path.getFileSystem(hadoop));
      long last = folder.highest();
      Optional<LeaseEntry> found = folder.holder(last);
      if (found.isEmpty() || !found.get().holder().equals(holder) || folder.isGivenBack(last)) {
        return false;
      }
      return switch (ThisProcess.life(found.get().process())) {
        case ALIVE -> false;
        case GONE -> true;
        case UNKNOWN -> Claim.standsStill(folder, found.get());
      };
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING,
          "the lease of %s cannot be read: %s".formatted(path, e.getMessage()),
          e);
    }
  }

  /** The holder before, if it ended without giving the lease back. */
  public Optional<Dead> takenOverFrom() {
    return dead;
  }

  /** When it was taken, milliseconds of this machine's clock. */
  public long takenMillis() {
    return takenMillis;
  }

  /**
   * Makes sure that this process still holds the lease, right before it does what others would be
   * in the way of. Afterwards nobody takes it over for as many seconds as it was taken for.
   *
   * @throws InclusionException {@link ErrorCode#RUN_IN_PROGRESS} if another took it over
   */
  public synchronized void confirm() {
    if (givenBack) {
      throw new InclusionException(
          ErrorCode.RUN_IN_PROGRESS,
          "the lease %s was given back, as this process ends; nothing was changed that readers follow"
              .formatted(folder.folder()));
    }
    try {
      heart.beat(); // first: from here on a watcher waits its whole time
      if (folder.isHighest(entry)) {
        return;
      }
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RUN_IN_PROGRESS,
          "the lease %s cannot be confirmed, and another run may hold it: %s; nothing was changed that readers follow"
              .formatted(folder.folder(), e.getMessage()),
          e);
    }
    throw new InclusionException(
        ErrorCode.RUN_IN_PROGRESS,
        "another run took over the lease %s, as this one showed no life for %d s; nothing was changed that readers follow"
            .formatted(folder.folder(), entry.seconds()));
  }

  private static InclusionException unusable(Path path, IOException e) {
    return new InclusionException(
        ErrorCode.RESOURCES_EXHAUSTED,
        "the lease of %s cannot be written: %s".formatted(path, e.getMessage()),
        e);
  }

  /** Gives the lease back. If that fails, the next run finds that this process is gone. */
  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
    giveBack();
  }

  /** A signal ends the process: the next run may begin. */
  private void giveUp() {
    giveBack();
    System.err.println("Interrupted: nothing is half published; run the same command again.");
  }

  /** Once: a signal may come while its holder gives it back. */
  private synchronized void giveBack() {
    if (givenBack) {
      return;
    }
    givenBack = true;
    heart.stop();
    Claim.end(entry);
    try {
      folder.giveBack(entry);
    } catch (IOException | RuntimeException | Error e) {
      LOG.warn(
          "The lease could not be given back ({}): the next run waits up to {} s",
          e.toString(),
          entry.seconds());
    }
  }
}
