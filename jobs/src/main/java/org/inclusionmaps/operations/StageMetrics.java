package org.inclusionmaps.operations;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sums over the tasks of each of our stages. A job belongs to the stage that the thread which
 * started it had named, so feeds that are read at the same time are told apart. Tasks of a job that
 * no stage started count nowhere.
 */
final class StageMetrics extends SparkListener {
  private static final Logger LOG = LoggerFactory.getLogger(StageMetrics.class);

  /** The property of Spark's jobs that names our stage; threads inherit it. */
  private static final String STAGE = "inclusion.stage";

  private static final long PATIENCE_MILLIS = 10_000;

  private final SparkContext spark;
  private final Map<Integer, String> ours = new ConcurrentHashMap<>();
  private final Map<String, TaskSums> sums = new ConcurrentHashMap<>();

  private StageMetrics(SparkContext spark) {
    this.spark = spark;
  }

  /** Listens to a Spark application until {@link #stop}. */
  static StageMetrics listen(SparkContext spark) {
    StageMetrics metrics = new StageMetrics(spark);
    spark.addSparkListener(metrics);
    return metrics;
  }

  void stop() {
    spark.removeSparkListener(this);
  }

  /** Jobs that this thread starts from now on belong to a stage. */
  void begin(String stage) {
    spark.setLocalProperty(STAGE, stage);
  }

  /** Jobs that this thread starts from now on belong to none. What the stage's tasks took. */
  TaskSums end(String stage) {
    spark.setLocalProperty(STAGE, null);
    try {
      spark.listenerBus().waitUntilEmpty(PATIENCE_MILLIS); // tasks are told later than they end
    } catch (java.util.concurrent.TimeoutException e) {
      LOG.warn("Spark is late to tell of its tasks: the sums of {} are too low", stage);
    }
    return sums.getOrDefault(stage, TaskSums.NONE);
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    Properties properties = start.properties();
    String stage = properties == null ? null : properties.getProperty(STAGE);
    if (stage != null) {
      start
          .stageInfos()
          .foreach(
              info -> {
                ours.put(info.stageId(), stage);
                return null;
              });
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    String stage = ours.get(end.stageId());
    if (stage == null) {
      return;
    }
    boolean failed = end.taskInfo().failed() && !(end.reason() instanceof TaskKilled);
    TaskSums task = TaskSums.ended(failed, end.taskInfo().attemptNumber() > 0);
    if (end.taskMetrics() != null) { // an executor that is lost tells nothing
      task = task.plus(TaskSums.of(end.taskMetrics()));
    }
    sums.merge(stage, task, TaskSums::plus);
  }
}
