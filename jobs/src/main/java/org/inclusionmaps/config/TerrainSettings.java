package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The grid of ground heights.
 *
 * @param samplesPerDegree heights in a degree of latitude and of longitude, 1 to 1200; null where
 *     the elevation model's own number is taken, at most 1200
 */
public record TerrainSettings(
    @JsonProperty("samples_per_degree") @Nullable Integer samplesPerDegree) {
  public TerrainSettings {
    if (samplesPerDegree != null) {
      Checks.between("samples_per_degree", samplesPerDegree, 1, 1200);
    }
  }
}
