package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is published.
 *
 * @param referenceDate the date that the figures stand for, as 2026-01-01
 * @param areaLevels levels of the tree that indicators are published for
 * @param leastPeople a settlement that stands alone and has fewer persons 15 and older is shown
 *     with the nearest place that has as many; 0: each is shown where it is
 * @param equityWaiver who lets a release pass that hides one group far more than another, and why;
 *     null: it is refused
 * @param compareWith which earlier release the report compares with: {@link #NEWEST}, {@link
 *     #NO_RELEASE}, or the name of one
 * @param sdmxArea the country's number by M49 in SDMX files; null: the country's id
 * @param signingKey name of the key in {@code privacy.key_provider} that signs manifests; null:
 *     they are not signed
 * @param mbtiles whether the vector tiles are also written as MBTiles
 */
public record ReleaseSettings(
    @JsonProperty("reference_date") String referenceDate,
    @JsonProperty("area_levels") List<Integer> areaLevels,
    @JsonProperty("least_people") int leastPeople,
    @JsonProperty("equity_waiver") @Nullable String equityWaiver,
    @JsonProperty("compare_with") String compareWith,
    @JsonProperty("sdmx_area") @Nullable String sdmxArea,
    @JsonProperty("signing_key") @Nullable String signingKey,
    @JsonProperty("mbtiles") boolean mbtiles) {
  /** The newest earlier release of the country in the same folder. */
  public static final String NEWEST = "auto";

  /** No release. */
  public static final String NO_RELEASE = "none";

  private static final int LETTERS_OF_A_WAIVER = 20;

  public ReleaseSettings {
    try {
      LocalDate.parse(Checks.given("reference_date", referenceDate));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "reference_date is " + referenceDate + " but must be a date as 2026-01-01", e);
    }
    areaLevels = List.copyOf(Checks.given("area_levels", areaLevels));
    Checks.between("least_people", leastPeople, 0, 1_000_000);
    Checks.that(
        equityWaiver == null || equityWaiver.strip().length() >= LETTERS_OF_A_WAIVER,
        "equity_waiver is %s but must say who lets the release pass, and why (%d letters or more)"
            .formatted(equityWaiver, LETTERS_OF_A_WAIVER));
    Checks.that(
        Checks.given("compare_with", compareWith).matches("[A-Za-z0-9_-]+"),
        "compare_with is %s but must be auto, none, or the name of a release"
            .formatted(compareWith));
    Checks.that(
        sdmxArea == null || sdmxArea.matches("[A-Za-z0-9]+"),
        "sdmx_area is %s but must be a code of letters and digits, as 68".formatted(sdmxArea));
  }

  /** The year of the reference date. */
  public int year() {
    return LocalDate.parse(Checks.given("reference_date", referenceDate)).getYear();
  }
}
