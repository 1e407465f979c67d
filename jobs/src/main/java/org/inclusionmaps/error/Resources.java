package org.inclusionmaps.error;

import java.util.List;
import java.util.Optional;

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

  /** Whether disk or memory ran out. */
  public static boolean exhausted(Throwable thrown) {
    return lack(thrown).isPresent();
  }

  /**
   * What tells that disk or memory ran out, in one line. Looks through the causes: Spark tells a
   * task's failure by its text alone, and that among lines of its own.
   */
  public static Optional<String> lack(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Optional<String> told =
          String.valueOf(cause)
              .lines()
              .filter(line -> SIGNS.stream().anyMatch(line::contains))
              .findFirst();
      if (told.isPresent()) {
        return told.map(String::strip);
      }
      if (cause.getCause() == cause) {
        break;
      }
    }
    return Optional.empty();
  }
}
