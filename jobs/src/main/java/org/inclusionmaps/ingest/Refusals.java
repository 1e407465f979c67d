package org.inclusionmaps.ingest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import javax.crypto.AEADBadTagException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.jspecify.annotations.Nullable;

/** The messages with which feeds are refused. */
final class Refusals {
  private Refusals() {}

  static InclusionException missing(Table table, String path) {
    return new InclusionException(
        ErrorCode.INPUT_MISSING,
        "%s: %s does not exist; put the file there or correct inputs.%s.path"
            .formatted(table.name(), path, table.name()));
  }

  static InclusionException noFiles(Table table, String path) {
    return new InclusionException(
        ErrorCode.INPUT_MISSING,
        "%s: %s holds no files; put the feed there or correct inputs.%s.path"
            .formatted(table.name(), path, table.name()));
  }

  static InclusionException unreadable(Table table, String path, String format, Throwable cause) {
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof InclusionException told) {
        return told; // as of a key that is missing: the file is not at fault
      }
    }
    return unreadable(table, file(cause, path), format, reason(cause), cause);
  }

  /** The file that Spark could not read, by what it tells; the feed's path where it tells none. */
  private static String file(Throwable thrown, String path) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable told
          && String.valueOf(told.getCondition()).startsWith("FAILED_READ_FILE")) {
        String address = told.getMessageParameters().get("path");
        if (address != null) {
          Path file = path(address);
          return file.toUri().getPath().equals(path) ? path : file.toString();
        }
      }
    }
    return path;
  }

  /** Spark tells an address where it reads rows, and a path where it reads a footer. */
  private static Path path(String told) {
    try {
      return new Path(new URI(told));
    } catch (URISyntaxException e) {
      return new Path(told);
    }
  }

  static InclusionException unreadable(
      Table table, String path, String format, String reason, @Nullable Throwable cause) {
    return new InclusionException(
        ErrorCode.CONTRACT_BROKEN,
        "%s: %s cannot be read as %s: %s; write the file again or correct inputs.%s.format"
            .formatted(table.name(), path, format, reason, table.name()),
        cause);
  }

  /** Throws what stands among the causes and is told already. */
  static void rethrowTold(Throwable thrown) {
    for (Throwable inner = thrown; inner != null; inner = inner.getCause()) {
      if (inner instanceof InclusionException told) {
        throw told;
      }
    }
  }

  static InclusionException broken(Table table, String what) {
    return broken(table.name(), what);
  }

  static InclusionException broken(String table, String what) {
    return new InclusionException(ErrorCode.CONTRACT_BROKEN, table + ": " + what);
  }

  static InclusionException setting(Table table, String what) {
    return new InclusionException(
        ErrorCode.SETTINGS_WRONG, "inputs.%s%s".formatted(table.name(), what));
  }

  static String thousands(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** The innermost cause's first line, without the names of classes. */
  static String reason(Throwable thrown) {
    Throwable inner = thrown;
    while (inner.getCause() != null && inner.getCause() != inner) {
      inner = inner.getCause();
    }
    if (inner instanceof AEADBadTagException) {
      return "a part of it is not what was encrypted: it was changed or cut";
    }
    String message = inner.getMessage();
    if (message == null || message.isBlank()) {
      return inner.getClass().getSimpleName();
    }
    return message.lines().findFirst().orElse("").strip().replaceAll("[.;]+$", "");
  }
}
