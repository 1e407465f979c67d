package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value found in another delimited file.
 *
 * @param path the file looked in
 * @param on column of the feed to the column of the file that must equal it
 * @param where column of the file to the value that it must have
 * @param take column of the file whose value is taken
 */
public record LookupSettings(
    String path, Map<String, String> on, Map<String, String> where, String take) {

  public LookupSettings {
    on = Map.copyOf(on);
    where = Map.copyOf(where);
    Checks.text(path, "lookup.path");
    Checks.text(take, "lookup.take");
    Checks.that(
        !on.isEmpty() || !where.isEmpty(),
        "lookup needs on (column of the feed: column of the file) or where (column: value)");
  }

  @JsonCreator
  static LookupSettings of(
      @JsonProperty("path") @Nullable String path,
      @JsonProperty("on") @Nullable Map<String, String> on,
      @JsonProperty("where") @Nullable Map<String, String> where,
      @JsonProperty("take") @Nullable String take) {
    return new LookupSettings(
        path == null ? "" : path,
        on == null ? Map.of() : on,
        where == null ? Map.of() : where,
        take == null ? "" : take);
  }
}
