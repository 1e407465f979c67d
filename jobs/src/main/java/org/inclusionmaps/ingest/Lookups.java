package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.LimitsSettings;
import org.inclusionmaps.config.LookupSettings;
import org.inclusionmaps.contract.Table;
import org.jspecify.annotations.Nullable;

/** Values found in other delimited files, which are small enough for each task to hold. */
final class Lookups {
  private final SparkSession spark;
  private final Table table;
  private final LimitsSettings limits;
  private final Map<LookupSettings, Broadcast<Map<List<String>, String>>> read = new HashMap<>();

  Lookups(SparkSession spark, Table table, LimitsSettings limits) {
    this.spark = spark;
    this.table = table;
    this.limits = limits;
  }

  /**
   * The values of a lookup's file, by the texts of its {@code on} columns in order of the feed's.
   */
  Broadcast<Map<List<String>, String>> of(LookupSettings lookup) {
    return read.computeIfAbsent(
        lookup,
        wanted ->
            JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(values(wanted)));
  }

  private Map<List<String>, String> values(LookupSettings lookup) {
    Delivery delivery =
        FeedFiles.delivery(
            FeedFiles.configuration(spark), table, FeedSettings.at(lookup.path()), limits);
    List<FileProof> files = FileScan.of(spark, table, delivery, limits);
    Source file = DelimitedText.read(spark, table, delivery, files);
    List<Column> columns = new ArrayList<>();
    new TreeMap<>(lookup.on()).values().forEach(name -> columns.add(column(file, lookup, name)));
    int keys = columns.size();
    columns.add(column(file, lookup, lookup.take()));
    List<String> meant = new ArrayList<>();
    new TreeMap<>(lookup.where())
        .forEach(
            (name, value) -> {
              columns.add(column(file, lookup, name));
              meant.add(value);
            });
    return unique(
        lookup,
        keys,
        Passes.collect(
            table,
            lookup.path(),
            "delimited text",
            file.rows()
                .select(columns.toArray(Column[]::new))
                .filter((FilterFunction<Row>) row -> isMeant(row, keys + 1, meant))
                .distinct()));
  }

  private static boolean isMeant(Row row, int from, List<String> meant) {
    for (int i = 0; i < meant.size(); i++) {
      if (!meant.get(i).equals(Texts.clean(row.getString(from + i)))) {
        return false;
      }
    }
    return true;
  }

  private Map<List<String>, String> unique(LookupSettings lookup, int keys, List<Row> rows) {
    HashMap<List<@Nullable String>, @Nullable String> values = new HashMap<>();
    String twice = null;
    for (Row row : rows) {
      List<@Nullable String> key = new ArrayList<>();
      for (int i = 0; i < keys; i++) {
        key.add(Texts.clean(row.getString(i)));
      }
      String value = Texts.clean(row.getString(keys));
      if (values.containsKey(key) && !Objects.equals(values.get(key), value)) {
        String shown = String.join(", ", key.stream().filter(Objects::nonNull).toList());
        twice = Counts.least(twice, shown);
      }
      values.put(key, value);
    }
    if (twice != null) {
      throw Refusals.broken(
          table,
          "the lookup in %s has more than one %s%s; make on or where tell the rows apart"
              .formatted(lookup.path(), lookup.take(), keys == 0 ? "" : " for " + twice));
    }
    values.keySet().removeIf(key -> key.contains(null));
    return values;
  }

  private Column column(Source file, LookupSettings lookup, String name) {
    return col(
        FeedColumns.quoted(
            file.find(name)
                .orElseThrow(
                    () ->
                        Refusals.setting(
                            table,
                            ": a lookup names the column %s of %s, but its columns are %s"
                                .formatted(
                                    name, lookup.path(), String.join(", ", file.columns()))))));
  }
}
