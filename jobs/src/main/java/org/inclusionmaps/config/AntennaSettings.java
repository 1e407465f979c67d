package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;

/**
 * What a cell is taken to be in one environment where the feed is silent.
 *
 * @param frequencyMhz carrier frequency, MHz
 * @param eirpDbm power on the reference channel, dBm
 * @param heightM antenna height above ground, m
 */
public record AntennaSettings(
    @JsonProperty("frequency_mhz") double frequencyMhz,
    @JsonProperty("eirp_dbm") double eirpDbm,
    @JsonProperty("height_m") double heightM)
    implements Serializable {
  public AntennaSettings {
    Checks.between("frequency_mhz", frequencyMhz, 150, 71000);
    Checks.between("eirp_dbm", eirpDbm, -30, 90);
    Checks.between("height_m", heightM, 1, 600);
  }
}
