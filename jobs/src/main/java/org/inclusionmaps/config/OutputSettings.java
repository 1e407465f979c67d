package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where runs and releases go, and how many are kept.
 *
 * @param path a folder or a Hadoop address
 * @param leaseSeconds how long a run that shows no life keeps others out
 * @param keepReleases the newest releases that are kept; null: all
 * @param keepRuns the newest runs whose tables are kept
 */
public record OutputSettings(
    String path,
    @JsonProperty("lease_seconds") int leaseSeconds,
    @JsonProperty("keep_releases") @Nullable Integer keepReleases,
    @JsonProperty("keep_runs") int keepRuns) {
  /** Of a command that is given no settings. */
  public static final int USUAL_LEASE_SECONDS = 120;

  private static final int MOST = 100_000;
  private static final String PATTERN = "*?[]{}";

  public OutputSettings {
    Checks.given("path", path);
    Checks.that(
        path.chars().noneMatch(letter -> PATTERN.indexOf(letter) >= 0),
        "path is %s, but none of %s may be in it: Spark takes them for a pattern; name another"
            .formatted(path, PATTERN));
    Checks.between("lease_seconds", leaseSeconds, 6, 3600);
    Checks.between("keep_runs", keepRuns, 1, MOST);
    if (keepReleases != null) {
      Checks.between("keep_releases", keepReleases, 1, MOST);
    }
  }
}
