package org.inclusionmaps.ingest;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.UnpivotSettings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;

/** Wide sheets, one column a count, of which each row is as many rows of the table. */
final class Unpivot {
  /** The column that a sheet's numbers go to, by table. */
  private static final Map<Table, String> NUMBERS =
      Map.of(Tables.CENSUS, "persons", Tables.AREA_FACTS, "value");

  private Unpivot() {}

  /** Refuses settings that do not fit the table or the feed. */
  static void check(Table table, FeedSettings feed, Source source) {
    if (feed.unpivot().isEmpty()) {
      return;
    }
    if (!NUMBERS.containsKey(table)) {
      throw Refusals.setting(table, ".unpivot is for tables of counts: census and area_facts");
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

  /** Whether a column of a table is the one that a sheet's numbers go to. */
  static boolean holds(Table table, String column) {
    return column.equals(NUMBERS.get(table));
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
