package org.inclusionmaps.security;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises the counter of a lease as long as its process lives. */
final class Heartbeat {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final LeaseFolder folder;
  private final LeaseEntry entry;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Heartbeat::daemon);
  private long count;

  private Heartbeat(LeaseFolder folder, LeaseEntry entry) {
    this.folder = folder;
    this.entry = entry;
  }

  /** Starts to beat, six times in the seconds of an entry. */
  static Heartbeat start(LeaseFolder folder, LeaseEntry entry) {
    Heartbeat heart = new Heartbeat(folder, entry);
    long millis = Lease.periodMillis(entry);
    var unused =
        heart.timer.scheduleAtFixedRate(heart::beatOrWarn, millis, millis, TimeUnit.MILLISECONDS);
    return heart;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lease");
    thread.setDaemon(true);
    return thread;
  }

  /** Raises the counter once. */
  synchronized void beat() throws IOException {
    if (!timer.isShutdown()) {
      folder.beat(entry.epoch(), ++count);
    }
  }

  private void beatOrWarn() {
    try {
      beat();
    } catch (IOException | RuntimeException | Error e) { // it must try again, whatever it was
      LOG.warn("The lease cannot be renewed now; it is tried again: {}", e.toString());
    }
  }

  synchronized void stop() {
    timer.shutdownNow();
  }
}
