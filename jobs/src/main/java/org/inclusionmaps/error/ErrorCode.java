package org.inclusionmaps.error;

/** What kind of thing went wrong. The exit status of the process is {@link #exitStatus()}. */
public enum ErrorCode {
  /** A setting or an option of the command line is unknown, missing, mistyped or out of range. */
  SETTINGS_WRONG(2, "Correct the setting that the message names."),
  /** A feed that the run needs is not where the settings say. */
  INPUT_MISSING(3, "Put the file there, or correct its path in the settings."),
  /** A feed or a table breaks its contract: unreadable, wrong type, too many bad rows. */
  CONTRACT_BROKEN(
      4, "Correct the feed; the message names the table, the column and the first bad value."),
  /** The privacy budget does not allow another measurement. */
  PRIVACY_BUDGET_SPENT(5, "Use the stored measurement, or wait for the next period of the budget."),
  /** Disk or memory ran out, or what is to be written must not be. */
  RESOURCES_EXHAUSTED(
      6,
      "Free disk, give more memory or the right to write, as the message says, then run again:"
          + " finished stages are kept."),
  /** Another run holds the lease of this output. */
  RUN_IN_PROGRESS(7, "Wait for the other run; if it is dead, run again: its lease ends by itself."),
  /**
   * A check of a release failed: of a new one, so nothing was published, or of one that is there.
   */
  RELEASE_REFUSED(
      8,
      "Nothing was published, and CURRENT is as it was. Mend what the message names; if that is a"
          + " release that is there, point readers to a whole one: `inclusion releases promote`."),
  /** A fault of the software. */
  INTERNAL(70, "Report it with the log; it is not your data's fault.");

  private final int exitStatus;
  private final String remedy;

  ErrorCode(int exitStatus, String remedy) {
    this.exitStatus = exitStatus;
    this.remedy = remedy;
  }

  /** The exit status of the process that ends with this code, 2 to 70. */
  public int exitStatus() {
    return exitStatus;
  }

  /** What the operator does about it, one sentence or two; a message may have its own. */
  public String remedy() {
    return remedy;
  }
}
