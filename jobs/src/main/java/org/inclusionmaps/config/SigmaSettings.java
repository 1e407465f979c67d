package org.inclusionmaps.config;

import java.io.Serializable;

/**
 * Spread of the signal around its median, dB, by what surrounds the handset.
 *
 * @param urban in a city
 * @param suburban in a town or suburb
 * @param open in the country
 */
public record SigmaSettings(double urban, double suburban, double open) implements Serializable {
  public SigmaSettings {
    Checks.between("urban", urban, 0.1, 30);
    Checks.between("suburban", suburban, 0.1, 30);
    Checks.between("open", open, 0.1, 30);
  }
}
