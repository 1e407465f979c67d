package org.inclusionmaps.job;

import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ShutdownHookManager;
import org.inclusionmaps.operations.Failure;
import org.inclusionmaps.security.Lease;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records that a command runs, and how it ends, also if a signal ends it. */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  /** After Spark's own hooks, at 50, and before those of the lease, at 20, and of files, at 10. */
  private static final int HOOK_PRIORITY = 30;

  private static final Clock CLOCK = Clock.systemUTC();

  private volatile Attempt attempt;
  private volatile Runnable whenInterrupted = () -> {};
  private volatile boolean told;
  private final String output;
  private final Configuration hadoop;

  private Attempts(Attempt attempt, String output, Configuration hadoop) {
    this.attempt = attempt;
    this.output = output;
    this.hadoop = hadoop;
  }

  /** What is done; it returns the release that it published, or null. */
  @FunctionalInterface
  interface Work {
    @Nullable String run(Attempts attempts);
  }

  /**
   * Does some work. What goes wrong in recording it is logged, and changes nothing of it.
   *
   * @param label of the attempt; empty: one is made
   */
  static void record(String command, String label, String output, Configuration hadoop, Work work) {
    Attempts own = new Attempts(Attempt.begin(label, command, CLOCK), output, hadoop);
    Runnable hook = own::interrupted;
    own.write(own.attempt);
    ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY);
    try {
      String release = work.run(own);
      own.end(own.attempt.done(release, CLOCK));
    } catch (Throwable e) { // Spark throws exceptions that Java would have declared
      own.end(own.attempt.failed(Failure.of(e), CLOCK));
      throw e;
    } finally {
      if (!ShutdownHookManager.get().isShutdownInProgress()) {
        ShutdownHookManager.get().removeShutdownHook(hook);
      }
    }
  }

  /** Tells the run's name as soon as it is known. */
  void ofRun(String id) {
    attempt = attempt.ofRun(id);
    write(attempt);
  }

  /** What a signal that ends the process does besides, while the lease is held. */
  void whenInterrupted(Runnable mark) {
    whenInterrupted = mark;
  }

  /** Tells the release that is out, whatever fails after it. */
  void published(String release) {
    attempt = attempt.ofRelease(release);
    write(attempt);
  }

  /** The label of the attempt. */
  String label() {
    return attempt.label();
  }

  /**
   * Takes the lease of the output.
   *
   * @param seconds how long this process may show no life before others take it for dead
   */
  Lease lease(int seconds) {
    return lease(output, attempt.holder(), seconds, hadoop);
  }

  /** The same for a command that is no attempt. Who died while it held the lease is told of. */
  static Lease lease(String output, String holder, int seconds, Configuration hadoop) {
    Lease lease = Lease.take(output, holder, seconds, hadoop);
    lease
        .takenOverFrom()
        .ifPresent(
            dead ->
                guarded(
                    "the end of " + dead.holder(),
                    () -> AttemptFiles.tookOver(output, dead, hadoop)));
    return lease;
  }

  private void interrupted() {
    if (attempt.state() == Attempt.State.RUNNING) {
      end(attempt.failed(Failure.of(new InterruptedException()), CLOCK));
      guarded("that a signal ended the run", whenInterrupted);
    }
  }

  private void end(Attempt ended) {
    attempt = ended;
    write(ended);
  }

  private void write(Attempt state) {
    try {
      AttemptFiles.write(state, output, hadoop);
    } catch (RuntimeException | Error e) { // a full disk must not hide why the work failed
      if (!told) {
        told = true;
        LOG.warn("the attempt {} cannot be recorded: {}", state.label(), e.toString());
      }
    }
  }

  /** What fails in telling of others does not end work that goes well. */
  private static void guarded(String what, Runnable record) {
    try {
      record.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("{} cannot be recorded: {}", what, e.toString());
    }
  }
}
