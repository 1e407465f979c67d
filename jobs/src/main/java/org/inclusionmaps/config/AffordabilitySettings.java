package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * When access is affordable.
 *
 * @param thresholdPct highest share of own monthly income, per cent
 * @param minimumTechnology a usable network is this or newer: 2G to 5G
 * @param basket what a month needs
 * @param shadowing whether operators fail at the same spots
 * @param minimumRespondents an area's microdata of income count from so many respondents on
 */
public record AffordabilitySettings(
    @JsonProperty("threshold_pct") double thresholdPct,
    @JsonProperty("minimum_technology") String minimumTechnology,
    BasketSettings basket,
    Shadowing shadowing,
    @JsonProperty("minimum_respondents") int minimumRespondents) {

  /** How the signals of several operators hang together at a spot. */
  public enum Shadowing {
    @JsonProperty("common")
    COMMON,
    @JsonProperty("independent")
    INDEPENDENT
  }

  /** What a month needs: GB of 1000 MB, minutes of calls, messages. */
  public record BasketSettings(@JsonProperty("data_gb") double dataGb, double minutes, double sms) {
    public BasketSettings {
      Checks.between("data_gb", dataGb, 0, 10000);
      Checks.between("minutes", minutes, 0, 100000);
      Checks.between("sms", sms, 0, 100000);
    }
  }

  public AffordabilitySettings {
    Checks.positive("threshold_pct", thresholdPct);
    if (!Checks.given("minimum_technology", minimumTechnology).matches("[2-5]G")) {
      throw new IllegalArgumentException(
          "minimum_technology is " + minimumTechnology + " but must be 2G, 3G, 4G or 5G");
    }
    Checks.given("basket", basket);
    Checks.given("shadowing", shadowing);
    Checks.between("minimum_respondents", minimumRespondents, 2, 1e9);
  }
}
