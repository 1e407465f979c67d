package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;

/**
 * How sure inputs are, and how often a run draws them anew. All errors are standard deviations.
 *
 * @param replicates draws of the whole chain, 20 to 1000; 1 draws nothing, and there are no
 *     intervals
 * @param seed of the draws
 * @param propagationDb of the model of signals, the same everywhere, dB
 * @param calibratedDb the same, where signals are moved to meet an official figure, dB
 * @param surroundingsDb of all networks' signals in one hexagon of resolution 6, dB
 * @param defaultsDb of a network's signal where its best cell lacks attributes, dB; hexagons far
 *     apart differ
 * @param pricePct of all prices together, per cent
 * @param nationalIncomePct of the nation's mean income, per cent
 * @param areaIncomePct of an area's mean income, where the feed tells no error, per cent
 * @param incomeSpreadPct of the spread of the logarithm of income, per cent
 * @param groupIncomePct of the mean income of an age or disability, which incomes do not tell, per
 *     cent of its area's
 * @param groupOddsPct of the odds of being connected of groups that the survey does not tell apart,
 *     per cent
 * @param settlementPct of a place's share of its area's people, per cent
 * @param overlap how far replicates go from those who can pay connecting first, 0, to connecting
 *     whatever one can pay, 1
 */
public record UncertaintySettings(
    int replicates,
    long seed,
    @JsonProperty("propagation_db") double propagationDb,
    @JsonProperty("calibrated_db") double calibratedDb,
    @JsonProperty("surroundings_db") double surroundingsDb,
    @JsonProperty("defaults_db") double defaultsDb,
    @JsonProperty("price_pct") double pricePct,
    @JsonProperty("national_income_pct") double nationalIncomePct,
    @JsonProperty("area_income_pct") double areaIncomePct,
    @JsonProperty("income_spread_pct") double incomeSpreadPct,
    @JsonProperty("group_income_pct") double groupIncomePct,
    @JsonProperty("group_odds_pct") double groupOddsPct,
    @JsonProperty("settlement_pct") double settlementPct,
    double overlap)
    implements Serializable {
  /** Of fewer draws the 5 % and 95 % quantiles are their extremes. */
  private static final int LEAST_REPLICATES = 20;

  public UncertaintySettings {
    Checks.between("replicates", replicates, 1, 1000);
    Checks.that(
        replicates == 1 || replicates >= LEAST_REPLICATES,
        "replicates is %d but must be 1 (none are drawn), or %d to 1000: fewer tell no interval"
            .formatted(replicates, LEAST_REPLICATES));
    Checks.between("propagation_db", propagationDb, 0, 20);
    Checks.between("calibrated_db", calibratedDb, 0, 20);
    Checks.between("surroundings_db", surroundingsDb, 0, 20);
    Checks.between("defaults_db", defaultsDb, 0, 20);
    Checks.between("price_pct", pricePct, 0, 100);
    Checks.between("national_income_pct", nationalIncomePct, 0, 100);
    Checks.between("area_income_pct", areaIncomePct, 0, 100);
    Checks.between("income_spread_pct", incomeSpreadPct, 0, 50);
    Checks.between("group_income_pct", groupIncomePct, 0, 100);
    Checks.between("group_odds_pct", groupOddsPct, 0, 200);
    Checks.between("settlement_pct", settlementPct, 0, 100);
    Checks.between("overlap", overlap, 0, 1);
  }

  /** The same, of signals that are moved to meet an official figure. */
  public UncertaintySettings calibrated() {
    return new UncertaintySettings(
        replicates,
        seed,
        calibratedDb,
        calibratedDb,
        surroundingsDb,
        defaultsDb,
        pricePct,
        nationalIncomePct,
        areaIncomePct,
        incomeSpreadPct,
        groupIncomePct,
        groupOddsPct,
        settlementPct,
        overlap);
  }
}
