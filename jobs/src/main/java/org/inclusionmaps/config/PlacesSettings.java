package org.inclusionmaps.config;

/** The hexagons: H3 resolution, 0 to 13. */
public record PlacesSettings(int resolution) {
  public PlacesSettings {
    Checks.between("resolution", resolution, 0, 13);
  }
}
