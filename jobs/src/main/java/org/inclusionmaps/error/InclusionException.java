package org.inclusionmaps.error;

import org.jspecify.annotations.Nullable;

/**
 * Something that a user or an operator can mend. The message says what is wrong, where, why and
 * what to do.
 */
public final class InclusionException extends RuntimeException {
  private final ErrorCode code;
  private final String remedy;

  public InclusionException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public InclusionException(ErrorCode code, String message, @Nullable Throwable cause) {
    this(code, message, cause, code.remedy());
  }

  private InclusionException(
      ErrorCode code, String message, @Nullable Throwable cause, String remedy) {
    super("[" + code + "] " + message, cause);
    this.code = code;
    this.remedy = remedy;
  }

  /**
   * The same with a remedy of its own, where that of the code does not fit.
   *
   * @param remedy what the operator does about it, one sentence or two; no value of a feed is in
   *     it, as it is sent where the message is not
   */
  public static InclusionException withRemedy(ErrorCode code, String message, String remedy) {
    return new InclusionException(code, message, null, remedy);
  }

  public ErrorCode code() {
    return code;
  }

  /** What the operator does about it. */
  public String remedy() {
    return remedy;
  }
}
