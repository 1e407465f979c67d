package org.inclusionmaps.ingest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table's rows from its feeds, and the account of those that did not become one.
 *
 * @param rows the rows that meet the contract, with its columns in its order
 * @param quarantined the rows refused: table, file, row (its number in the file, absent where the
 *     reader does not count), reason, column, value (absent where rows are persons)
 * @param feeds the account, feed by feed
 * @param release lets go of what keeps the rows at hand
 */
public record Ingested(
    Dataset<Row> rows, Dataset<Row> quarantined, List<FeedCount> feeds, Runnable release)
    implements AutoCloseable {

  public Ingested {
    feeds = List.copyOf(feeds);
  }

  /** Lets the rows go: they must have been written. */
  @Override
  public void close() {
    release.run();
  }

  /** Rows that the feeds hold for the table. */
  public long read() {
    return feeds.stream().mapToLong(FeedCount::read).sum();
  }

  /** Rows that meet the contract. */
  public long ok() {
    return feeds.stream().mapToLong(FeedCount::ok).sum();
  }

  /** Rows that repeat another one in all columns. */
  public long duplicate() {
    return feeds.stream().mapToLong(FeedCount::duplicate).sum();
  }

  /** Rows refused. */
  public long quarantineCount() {
    return feeds.stream().mapToLong(FeedCount::quarantined).sum();
  }

  /** Reason to the rows refused for it, over all feeds. */
  public Map<String, Long> rejected() {
    Map<String, Long> reasons = new TreeMap<>();
    feeds.forEach(feed -> feed.rejected().forEach((why, n) -> reasons.merge(why, n, Long::sum)));
    return reasons;
  }
}
