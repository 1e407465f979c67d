package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;

/**
 * What a handset needs, and what a cell is taken to be where the feed is silent.
 *
 * @param thresholdDbm least signal for service outdoors, dBm
 * @param reachKm no cell serves beyond this distance, km
 * @param urban a cell in a city
 * @param suburban a cell in a town or suburb
 * @param open a cell in the country
 */
public record TechnologySettings(
    @JsonProperty("threshold_dbm") double thresholdDbm,
    @JsonProperty("reach_km") double reachKm,
    AntennaSettings urban,
    AntennaSettings suburban,
    AntennaSettings open)
    implements Serializable {
  public TechnologySettings {
    Checks.between("threshold_dbm", thresholdDbm, -150, -40);
    Checks.between("reach_km", reachKm, 0.1, 100);
    Checks.given("urban", urban);
    Checks.given("suburban", suburban);
    Checks.given("open", open);
  }
}
