package org.inclusionmaps.publish.report;

import java.util.List;
import org.inclusionmaps.publish.writing.EarlierRelease;

/**
 * The releases of a country that came before one, in the same folder, and the figures of the one
 * that it is compared with.
 *
 * @param list those that are there whole, the newest first, at most {@link #MOST}; the first is the
 *     one that is compared with
 * @param figures of the country and the areas of level 1 in it
 * @param differences what makes the two not comparable, one sentence each
 * @param faults which releases could not be compared with, and why, one sentence each
 */
public record EarlierReleases(
    List<EarlierRelease> list, Estimates figures, List<String> differences, List<String> faults) {
  public static final EarlierReleases NONE =
      new EarlierReleases(List.of(), Estimates.NONE, List.of(), List.of());

  public static final int MOST = 20;

  /** What the name of a release must depend on; empty where it is compared with nothing. */
  public String key() {
    return list.isEmpty() && faults.isEmpty() ? "" : list + " " + faults;
  }
}
