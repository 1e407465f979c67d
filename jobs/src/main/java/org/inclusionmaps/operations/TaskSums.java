package org.inclusionmaps.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.spark.executor.TaskMetrics;

/**
 * What tasks did and took, summed over those of one stage. Bytes and records of reading and writing
 * are those that Spark counts: of files, not of what Java reads by itself.
 *
 * @param tasks that ended, well or not
 * @param failedTasks of them, that failed; those of a speculative copy that lost are none
 * @param retriedTasks of them, that were a second attempt or later
 * @param inputBytes read from files
 * @param outputBytes written to files
 * @param spilledMemoryBytes of rows that were moved out of memory, as they were there
 * @param spilledDiskBytes of the same as they lie on the disk
 * @param cpuMillis CPU of the executors' task threads
 * @param runMillis time of those threads by the clock
 * @param gcMillis of it, in garbage collection
 * @param peakMemoryBytes the most execution memory of a single task
 */
public record TaskSums(
    long tasks,
    @JsonProperty("failed_tasks") long failedTasks,
    @JsonProperty("retried_tasks") long retriedTasks,
    @JsonProperty("input_bytes") long inputBytes,
    @JsonProperty("input_records") long inputRecords,
    @JsonProperty("output_bytes") long outputBytes,
    @JsonProperty("output_records") long outputRecords,
    @JsonProperty("shuffle_read_bytes") long shuffleReadBytes,
    @JsonProperty("shuffle_write_bytes") long shuffleWriteBytes,
    @JsonProperty("spilled_memory_bytes") long spilledMemoryBytes,
    @JsonProperty("spilled_disk_bytes") long spilledDiskBytes,
    @JsonProperty("cpu_millis") long cpuMillis,
    @JsonProperty("run_millis") long runMillis,
    @JsonProperty("gc_millis") long gcMillis,
    @JsonProperty("peak_memory_bytes") long peakMemoryBytes) {
  private static final long NANOS_IN_MILLI = 1_000_000;

  /** Of no task. */
  public static final TaskSums NONE = new TaskSums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** One task, whatever it took. */
  static TaskSums ended(boolean failed, boolean retried) {
    return new TaskSums(1, failed ? 1 : 0, retried ? 1 : 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** What one task took. */
  static TaskSums of(TaskMetrics task) {
    return new TaskSums(
        0,
        0,
        0,
        task.inputMetrics().bytesRead(),
        task.inputMetrics().recordsRead(),
        task.outputMetrics().bytesWritten(),
        task.outputMetrics().recordsWritten(),
        task.shuffleReadMetrics().totalBytesRead(),
        task.shuffleWriteMetrics().bytesWritten(),
        task.memoryBytesSpilled(),
        task.diskBytesSpilled(),
        task.executorCpuTime() / NANOS_IN_MILLI,
        task.executorRunTime(),
        task.jvmGCTime(),
        task.peakExecutionMemory());
  }

  TaskSums plus(TaskSums other) {
    return new TaskSums(
        tasks + other.tasks,
        failedTasks + other.failedTasks,
        retriedTasks + other.retriedTasks,
        inputBytes + other.inputBytes,
        inputRecords + other.inputRecords,
        outputBytes + other.outputBytes,
        outputRecords + other.outputRecords,
        shuffleReadBytes + other.shuffleReadBytes,
        shuffleWriteBytes + other.shuffleWriteBytes,
        spilledMemoryBytes + other.spilledMemoryBytes,
        spilledDiskBytes + other.spilledDiskBytes,
        cpuMillis + other.cpuMillis,
        runMillis + other.runMillis,
        gcMillis + other.gcMillis,
        Math.max(peakMemoryBytes, other.peakMemoryBytes));
  }
}
