package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a cell is taken to be where the feed is silent, and what a handset needs.
 *
 * @param frequencyMhz carrier frequency, MHz
 * @param eirpDbm power on the reference channel, dBm
 * @param thresholdDbm least signal for service outdoors, dBm
 * @param heightM antenna height above ground, m
 * @param reachKm no cell serves beyond this distance, km
 */
public record TechnologySettings(
    @JsonProperty("frequency_mhz") double frequencyMhz,
    @JsonProperty("eirp_dbm") double eirpDbm,
    @JsonProperty("threshold_dbm") double thresholdDbm,
    @JsonProperty("height_m") double heightM,
    @JsonProperty("reach_km") double reachKm) {
  public TechnologySettings {
    Checks.between("frequency_mhz", frequencyMhz, 150, 71000);
    Checks.between("eirp_dbm", eirpDbm, -30, 90);
    Checks.between("threshold_dbm", thresholdDbm, -150, -40);
    Checks.between("height_m", heightM, 1, 600);
    Checks.between("reach_km", reachKm, 0.1, 100);
  }
}
