package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All settings of a run. Every default stands in {@code conf/inclusion.yaml}. */
public record Settings(
    CountrySettings country,
    Map<String, List<FeedSettings>> inputs,
    LimitsSettings limits,
    PlacesSettings places,
    PopulationSettings population,
    TerrainSettings terrain,
    RadioSettings radio,
    AffordabilitySettings affordability,
    ConnectedSettings connected,
    UncertaintySettings uncertainty,
    PrivacySettings privacy,
    @JsonProperty("person_data") PersonDataSettings personData,
    ReleaseSettings release,
    OutputSettings output,
    OperationsSettings operations) {
  public Settings {
    Checks.given("country", country);
    inputs = new TreeMap<>(Checks.given("inputs", inputs));
    Checks.given("limits", limits);
    Checks.given("places", places);
    Checks.given("population", population);
    Checks.given("terrain", terrain);
    Checks.given("radio", radio);
    Checks.given("affordability", affordability);
    Checks.given("connected", connected);
    Checks.given("uncertainty", uncertainty);
    Checks.given("privacy", privacy);
    Checks.given("person_data", personData);
    Checks.given("release", release);
    Checks.given("output", output);
    Checks.given("operations", operations);
  }
}
