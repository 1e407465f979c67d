package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table of footprints: signal and connection probability as eurostat/multimno has them.
 *
 * @param write whether the table is written
 * @param midpointDbm signal with a dominance of one half, dBm
 * @param steepness of dominance, per dB
 * @param leastDominance a cell of this dominance or less is dropped at a place
 * @param leastPctOfBest a cell under this share of the place's best dominance is dropped, %
 * @param mostCells cells of an operator kept at a place at most
 * @param backLossDb loss behind a sector antenna, in either plane, dB
 * @param cellTypes what cells are taken to be where the feed is silent, by their type
 */
public record FootprintSettings(
    boolean write,
    @JsonProperty("midpoint_dbm") double midpointDbm,
    double steepness,
    @JsonProperty("least_dominance") double leastDominance,
    @JsonProperty("least_pct_of_best") double leastPctOfBest,
    @JsonProperty("most_cells") int mostCells,
    @JsonProperty("back_loss_db") double backLossDb,
    @JsonProperty("cell_types") Map<String, CellTypeSettings> cellTypes)
    implements Serializable {
  /** The type of cells whose type is absent or not listed. */
  public static final String DEFAULT = "default";

  public FootprintSettings {
    Checks.between("midpoint_dbm", midpointDbm, -150, 0);
    Checks.between("steepness", steepness, 0.001, 10);
    Checks.between("least_dominance", leastDominance, 0, 0.99);
    Checks.between("least_pct_of_best", leastPctOfBest, 0, 100);
    Checks.between("most_cells", mostCells, 1, 1000);
    Checks.between("back_loss_db", backLossDb, 3, 100);
    cellTypes = new TreeMap<>(Checks.given("cell_types", cellTypes));
    Checks.given("cell_types." + DEFAULT, cellTypes.get(DEFAULT));
  }
}
