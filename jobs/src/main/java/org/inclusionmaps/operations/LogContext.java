package org.inclusionmaps.operations;

import org.apache.spark.SparkContext;
import org.slf4j.MDC;

/**
 * Which run, attempt, release and stage a log line belongs to. {@code conf/log4j2*.properties}
 * print the thread's own stage, else the process's: Spark's threads on the driver begin before a
 * run is known, so what a thread inherits does not do.
 */
public final class LogContext {
  static final String STAGE = "stage";

  private static final String PROCESS = "inclusion.";

  /** Spark puts a job's properties of this prefix into the log context of its tasks. */
  private static final String OF_TASKS = "mdc.";

  private LogContext() {}

  /** Names the attempt in the lines of the whole process. */
  public static void attempt(String label) {
    System.setProperty(PROCESS + "attempt", label);
    forget("run");
    forget("release");
    forget(STAGE);
  }

  /** Names the run in the lines of the whole process, and of tasks that this thread starts. */
  public static void run(SparkContext spark, String id) {
    System.setProperty(PROCESS + "run", id);
    spark.setLocalProperty(OF_TASKS + "run", id);
  }

  /** Names the release in the lines of the whole process. */
  public static void release(String id) {
    System.setProperty(PROCESS + "release", id);
  }

  /** Names the stage in this thread's lines, those of its tasks, and of threads without one. */
  static void stage(SparkContext spark, String name) {
    System.setProperty(PROCESS + STAGE, name);
    MDC.put(STAGE, name);
    spark.setLocalProperty(OF_TASKS + STAGE, name);
    spark.setLocalProperty(OF_TASKS + "run", System.getProperty(PROCESS + "run"));
  }

  /** A stage that this thread named is over. */
  static void noStage(SparkContext spark, String name) {
    if (name.equals(System.getProperty(PROCESS + STAGE))) {
      forget(STAGE);
    }
    MDC.remove(STAGE);
    spark.setLocalProperty(OF_TASKS + STAGE, null);
  }

  private static void forget(String what) {
    System.clearProperty(PROCESS + what);
  }
}
