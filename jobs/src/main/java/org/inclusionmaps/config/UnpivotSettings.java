package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One count column of a wide census sheet, which becomes a row of its own.
 *
 * @param column the sheet's column that holds the persons
 * @param set contract column to the value that it has in those rows, as {@code sex: female}
 */
public record UnpivotSettings(String column, Map<String, String> set) {

  public UnpivotSettings {
    set = Map.copyOf(set);
    Checks.text(column, "unpivot.column");
  }

  @JsonCreator
  static UnpivotSettings of(
      @JsonProperty("column") @Nullable String column,
      @JsonProperty("set") @Nullable Map<String, String> set) {
    return new UnpivotSettings(column == null ? "" : column, set == null ? Map.of() : set);
  }
}
