package org.inclusionmaps.job;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells where a run is: one line that renews itself on a terminal, log lines elsewhere. */
final class Progress extends SparkListener {
  /** How to tell it. */
  enum Mode {
    AUTO,
    PLAIN,
    NONE
  }

  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private static final long REDRAW_MILLIS = 200;

  private final boolean line;
  private final boolean quiet;
  private final PrintStream out;
  private final int steps;
  private final AtomicLong tasks = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final long startedNanos = System.nanoTime();
  private volatile String step = "";
  private final AtomicInteger number = new AtomicInteger();
  private volatile long drawnNanos;

  Progress(Mode mode, int steps, PrintStream out) {
    this.quiet = mode == Mode.NONE;
    // scripts/inclusion knows whether standard error is a terminal; Java cannot tell.
    this.line = mode == Mode.AUTO && System.getenv("INCLUSION_TERMINAL") != null;
    this.steps = steps;
    this.out = out;
  }

  void begin(String name) {
    number.incrementAndGet();
    step = name;
    tasks.set(0);
    done.set(0);
    if (!line && !quiet) {
      LOG.info("{} of {}: {}", number.get(), steps, name);
    }
    draw(true);
  }

  void end(String outcome) {
    if (line && !quiet) {
      out.printf("\r\u001b[K%2d/%d %-22s %s%n", number.get(), steps, step, outcome);
    } else if (!quiet) {
      LOG.info("{} of {}: {}: {}", number.get(), steps, step, outcome);
    }
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    start
        .stageInfos()
        .foreach(
            info -> {
              tasks.addAndGet(info.numTasks());
              return null;
            });
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    done.incrementAndGet();
    draw(false);
  }

  private void draw(boolean now) {
    if (!line || quiet) {
      return;
    }
    long nanos = System.nanoTime();
    if (!now && nanos - drawnNanos < REDRAW_MILLIS * 1_000_000) {
      return;
    }
    drawnNanos = nanos;
    double within = tasks.get() == 0 ? 0 : Math.min(1, (double) done.get() / tasks.get());
    double share = (number.get() - 1 + within) / steps;
    double elapsed = (nanos - startedNanos) / 1e9;
    String left =
        share < 0.05
            ? ""
            : String.format(Locale.ROOT, ", about %.0f s left", elapsed / share - elapsed);
    out.printf(
        Locale.ROOT,
        "\r\u001b[K%2d/%d %-22s %3.0f %%%s",
        number.get(),
        steps,
        step,
        100 * within,
        left);
    out.flush();
  }
}
