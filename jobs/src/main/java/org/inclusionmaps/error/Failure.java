package org.inclusionmaps.error;

import org.jspecify.annotations.Nullable;

/**
 * How a command that threw ends.
 *
 * @param code its kind, and so the exit status
 * @param message what is told of it; it may hold a value of a feed
 */
public record Failure(ErrorCode code, String message) {
  /** What a thrown thing means: what a user can mend may be wrapped by others. */
  public static Failure of(Throwable thrown) {
    InclusionException known = find(thrown);
    if (known != null) {
      return new Failure(known.code(), String.valueOf(known.getMessage()));
    }
    ErrorCode code =
        Resources.exhausted(thrown) ? ErrorCode.RESOURCES_EXHAUSTED : ErrorCode.INTERNAL;
    return new Failure(code, "[" + code + "] " + thrown);
  }

  /** Whether nobody expected it, so that its stack is worth a log line. */
  public static boolean unexpected(Throwable thrown) {
    return find(thrown) == null;
  }

  private static @Nullable InclusionException find(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof InclusionException known) {
        return known;
      }
    }
    return null;
  }
}
