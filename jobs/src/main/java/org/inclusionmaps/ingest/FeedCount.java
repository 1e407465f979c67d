package org.inclusionmaps.ingest;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a feed's rows. {@code read = ok + quarantined + duplicate}, always.
 *
 * @param path the feed's path
 * @param read rows that the feed holds for its table, after unpivoting
 * @param ok rows that meet the contract
 * @param duplicate rows that repeat another one in all columns
 * @param rejected reason to the rows refused for it
 * @param leftAside rows of the file that the settings' {@code select} does not mean; not in read
 * @param blank empty counts of a wide sheet, which are no rows; not in read
 * @param mended geometries that were repaired, among ok
 */
public record FeedCount(
    String path,
    long read,
    long ok,
    long duplicate,
    Map<String, Long> rejected,
    long leftAside,
    long blank,
    long mended) {

  public FeedCount {
    rejected = new TreeMap<>(rejected);
    long sum = ok + duplicate + rejected.values().stream().mapToLong(Long::longValue).sum();
    if (read != sum) {
      throw new IllegalStateException(
          "%s: %d rows read, but %d are accounted for".formatted(path, read, sum));
    }
  }

  /** Rows refused, for whatever reason. */
  public long quarantined() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }
}
