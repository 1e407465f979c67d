package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.LookupSettings;
import org.inclusionmaps.contract.Table;

/** Values found in another delimited file. */
final class Lookups {
  private Lookups() {}

  /** The column that a lookup's value is in after {@link #join}. */
  static String column(int number) {
    return "_lookup" + number;
  }

  /**
   * The rows, none lost and none doubled, with {@link #column} beside them: null where the file has
   * no match.
   */
  static Dataset<Row> join(
      SparkSession spark, Table table, Source source, LookupSettings lookup, int number) {
    Source file = DelimitedText.read(spark, table, FeedSettings.at(lookup.path()));
    Dataset<Row> found = file.rows();
    for (Map.Entry<String, String> rule : new TreeMap<>(lookup.where()).entrySet()) {
      found = found.where(text(table, file, lookup, rule.getKey()).equalTo(rule.getValue()));
    }
    List<Column> kept = new ArrayList<>();
    Column match = lit(true);
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, String> key : new TreeMap<>(lookup.on()).entrySet()) {
      String name = column(number) + "_key" + names.size();
      names.add(name);
      kept.add(text(table, file, lookup, key.getValue()).as(name));
      String own =
          source
              .find(key.getKey())
              .orElseThrow(
                  () ->
                      Refusals.setting(
                          table,
                          ": a lookup's on names the column %s, but the feed's are %s"
                              .formatted(key.getKey(), String.join(", ", source.columns()))));
      match = match.and(Texts.clean(col(quoted(own))).equalTo(col(name)));
    }
    kept.add(text(table, file, lookup, lookup.take()).as(column(number)));
    Dataset<Row> small = found.select(kept.toArray(Column[]::new)).distinct();
    checkUnique(table, lookup, small, names);
    return source.rows().join(broadcast(small), match, "left").drop(names.toArray(String[]::new));
  }

  private static Column text(Table table, Source file, LookupSettings lookup, String name) {
    String column =
        file.find(name)
            .orElseThrow(
                () ->
                    Refusals.setting(
                        table,
                        ": a lookup names the column %s of %s, but its columns are %s"
                            .formatted(name, lookup.path(), String.join(", ", file.columns()))));
    return Texts.clean(col(quoted(column)));
  }

  private static void checkUnique(
      Table table, LookupSettings lookup, Dataset<Row> small, List<String> names) {
    Column[] keys = names.stream().map(functions::col).toArray(Column[]::new);
    Dataset<Row> twice =
        small
            .groupBy(keys)
            .agg(count(lit(1)).as("n"))
            .where(col("n").gt(1))
            .agg(count(lit(1)), min(concat_ws(", ", keys)));
    Row found = Passes.collect(table, lookup.path(), "delimited text", twice).get(0);
    if (found.getLong(0) > 0) {
      throw Refusals.broken(
          table,
          "the lookup in %s has more than one %s%s; make on or where tell the rows apart"
              .formatted(
                  lookup.path(),
                  lookup.take(),
                  names.isEmpty() ? "" : " for " + found.getString(1)));
    }
  }

  static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }
}
