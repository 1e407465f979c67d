package org.inclusionmaps.ingest;

import java.util.Set;
import java.util.TreeSet;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.UnpivotSettings;
import org.inclusionmaps.contract.Table;

/** Wide census sheets, one column a count, of which each row is as many rows of the table. */
final class Unpivot {
  /** The column that the counts are of. */
  static final String PERSONS = "persons";

  private Unpivot() {}

  /** Refuses settings that do not fit the table or the feed. */
  static void check(Table table, FeedSettings feed, Source source) {
    if (feed.unpivot().isEmpty()) {
      return;
    }
    if (table.find(PERSONS).isEmpty()) {
      throw Refusals.setting(table, ".unpivot is for counts of persons, which it does not hold");
    }
    Set<String> first = feed.unpivot().get(0).set().keySet();
    for (UnpivotSettings count : feed.unpivot()) {
      if (!count.set().keySet().equals(first)) {
        throw Refusals.setting(
            table,
            ".unpivot sets %s for %s but %s for %s; set the same columns for each"
                .formatted(
                    String.join(", ", new TreeSet<>(first)),
                    feed.unpivot().get(0).column(),
                    String.join(", ", new TreeSet<>(count.set().keySet())),
                    count.column()));
      }
      for (String column : count.set().keySet()) {
        if (table.find(column).isEmpty()) {
          throw Refusals.setting(
              table,
              ".unpivot sets %s, but the columns are %s"
                  .formatted(column, String.join(", ", table.columns())));
        }
      }
    }
    feed.unpivot().forEach(count -> column(table, source, count));
  }

  /** The sheet's column of a count. */
  static String column(Table table, Source source, UnpivotSettings count) {
    return source
        .find(count.column())
        .orElseThrow(
            () ->
                Refusals.setting(
                    table,
                    ".unpivot names the column %s, but the feed's are %s"
                        .formatted(count.column(), String.join(", ", source.columns()))));
  }
}
