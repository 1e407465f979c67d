package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.UnpivotSettings;
import org.inclusionmaps.contract.Table;

/** Wide census sheets, one column a count, to one row a count. */
final class Unpivot {
  private static final String SHEET = "_sheet";
  private static final String PERSONS = "persons";

  private Unpivot() {}

  /** Refuses settings that do not fit the table. */
  static void check(Table table, FeedSettings feed) {
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
  }

  /** The source with a row for each count, the count and its group in a column of their own. */
  static Source apply(Table table, FeedSettings feed, Source source) {
    if (feed.unpivot().isEmpty()) {
      return source;
    }
    List<Column> counts = new ArrayList<>();
    for (UnpivotSettings count : feed.unpivot()) {
      String column =
          source
              .find(count.column())
              .orElseThrow(
                  () ->
                      Refusals.setting(
                          table,
                          ".unpivot names the column %s, but the feed's are %s"
                              .formatted(count.column(), String.join(", ", source.columns()))));
      List<Column> parts = new ArrayList<>();
      parts.add(col(Lookups.quoted(column)).cast(DataTypes.StringType).as(PERSONS));
      for (String name : new TreeSet<>(count.set().keySet())) {
        parts.add(lit(count.set().get(name)).as(name));
      }
      counts.add(struct(parts.toArray(Column[]::new)));
    }
    return new Source(
        source.rows().withColumn(SHEET, explode(array(counts.toArray(Column[]::new)))),
        source.textual(),
        source.format());
  }

  /** Whether the sheet, not a column of the feed, gives a column of the contract. */
  static boolean gives(FeedSettings feed, String column) {
    return !feed.unpivot().isEmpty()
        && (column.equals(PERSONS) || feed.unpivot().get(0).set().containsKey(column));
  }

  /** The sheet's column. */
  static Column column(String name) {
    return col(SHEET + "." + name);
  }

  /** Whether a count of the sheet is empty: then it is no row. */
  static Column blank(FeedSettings feed) {
    return feed.unpivot().isEmpty() ? lit(false) : Texts.clean(column(PERSONS)).isNull();
  }

  /** Rows of the table for each row of the file. */
  static int width(FeedSettings feed) {
    return Math.max(1, feed.unpivot().size());
  }
}
