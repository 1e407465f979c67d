package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * What is published.
 *
 * @param referenceDate the date that the figures stand for, as 2026-01-01
 * @param areaLevels levels of the tree that indicators are published for
 */
public record ReleaseSettings(
    @JsonProperty("reference_date") String referenceDate,
    @JsonProperty("area_levels") List<Integer> areaLevels) {
  public ReleaseSettings {
    try {
      LocalDate.parse(Checks.given("reference_date", referenceDate));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "reference_date is " + referenceDate + " but must be a date as 2026-01-01", e);
    }
    areaLevels = List.copyOf(Checks.given("area_levels", areaLevels));
  }

  /** The year of the reference date. */
  public int year() {
    return LocalDate.parse(Checks.given("reference_date", referenceDate)).getYear();
  }
}
