package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a feed counted.
 *
 * @param feed the feed
 * @param ok rows that meet the contract, repeated ones among them
 * @param mended repaired geometries among ok
 * @param leftAside rows not selected
 * @param blank empty counts
 * @param problems what was wrong with the others
 */
record FeedTally(
    FeedSettings feed, long ok, long mended, long leftAside, long blank, List<Problem> problems) {

  /**
   * Rows refused for one reason.
   *
   * @param field the column whose rule in the contract they break; null for any other reason
   */
  record Problem(String reason, @Nullable Field field, long rows, String first) {}

  FeedTally {
    problems = List.copyOf(problems);
  }

  /**
   * Counts a feed's rows, and checks that none was lost or doubled on the way from its files.
   *
   * @param format the format's name, for messages
   * @param mapped the rows as {@link FeedMapping} gives them
   * @param files the count of the rows in the files
   * @param value what a message may show of a row's problem
   */
  static FeedTally of(
      Table table,
      FeedSettings feed,
      String format,
      Dataset<Row> mapped,
      Observation files,
      Column value) {
    Column problem = col(FeedMapping.PROBLEM);
    List<Row> groups =
        Passes.collect(
            table,
            feed.path(),
            format,
            mapped
                .groupBy(
                    col(FeedMapping.KIND), problem.getField("reason"), problem.getField("field"))
                .agg(
                    count(lit(1)),
                    min(concat(value, lit(" in "), col(Source.FILE))),
                    coalesce(sum(when(col(FeedMapping.MENDED), 1L)), lit(0L))));
    long inFiles = observed(files) * Unpivot.width(feed);
    long counted = groups.stream().mapToLong(row -> row.getLong(3)).sum();
    if (inFiles != counted) {
      throw new IllegalStateException(
          "%s: %d rows in the files, %d after mapping".formatted(feed.path(), inFiles, counted));
    }
    return of(table, feed, groups);
  }

  private static long observed(Observation observation) {
    try {
      return (long) Objects.requireNonNull(observation.getAsJava().get("rows"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while counting", e);
    }
  }

  private static FeedTally of(Table table, FeedSettings feed, List<Row> groups) {
    Map<String, Long> kinds = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    long mended = 0;
    for (Row row : groups) {
      String kind = row.getString(0);
      kinds.merge(kind, row.getLong(3), Long::sum);
      if (kind.equals(FeedMapping.REJECTED)) {
        Field field = Optional.ofNullable(row.getString(2)).flatMap(table::find).orElse(null);
        problems.add(new Problem(row.getString(1), field, row.getLong(3), row.getString(4)));
      } else if (kind.equals(FeedMapping.OK)) {
        mended += row.getLong(5);
      }
    }
    return new FeedTally(
        feed,
        kinds.getOrDefault(FeedMapping.OK, 0L),
        mended,
        kinds.getOrDefault(FeedMapping.ASIDE, 0L),
        kinds.getOrDefault(FeedMapping.BLANK, 0L),
        problems);
  }

  /** Rows that the feed holds for its table. */
  long read() {
    return ok + rejected();
  }

  private long rejected() {
    return problems.stream().mapToLong(Problem::rows).sum();
  }

  /** The account, with what became of the good rows when those of one key were brought together. */
  FeedCount account(long kept, long keptMended) {
    Map<String, Long> rejected = new TreeMap<>();
    problems.forEach(problem -> rejected.merge(problem.reason(), problem.rows(), Long::sum));
    return new FeedCount(
        feed.path(), read(), kept, ok - kept, rejected, leftAside, blank, keptMended);
  }

  /** The same tally with rows moved from ok to those refused. */
  FeedTally refusing(Problem problem) {
    List<Problem> more = new ArrayList<>(problems);
    more.add(problem);
    return new FeedTally(feed, ok - problem.rows(), mended, leftAside, blank, more);
  }

  /** Refuses a feed that holds nothing, or more bad rows than its settings allow. */
  void check(Table table) {
    if (read() == 0) {
      throw Refusals.broken(
          table,
          "%s holds no rows%s; deliver the feed again or correct inputs.%s"
              .formatted(
                  feed.path(),
                  leftAside == 0 ? "" : " that inputs.%s.select means".formatted(table.name()),
                  table.name()));
    }
    if (rejected() * 100.0 > feed.maxRejectedPct() * read()) {
      Problem worst =
          problems.stream()
              .max(
                  Comparator.comparingLong(Problem::rows)
                      .thenComparing(Problem::reason, Comparator.reverseOrder()))
              .orElseThrow();
      throw new InclusionException(ErrorCode.CONTRACT_BROKEN, message(table, worst));
    }
  }

  private String message(Table table, Problem problem) {
    if (problem.field() != null) {
      return TableCheck.brokenMessage(
          table, problem.field(), problem.rows(), read(), problem.first());
    }
    return "%s: %s of %s rows: %s: first is %s; correct the feed or raise"
            .formatted(
                table.name(),
                Refusals.thousands(problem.rows()),
                Refusals.thousands(read()),
                problem.reason(),
                problem.first())
        + " inputs.%s.max_rejected_pct".formatted(table.name());
  }
}
