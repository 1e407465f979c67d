package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;

/**
 * How sure inputs are, and how often a run draws them anew. All errors are standard deviations.
 *
 * @param replicates draws of the whole chain; 1 draws nothing, and there are no intervals
 * @param seed of the draws
 * @param propagationDb of the model of signals, the same everywhere, dB
 * @param defaultsDb of a network's signal where its best cell lacks attributes, dB; hexagons far
 *     apart differ
 * @param pricePct of all prices together, per cent
 * @param nationalIncomePct of the nation's mean income, per cent
 * @param areaIncomePct of an area's mean income, where the feed tells no error, per cent
 * @param incomeSpreadPct of the spread of the logarithm of income, per cent
 * @param settlementPct of a place's share of its area's people, per cent
 */
public record UncertaintySettings(
    int replicates,
    long seed,
    @JsonProperty("propagation_db") double propagationDb,
    @JsonProperty("defaults_db") double defaultsDb,
    @JsonProperty("price_pct") double pricePct,
    @JsonProperty("national_income_pct") double nationalIncomePct,
    @JsonProperty("area_income_pct") double areaIncomePct,
    @JsonProperty("income_spread_pct") double incomeSpreadPct,
    @JsonProperty("settlement_pct") double settlementPct)
    implements Serializable {
  public UncertaintySettings {
    Checks.between("replicates", replicates, 1, 1000);
    Checks.between("propagation_db", propagationDb, 0, 20);
    Checks.between("defaults_db", defaultsDb, 0, 20);
    Checks.between("price_pct", pricePct, 0, 100);
    Checks.between("national_income_pct", nationalIncomePct, 0, 100);
    Checks.between("area_income_pct", areaIncomePct, 0, 100);
    Checks.between("income_spread_pct", incomeSpreadPct, 0, 50);
    Checks.between("settlement_pct", settlementPct, 0, 100);
  }
}
