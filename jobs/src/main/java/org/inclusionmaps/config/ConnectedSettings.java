package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How connected persons are estimated.
 *
 * @param minimumRespondents a survey domain with fewer is joined with the next coarser one
 * @param leastPersons an area's count of a measurement is shown from so many persons on, surely
 * @param mostErrorPct the largest standard error of a count that is relied on, per cent of it
 * @param simsPerPerson SIMs in use of a connected person on average, 1 or more; null where the
 *     measurement counts persons
 * @param footprintErrorPct where persons were counted at radio cells, standard error of an area's
 *     persons by what footprints err by, per cent of them
 * @param registeredSex how many SIMs are registered to the other sex; null: women and men are told
 *     apart by the survey alone
 */
public record ConnectedSettings(
    @JsonProperty("minimum_respondents") int minimumRespondents,
    @JsonProperty("least_persons") double leastPersons,
    @JsonProperty("most_error_pct") double mostErrorPct,
    @JsonProperty("sims_per_person") @Nullable Double simsPerPerson,
    @JsonProperty("footprint_error_pct") double footprintErrorPct,
    @JsonProperty("registered_sex") @Nullable RegisteredSexSettings registeredSex) {

  /**
   * What a survey that asks for the register tells of it.
   *
   * @param womenAsMen share of women's SIMs that are registered to a man
   * @param menAsWomen share of men's SIMs that are registered to a woman
   * @param error standard error of both shares
   */
  public record RegisteredSexSettings(
      @JsonProperty("women_as_men") double womenAsMen,
      @JsonProperty("men_as_women") double menAsWomen,
      double error) {
    public RegisteredSexSettings {
      Checks.between("women_as_men", womenAsMen, 0, 1);
      Checks.between("men_as_women", menAsWomen, 0, 1);
      Checks.between("error", error, 0, 0.2);
      Checks.that(
          womenAsMen + menAsWomen + 2 * error <= 0.9,
          "women_as_men, men_as_women and twice error are %s together but must be 0.9 at most: such a register does not tell women from men"
              .formatted(womenAsMen + menAsWomen + 2 * error));
    }
  }

  public ConnectedSettings {
    Checks.between("minimum_respondents", minimumRespondents, 1, 1_000_000);
    Checks.between("least_persons", leastPersons, 0, 1_000_000);
    Checks.between("most_error_pct", mostErrorPct, 0.1, 100);
    Checks.between("footprint_error_pct", footprintErrorPct, 0, 100);
    if (simsPerPerson != null) {
      Checks.between("sims_per_person", simsPerPerson, 1, 10);
    }
  }
}
