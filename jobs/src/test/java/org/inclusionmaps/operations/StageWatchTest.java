package org.inclusionmaps.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.operations.StageAccount.Outcome;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;

@ExtendWith(SparkExtension.class)
class StageWatchTest {
  private static Map<String, StageAccount> byStage(StageWatch watch) {
    return watch.accounts().stream()
        .collect(Collectors.toMap(StageAccount::stage, account -> account));
  }

  /** A stage whose work is to count in some tasks. */
  private static void stage(StageWatch watch, SparkSession spark, String name, int tasks) {
    try (StageWatch.Step step = watch.begin(name)) {
      long rows =
          JavaSparkContext.fromSparkContext(spark.sparkContext())
              .parallelize(java.util.Collections.nCopies(tasks, 1), tasks)
              .count();
      step.done(new StageAccount.Written(name, rows, 1, 10));
    }
  }

  @Test
  void jobsOfTwoStagesAtATimeAreToldApart(SparkSession spark) throws Exception {
    var threads = Executors.newFixedThreadPool(2);
    try (StageWatch watch = new StageWatch(spark.sparkContext())) {
      CountDownLatch both = new CountDownLatch(2);
      Future<?> first =
          threads.submit(
              () -> {
                meet(both);
                stage(watch, spark, "seven", 7);
              });
      Future<?> second =
          threads.submit(
              () -> {
                meet(both);
                stage(watch, spark, "eleven", 11);
              });
      first.get();
      second.get();
      spark.range(10).count(); // no stage's
      assertThat(byStage(watch).get("seven").tasks().tasks()).isEqualTo(7);
      assertThat(byStage(watch).get("eleven").tasks().tasks()).isEqualTo(11);
    } finally {
      threads.shutdown();
    }
  }

  private static void meet(CountDownLatch both) {
    both.countDown();
    try {
      both.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void rowsThatAShuffleMovesAreSummed(SparkSession spark) {
    try (StageWatch watch = new StageWatch(spark.sparkContext())) {
      try (StageWatch.Step step = watch.begin("shuffle")) {
        spark.range(0, 1000, 1, 3).repartition(4).write().format("noop").mode("overwrite").save();
        step.done();
      }
      TaskSums sums = byStage(watch).get("shuffle").tasks();
      assertThat(sums.tasks()).isEqualTo(7);
      assertThat(sums.shuffleWriteBytes()).isPositive().isEqualTo(sums.shuffleReadBytes());
      assertThat(sums.failedTasks()).isZero();
      assertThat(sums.runMillis()).isPositive();
    }
  }

  @Test
  void aStageThatFailsIsToldAsFailedWithItsTasks(SparkSession spark) {
    try (StageWatch watch = new StageWatch(spark.sparkContext())) {
      assertThatThrownBy(
              () -> {
                try (StageWatch.Step step = watch.begin("bad")) {
                  JavaSparkContext.fromSparkContext(spark.sparkContext())
                      .parallelize(java.util.List.of(1), 1)
                      .foreach(
                          one -> {
                            throw new IllegalStateException(
                                "on purpose in " + TaskContext.getPartitionId());
                          });
                  step.done();
                }
              })
          .hasMessageContaining("on purpose");
      StageAccount bad = byStage(watch).get("bad");
      assertThat(bad.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(bad.written()).isNull();
      assertThat(bad.tasks().failedTasks()).isEqualTo(1);
    }
  }

  @Test
  void logLinesOfTheThreadNameItsStageWhileItRuns(SparkSession spark) {
    try (StageWatch watch = new StageWatch(spark.sparkContext());
        StageWatch.Step step = watch.begin("named")) {
      assertThat(MDC.get("stage")).isEqualTo("named");
      step.done();
    }
    assertThat(MDC.get("stage")).isNull();
    assertThat(spark.sparkContext().getLocalProperty("mdc.stage")).isNull();
  }
}
