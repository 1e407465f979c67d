package org.inclusionmaps.security;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a process comes by the next epoch of a lease: once the last one was given back, or its holder
 * counts as dead.
 *
 * @param entry of the epoch that it made its own
 * @param dead the holder before, if it ended without giving the lease back
 */
record Claim(LeaseEntry entry, Optional<LeaseEntry> dead) {
  private static final Logger LOG = LoggerFactory.getLogger(Claim.class);
  private static final long LONGEST_LOOK_MILLIS = 1000;

  /**
   * Waits until an epoch is free, and creates the entry of the next. {@link #end} follows once the
   * lease is given back.
   *
   * @throws InclusionException {@link ErrorCode#RUN_IN_PROGRESS} if the holder is seen to live
   */
  static Claim make(LeaseFolder folder, LeaseEntry who, String output) throws IOException {
    held().add(who.nonce());
    try {
      return create(folder, who, output);
    } catch (IOException | RuntimeException | Error e) {
      end(who);
      throw e;
    }
  }

  /** This process holds it no more, though it may live on. */
  static void end(LeaseEntry who) {
    held().remove(who.nonce());
  }

  /**
   * Holders in this Java process, in whatever class loader. One that is not here has ended, though
   * its process lives: a full disk may have kept it from saying so.
   */
  @SuppressWarnings("unchecked") // nobody else writes under this name
  private static Set<String> held() {
    return (Set<String>)
        System.getProperties()
            .computeIfAbsent(Claim.class.getName(), name -> ConcurrentHashMap.newKeySet());
  }

  private static Claim create(LeaseFolder folder, LeaseEntry who, String output)
      throws IOException {
    while (true) {
      long last = folder.highest();
      Optional<LeaseEntry> dead = Optional.empty();
      Optional<LeaseEntry> holder = folder.holder(last);
      if (holder.isPresent()
          && !folder.isGivenBack(last)
          && died(folder, holder.get(), who, output)) {
        dead = holder;
      }
      LeaseEntry mine = who.at(last + 1);
      if (folder.highest() == last && folder.create(mine)) {
        // Another may have taken, given back and tidied this very number since it was looked for.
        if (folder.isHighest(mine)) {
          return new Claim(mine, dead);
        }
        folder.withdraw(mine);
      }
    }
  }

  /**
   * Waits for the end of a holder, and refuses as soon as it is seen to live.
   *
   * @return whether it died; if not, it gave its lease back or another holds it now
   */
  private static boolean died(LeaseFolder folder, LeaseEntry holder, LeaseEntry who, String output)
      throws IOException {
    if (endedHere(holder, ThisProcess.name())) {
      LOG.warn(
          "{} ended without giving the lease back: {} takes over", holder.words(), who.holder());
      return true;
    }
    switch (ThisProcess.life(holder.process())) {
      case ALIVE -> throw inProgress(output, holder);
      case GONE -> {
        LOG.warn(
            "{} is gone without giving the lease back: {} takes over",
            holder.words(),
            who.holder());
        return true;
      }
      case UNKNOWN -> {}
    }
    return shownNoLife(folder, holder, who, output);
  }

  private static boolean shownNoLife(
      LeaseFolder folder, LeaseEntry holder, LeaseEntry who, String output) throws IOException {
    int seconds = Math.max(who.seconds(), holder.seconds());
    LOG.warn(
        "{} holds the lease of {}; watching for {} s whether it lives",
        holder.words(),
        output,
        seconds);
    String first = folder.beat(holder.epoch());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      pause(Math.min(LONGEST_LOOK_MILLIS, Lease.periodMillis(who)));
      if (folder.highest() != holder.epoch() || folder.isGivenBack(holder.epoch())) {
        return false;
      }
      if (!folder.beat(holder.epoch()).equals(first)) {
        throw inProgress(output, holder);
      }
    }
    LOG.warn("{} has shown no life for {} s: {} takes over", holder.words(), seconds, who.holder());
    return true;
  }

  /**
   * Whether a holder was of this process and has ended. Where the system does not tell processes
   * apart their names are empty, and equal names say nothing.
   *
   * @param self {@link ThisProcess#name()}
   */
  static boolean endedHere(LeaseEntry holder, String self) {
    return !self.isEmpty() && holder.process().equals(self) && !held().contains(holder.nonce());
  }

  /** Whether a holder does not raise its counter for as long as it took the lease for. */
  static boolean standsStill(LeaseFolder folder, LeaseEntry holder) throws IOException {
    String first = folder.beat(holder.epoch());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(holder.seconds());
    while (System.nanoTime() < end) {
      pause(LONGEST_LOOK_MILLIS);
      if (folder.isGivenBack(holder.epoch()) || !folder.beat(holder.epoch()).equals(first)) {
        return false;
      }
    }
    return true;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a lease", e);
    }
  }

  private static InclusionException inProgress(String output, LeaseEntry holder) {
    return new InclusionException(
        ErrorCode.RUN_IN_PROGRESS,
        "another run writes to %s: %s; wait for it, or end that process"
            .formatted(output, holder.words()));
  }
}
