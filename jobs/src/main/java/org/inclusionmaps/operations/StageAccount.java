package org.inclusionmaps.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * What became of one stage in one attempt.
 *
 * @param stage its name; {@code ingest census} for a feed, {@code release} for the publication
 * @param outcome how it ended
 * @param written its table; null where it failed or writes none
 * @param started as 2026-01-31T02:00:00Z; null where it did not run
 * @param seconds by the clock; 0 where it did not run
 * @param tasks what Spark's tasks took
 */
public record StageAccount(
    String stage,
    Outcome outcome,
    @JsonUnwrapped @Nullable Written written,
    @Nullable String started,
    double seconds,
    @JsonProperty("tasks") @JsonUnwrapped TaskSums tasks) {
  /**
   * A table as it lies in the run's folder.
   *
   * @param bytes of its files
   */
  public record Written(String table, long rows, int files, long bytes) {}

  /** How a stage ended. */
  public enum Outcome {
    /** It ran to its end. */
    @JsonProperty("done")
    DONE,
    /** Its table is that of an earlier attempt. */
    @JsonProperty("reused")
    REUSED,
    /** It did not end. */
    @JsonProperty("failed")
    FAILED
  }
}
