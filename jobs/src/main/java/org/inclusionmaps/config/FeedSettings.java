package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One feed from outside, and how it becomes rows of a contract table. All but the path may be left
 * out.
 *
 * @param path file, directory or glob
 * @param format how the files are written; by the file's name where the settings are silent
 * @param delimiter what parts the columns of delimited text, one character; a comma, or a tab in a
 *     {@code .tsv}, where the settings are silent
 * @param decimalComma whether numbers have a decimal comma, and points in thousands
 * @param columns contract column to where it comes from; a column not listed comes from the feed's
 *     column of that name or of a usual other name
 * @param unpivot the count columns of a wide census sheet; empty where each row is one count
 * @param select source column to the values of the rows that are meant; other rows of the file are
 *     no part of this feed, and are counted as left aside
 * @param where source column to the values that are right; rows with others are refused
 * @param maxRejectedPct share of the rows that may be refused before the run stops, percent, 0 to
 *     100
 * @param delivery which of the files count, and what their bytes must be
 * @param expect how old the feed may be, how far it may change, whose rows it must have
 */
public record FeedSettings(
    String path,
    FeedFormat format,
    String delimiter,
    @JsonProperty("decimal_comma") boolean decimalComma,
    Map<String, ColumnSettings> columns,
    List<UnpivotSettings> unpivot,
    Map<String, List<String>> select,
    Map<String, List<String>> where,
    @JsonProperty("max_rejected_pct") double maxRejectedPct,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NotStated.class)
        DeliverySettings delivery,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NotStated.class)
        ExpectSettings expect) {

  /** Equal to what is not worth writing out: the manifest and the datasheet tell what is stated. */
  static final class NotStated {
    @Override
    public boolean equals(@Nullable Object value) {
      return DeliverySettings.PLAIN.equals(value) || ExpectSettings.NOTHING.equals(value);
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  public FeedSettings {
    Checks.text(path, "path");
    columns = Map.copyOf(columns);
    unpivot = List.copyOf(unpivot);
    select = Map.copyOf(select);
    where = Map.copyOf(where);
    Checks.that(
        delimiter.length() == 1,
        "delimiter is \"" + delimiter + "\": it must be one character, as \";\" or \"\\t\"");
    Checks.that(
        maxRejectedPct >= 0 && maxRejectedPct <= 100,
        "max_rejected_pct is " + maxRejectedPct + ": it must be 0 to 100");
  }

  @JsonCreator
  static FeedSettings of(
      @JsonProperty("path") @Nullable String path,
      @JsonProperty("format") @Nullable FeedFormat format,
      @JsonProperty("delimiter") @Nullable String delimiter,
      @JsonProperty("decimal_comma") @Nullable Boolean decimalComma,
      @JsonProperty("columns") @Nullable Map<String, ColumnSettings> columns,
      @JsonProperty("unpivot") @Nullable List<UnpivotSettings> unpivot,
      @JsonProperty("select") @Nullable Map<String, List<String>> select,
      @JsonProperty("where") @Nullable Map<String, List<String>> where,
      @JsonProperty("max_rejected_pct") @Nullable Double maxRejectedPct,
      @JsonProperty("delivery") @Nullable DeliverySettings delivery,
      @JsonProperty("expect") @Nullable ExpectSettings expect) {
    String found = path == null ? "" : path;
    return new FeedSettings(
        found,
        format == null ? FeedFormat.byName(found) : format,
        delimiter == null ? (found.contains(".tsv") ? "\t" : ",") : delimiter,
        decimalComma != null && decimalComma,
        columns == null ? Map.of() : columns,
        unpivot == null ? List.of() : unpivot,
        select == null ? Map.of() : select,
        where == null ? Map.of() : where,
        maxRejectedPct == null ? 0 : maxRejectedPct,
        delivery == null ? DeliverySettings.PLAIN : delivery,
        expect == null ? ExpectSettings.NOTHING : expect);
  }

  /** A feed of which only the path is known: all else by its name and the usual column names. */
  public static FeedSettings at(String path) {
    return of(path, null, null, null, null, null, null, null, null, null, null);
  }

  /** The feed's path, and those of the files that its columns are looked up in. */
  public List<String> paths() {
    Set<String> paths = new TreeSet<>();
    columns.values().forEach(column -> column.lookups().forEach(found -> paths.add(found.path())));
    paths.remove(path);
    List<String> all = new ArrayList<>(List.of(path));
    all.addAll(paths);
    return all;
  }
}
