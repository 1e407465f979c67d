package org.inclusionmaps.error;

import org.jspecify.annotations.Nullable;

/**
 * Something that a user or an operator can mend. The message says what is wrong, where, why and
 * what to do.
 */
public final class InclusionException extends RuntimeException {
  private final ErrorCode code;

  public InclusionException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public InclusionException(ErrorCode code, String message, @Nullable Throwable cause) {
    super("[" + code + "] " + message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
