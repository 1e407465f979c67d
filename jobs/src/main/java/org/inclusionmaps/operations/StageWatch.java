package org.inclusionmaps.operations;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.inclusionmaps.operations.StageAccount.Outcome;
import org.inclusionmaps.operations.StageAccount.Written;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Follows the stages of an attempt, of which two may run at a time, each in its own thread. */
public final class StageWatch implements AutoCloseable {
  private static final double MILLIS = 1000;

  private final SparkContext spark;
  private final Clock clock;
  private final StageMetrics metrics;
  private final List<StageAccount> accounts = new ArrayList<>();

  /** Watches a Spark application. */
  public StageWatch(SparkContext spark) {
    this(spark, Clock.systemUTC());
  }

  StageWatch(SparkContext spark, Clock clock) {
    this.spark = spark;
    this.clock = clock;
    this.metrics = StageMetrics.listen(spark);
  }

  /** One stage at work. It counts as failed unless it was told done before it is closed. */
  public final class Step implements AutoCloseable {
    private final String stage;
    private final Instant started = clock.instant();
    private Outcome outcome = Outcome.FAILED;
    private @Nullable Written written;

    private Step(String stage) {
      this.stage = stage;
    }

    /** The stage is done, and wrote a table. */
    public void done(Written table) {
      written = table;
      outcome = Outcome.DONE;
    }

    /** The stage is done, and writes no table. */
    public void done() {
      outcome = Outcome.DONE;
    }

    @Override
    public void close() {
      TaskSums tasks = metrics.end(stage);
      LogContext.noStage(spark, stage);
      double seconds = (clock.millis() - started.toEpochMilli()) / MILLIS;
      add(
          new StageAccount(
              stage,
              outcome,
              written,
              started.truncatedTo(ChronoUnit.SECONDS).toString(),
              seconds,
              tasks));
    }
  }

  /** Begins a stage in this thread. Close what it gives in the same thread. */
  public Step begin(String stage) {
    LogContext.stage(spark, stage);
    metrics.begin(stage);
    return new Step(stage);
  }

  /** Does something in this thread whose log lines are about a stage that another thread runs. */
  public static void about(String stage, Runnable work) {
    MDC.put(LogContext.STAGE, stage);
    try {
      work.run();
    } finally {
      MDC.remove(LogContext.STAGE);
    }
  }

  /** A stage need not run: its table is there. */
  public void reused(String stage, Written table) {
    add(new StageAccount(stage, Outcome.REUSED, table, null, 0, TaskSums.NONE));
  }

  private void add(StageAccount account) {
    synchronized (accounts) {
      accounts.add(account);
    }
    RunGauges.stage(account);
  }

  /** What became of each stage so far, in the order in which they ended. */
  public List<StageAccount> accounts() {
    synchronized (accounts) {
      return List.copyOf(accounts);
    }
  }

  @Override
  public void close() {
    metrics.stop();
  }
}
