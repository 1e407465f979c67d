package org.inclusionmaps.ingest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
 * @param date the day that the feed stands for; null where nothing tells it
 * @param operators operator to its rows among ok, where the settings expect something of them
 * @param partial operators that are missing, doubled or all zero, and the run goes on without
 * @param told what else a reader should know: files left out, columns not used, changes
 */
public record FeedCount(
    String path,
    long read,
    long ok,
    long duplicate,
    Map<String, Long> rejected,
    long leftAside,
    long blank,
    long mended,
    @Nullable String date,
    Map<String, Long> operators,
    List<String> partial,
    List<String> told) {

  public FeedCount {
    rejected = new TreeMap<>(rejected);
    operators = new TreeMap<>(operators);
    partial = List.copyOf(partial);
    told = List.copyOf(told);
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
