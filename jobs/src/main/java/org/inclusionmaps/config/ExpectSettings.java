package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of a delivery of a feed. All may be left out; then nothing is.
 *
 * @param asOf the day that the feed stands for, where its folders do not tell it; null: not stated
 * @param maxAgeDays how old the feed may be at the release's reference date; null: any age
 * @param maxChangePct how far its rows may be from those of the current release, of all and of each
 *     operator, percent; null: any
 * @param drift what happens if they are farther
 * @param operators codes that must have rows
 * @param partial what happens if an operator is missing, doubled or all zero; null: nothing is
 *     looked for
 */
public record ExpectSettings(
    @JsonProperty("as_of") @Nullable String asOf,
    @JsonProperty("max_age_days") @Nullable Integer maxAgeDays,
    @JsonProperty("max_change_pct") @Nullable Double maxChangePct,
    Drift drift,
    List<String> operators,
    @Nullable Partial partial) {

  /** Nothing is expected. */
  public static final ExpectSettings NOTHING = of(null, null, null, null, null, null);

  /** What happens to a feed that changed more than it may. */
  public enum Drift {
    /** The run stops. */
    @JsonProperty("refuse")
    REFUSE,
    /** The run goes on, and its report says so. */
    @JsonProperty("warn")
    WARN
  }

  /** What happens to a feed that lacks an operator. */
  public enum Partial {
    /** The run stops. */
    @JsonProperty("refuse")
    REFUSE,
    /** The run goes on; its report and the release say so. */
    @JsonProperty("label")
    LABEL
  }

  public ExpectSettings {
    operators = List.copyOf(operators);
    if (asOf != null) {
      try {
        LocalDate.parse(asOf);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "as_of is " + asOf + " but must be a date as 2026-01-01", e);
      }
    }
    if (maxAgeDays != null) {
      Checks.between("max_age_days", maxAgeDays, 0, 100_000);
    }
    if (maxChangePct != null) {
      Checks.between("max_change_pct", maxChangePct, 0, 10_000);
    }
    Checks.that(
        operators.isEmpty() || partial != null,
        "operators needs partial beside it: refuse or label");
  }

  @JsonCreator
  static ExpectSettings of(
      @JsonProperty("as_of") @Nullable String asOf,
      @JsonProperty("max_age_days") @Nullable Integer maxAgeDays,
      @JsonProperty("max_change_pct") @Nullable Double maxChangePct,
      @JsonProperty("drift") @Nullable Drift drift,
      @JsonProperty("operators") @Nullable List<String> operators,
      @JsonProperty("partial") @Nullable Partial partial) {
    return new ExpectSettings(
        asOf,
        maxAgeDays,
        maxChangePct,
        drift == null ? Drift.REFUSE : drift,
        operators == null ? List.of() : operators,
        partial);
  }

  /** Whether the rows of each operator must be counted. */
  public boolean countsOperators() {
    return maxChangePct != null || partial != null;
  }
}
