package org.inclusionmaps.config;

/** The country: its area at level 0, and its name on maps. */
public record CountrySettings(String id, String name) {
  public CountrySettings {
    Checks.given("id", id);
    Checks.given("name", name);
  }
}
