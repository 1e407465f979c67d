package org.inclusionmaps.error;

import java.util.List;

/** Whether something failed for want of disk or memory, and not for what was computed. */
public final class Resources {
  private static final List<String> SIGNS =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "java.lang.OutOfMemoryError",
          "org.apache.hadoop.fs.FSError", // of a local disk, in whatever language
          "QuotaExceededException", // and these of HDFS
          "could only be written to 0 of the");

  private Resources() {}

  /** Looks through the causes: Spark tells a task's failure by its text alone. */
  public static boolean exhausted(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause);
      if (cause instanceof OutOfMemoryError || SIGNS.stream().anyMatch(text::contains)) {
        return true;
      }
      if (cause.getCause() == cause) {
        return false;
      }
    }
    return false;
  }
}
