package org.inclusionmaps.operations;

import org.apache.hadoop.util.ShutdownHookManager;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.error.Resources;

/**
 * Why a command failed, as its process tells it.
 *
 * @param code what kind of thing went wrong
 * @param exitStatus of the process
 * @param message what is wrong, where, why and what to do; it may hold a value of a feed
 * @param remedy what the operator does about it; it holds no value
 * @param known whether it was foreseen: if not, the log must have its stack trace
 */
public record Failure(
    ErrorCode code, int exitStatus, String message, String remedy, boolean known) {
  /** The status of a process that a signal ended, as shells tell it for Ctrl-C. */
  public static final int INTERRUPTED = 130;

  /** Finds the cause that a user can mend, or else tells disk and memory from faults of ours. */
  public static Failure of(Throwable error) {
    if (ShutdownHookManager.get().isShutdownInProgress()) {
      return new Failure(
          ErrorCode.INTERNAL,
          INTERRUPTED,
          "a signal ended the process; run it again",
          ErrorCode.INTERNAL.remedy(),
          true);
    }
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof InclusionException found) {
        return new Failure(
            found.code(),
            found.code().exitStatus(),
            String.valueOf(found.getMessage()),
            found.remedy(),
            true);
      }
    }
    return Resources.lack(error)
        .map(lack -> unforeseen(ErrorCode.RESOURCES_EXHAUSTED, "disk or memory ran out: " + lack))
        .orElseGet(() -> unforeseen(ErrorCode.INTERNAL, String.valueOf(error)));
  }

  private static Failure unforeseen(ErrorCode code, String message) {
    return new Failure(code, code.exitStatus(), "[" + code + "] " + message, code.remedy(), false);
  }
}
