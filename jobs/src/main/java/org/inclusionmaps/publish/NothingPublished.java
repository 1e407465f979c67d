package org.inclusionmaps.publish;

import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/** Refuses an output folder that has no release yet. */
public final class NothingPublished {
  private NothingPublished() {}

  /**
   * The refusal, with what to do.
   *
   * @param message what is not there
   */
  public static InclusionException refusal(String message) {
    return InclusionException.withRemedy(
        ErrorCode.INPUT_MISSING,
        message,
        "Start `inclusion run` first, or name the folder that output.path of the settings names.");
  }
}
