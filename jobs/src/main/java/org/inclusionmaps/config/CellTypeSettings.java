package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;

/**
 * What a cell of a type is taken to be in footprints where the feed is silent.
 *
 * @param powerW power, W
 * @param rangeKm the farthest place that is looked at, km
 * @param pathLossExponent how fast the signal fades: 2 in free space
 * @param heightM antenna height above ground, m
 * @param tiltDeg tilt of a sector below the horizon, degrees
 * @param beamwidthDeg width of a sector at half power, degrees
 * @param verticalBeamwidthDeg its width in the vertical plane, degrees
 */
public record CellTypeSettings(
    @JsonProperty("power_w") double powerW,
    @JsonProperty("range_km") double rangeKm,
    @JsonProperty("path_loss_exponent") double pathLossExponent,
    @JsonProperty("height_m") double heightM,
    @JsonProperty("tilt_deg") double tiltDeg,
    @JsonProperty("beamwidth_deg") double beamwidthDeg,
    @JsonProperty("vertical_beamwidth_deg") double verticalBeamwidthDeg)
    implements Serializable {
  public CellTypeSettings {
    Checks.between("power_w", powerW, 0.001, 1e6);
    Checks.between("range_km", rangeKm, 0.01, 100);
    Checks.between("path_loss_exponent", pathLossExponent, 1, 10);
    Checks.between("height_m", heightM, 1, 600);
    Checks.between("tilt_deg", tiltDeg, -30, 90);
    Checks.between("beamwidth_deg", beamwidthDeg, 1, 360);
    Checks.between("vertical_beamwidth_deg", verticalBeamwidthDeg, 1, 360);
  }
}
