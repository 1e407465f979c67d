package org.inclusionmaps.ingest;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a feed's rows, and whether its settings allow that.
 *
 * @param rows kind, as {@link MappedRows} names them, to the rows of it
 * @param mended repaired geometries among the rows kept
 * @param rejected what was wrong with rows by themselves
 * @param atOdds what was wrong with rows beside others of their key
 */
record FeedTally(
    FeedSettings feed,
    Map<String, Long> rows,
    long mended,
    List<Refused> rejected,
    List<Refused> atOdds) {

  /**
   * Rows refused for one reason.
   *
   * @param field the column whose rule in the contract they break; null for any other reason
   * @param first the least of the values refused, and the file that it is in
   */
  record Refused(String reason, @Nullable Field field, long rows, String first) {}

  /** The tally of a feed, the {@code number}th of its table, from the counts of all feeds. */
  static FeedTally of(
      Table table, FeedSettings feed, int number, Map<Counts.Group, Counts.Count> counts) {
    Map<String, Long> rows = new HashMap<>();
    List<Refused> rejected = new ArrayList<>();
    List<Refused> atOdds = new ArrayList<>();
    long mended = 0;
    for (var entry : counts.entrySet()) {
      Counts.Group group = entry.getKey();
      Counts.Count count = entry.getValue();
      if (group.feed() == number) {
        rows.merge(group.kind(), count.rows(), Long::sum);
        mended += group.kind().equals(MappedRows.OK) ? count.mended() : 0;
        if (group.reason() != null) {
          Field field = group.field() == null ? null : table.find(group.field()).orElse(null);
          (group.kind().equals(MappedRows.AT_ODDS) ? atOdds : rejected)
              .add(new Refused(group.reason(), field, count.rows(), String.valueOf(count.first())));
        }
      }
    }
    return new FeedTally(feed, rows, mended, rejected, atOdds);
  }

  /** Checks that no row was lost or doubled on the way from the files. */
  FeedTally {
    long taken = rows.getOrDefault(MappedRows.TAKEN, 0L);
    long found = rows.values().stream().mapToLong(Long::longValue).sum() - taken;
    if (taken != found) {
      throw new IllegalStateException(
          "%s: %d rows in the files, %d after mapping".formatted(feed.path(), taken, found));
    }
  }

  private long rows(String kind) {
    return rows.getOrDefault(kind, 0L);
  }

  /** Rows that the feed holds for its table. */
  private long read() {
    return rows(MappedRows.TAKEN) - rows(MappedRows.ASIDE) - rows(MappedRows.BLANK);
  }

  FeedCount account(@Nullable LocalDate date, Expectations.Judged judged, List<String> told) {
    List<String> all = new ArrayList<>(told);
    all.addAll(judged.told());
    Map<String, Long> reasons = new TreeMap<>();
    rejected.forEach(refused -> reasons.merge(refused.reason(), refused.rows(), Long::sum));
    atOdds.forEach(refused -> reasons.merge(refused.reason(), refused.rows(), Long::sum));
    return new FeedCount(
        feed.path(),
        read(),
        rows(MappedRows.OK),
        rows(MappedRows.DUPLICATE),
        reasons,
        rows(MappedRows.ASIDE),
        rows(MappedRows.BLANK),
        mended,
        date == null ? null : date.toString(),
        judged.operators(),
        judged.partial(),
        all);
  }

  /** Rows that meet the contract. */
  long ok() {
    return rows(MappedRows.OK);
  }

  /** Refuses a feed that holds nothing, or more rows bad by themselves than its settings allow. */
  void check(Table table) {
    if (read() == 0) {
      throw Refusals.broken(
          table,
          "%s holds no rows%s; deliver the feed again or correct inputs.%s"
              .formatted(
                  feed.path(),
                  rows(MappedRows.ASIDE) == 0
                      ? ""
                      : " that inputs.%s.select means".formatted(table.name()),
                  table.name()));
    }
    check(table, rejected);
  }

  /** Refuses a feed of which more rows are bad, beside others too, than its settings allow. */
  void checkKeys(Table table) {
    List<Refused> all = new ArrayList<>(rejected);
    all.addAll(atOdds);
    check(table, all);
  }

  private void check(Table table, List<Refused> refused) {
    long bad = refused.stream().mapToLong(Refused::rows).sum();
    if (bad * 100.0 > feed.maxRejectedPct() * read()) {
      List<Refused> worstFirst =
          refused.stream()
              .sorted(
                  Comparator.comparingLong(Refused::rows).reversed().thenComparing(Refused::reason))
              .toList();
      throw new InclusionException(ErrorCode.CONTRACT_BROKEN, message(table, worstFirst));
    }
  }

  /** The reason of most rows, then all others: what is mended at once need not be found anew. */
  private String message(Table table, List<Refused> worstFirst) {
    Refused worst = worstFirst.get(0);
    String others =
        worstFirst.stream().skip(1).map(refused -> "; " + words(refused)).collect(joining());
    if (worst.field() != null) {
      return TableCheck.brokenMessage(
          table, worst.field(), worst.rows(), read(), worst.first() + others);
    }
    return "%s: %s%s; correct the feed or raise inputs.%s.max_rejected_pct"
        .formatted(table.name(), words(worst), others, table.name());
  }

  private String words(Refused refused) {
    return "%s of %s rows: %s: first is %s"
        .formatted(
            Refusals.thousands(refused.rows()),
            Refusals.thousands(read()),
            refused.reason(),
            refused.first());
  }
}
