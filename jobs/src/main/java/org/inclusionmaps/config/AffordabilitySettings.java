package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When access is affordable.
 *
 * @param thresholdPct highest share of own monthly income, per cent
 * @param minimumTechnology a usable network is this or newer: 2G to 5G
 * @param basket name of the basket that measures affordability
 * @param baskets what a month needs, by name
 * @param device what a handset costs
 * @param currency money that all is told in; null for that of the incomes, if they are in one
 * @param exchangeRates how much of that money one unit of another is, by the other's code
 * @param purchasingPowerRate how much of that money an international dollar is; null if not known
 * @param shadowing whether operators fail at the same spots
 * @param minimumRespondents an area's microdata of income count from so many respondents on
 */
public record AffordabilitySettings(
    @JsonProperty("threshold_pct") double thresholdPct,
    @JsonProperty("minimum_technology") String minimumTechnology,
    String basket,
    Map<String, BasketSettings> baskets,
    DeviceSettings device,
    @Nullable String currency,
    @JsonProperty("exchange_rates") Map<String, Double> exchangeRates,
    @JsonProperty("purchasing_power_rate") @Nullable Double purchasingPowerRate,
    Shadowing shadowing,
    @JsonProperty("minimum_respondents") int minimumRespondents) {

  /** How the signals of several operators hang together at a spot. */
  public enum Shadowing {
    @JsonProperty("common")
    COMMON,
    @JsonProperty("independent")
    INDEPENDENT
  }

  /**
   * What a month needs.
   *
   * @param dataGb data, GB of 1000 MB
   * @param minutes minutes of calls
   * @param sms messages
   * @param minimumTechnology plans of this technology or newer count: 2G to 5G
   * @param source who defines it, and since when
   */
  public record BasketSettings(
      @JsonProperty("data_gb") double dataGb,
      double minutes,
      double sms,
      @JsonProperty("minimum_technology") String minimumTechnology,
      String source) {
    public BasketSettings {
      Checks.between("data_gb", dataGb, 0, 10000);
      Checks.between("minutes", minutes, 0, 100000);
      Checks.between("sms", sms, 0, 100000);
      Checks.that(
          dataGb + minutes + sms > 0,
          "data_gb, minutes and sms are all 0, but a basket must need something");
      checkTechnology(minimumTechnology);
      Checks.text(Checks.given("source", source), "source");
    }
  }

  /**
   * What a handset costs.
   *
   * @param price its price, in the money that all is told in
   * @param months how long it is used: each month bears its part
   */
  public record DeviceSettings(double price, double months) {
    public DeviceSettings {
      Checks.between("price", price, 0, 1e9);
      Checks.positive("months", months);
    }

    /** What it costs a month. */
    public double month() {
      return price / months;
    }
  }

  public AffordabilitySettings {
    Checks.positive("threshold_pct", thresholdPct);
    Checks.between("threshold_pct", thresholdPct, 0, 100);
    Checks.that(
        currency == null || currency.matches("[A-Z]{3}"),
        "currency is %s but must be a code of ISO 4217, as USD".formatted(currency));
    checkTechnology(minimumTechnology);
    baskets = new TreeMap<>(Checks.given("baskets", baskets));
    for (Map.Entry<String, BasketSettings> of : baskets.entrySet()) {
      Checks.that(
          of.getKey().matches("[a-z][a-z0-9_]*"),
          "baskets has " + of.getKey() + " but names are of a-z, 0-9 and _");
      Checks.given("baskets." + of.getKey(), of.getValue());
    }
    Checks.that(
        baskets.containsKey(Checks.given("basket", basket)),
        "basket is %s but baskets has %s".formatted(basket, String.join(", ", baskets.keySet())));
    Checks.given("device", device);
    exchangeRates = new TreeMap<>(Checks.given("exchange_rates", exchangeRates));
    exchangeRates.forEach((code, rate) -> Checks.positive("exchange_rates." + code, rate));
    if (purchasingPowerRate != null) {
      Checks.positive("purchasing_power_rate", purchasingPowerRate);
    }
    Checks.given("shadowing", shadowing);
    Checks.between("minimum_respondents", minimumRespondents, 2, 1e9);
  }

  private static void checkTechnology(@Nullable String technology) {
    if (!Checks.given("minimum_technology", technology).matches("[2-5]G")) {
      throw new IllegalArgumentException(
          "minimum_technology is " + technology + " but must be 2G, 3G, 4G or 5G");
    }
  }

  /** What a month needs by the basket that measures affordability. */
  public BasketSettings chosen() {
    return needOf(basket);
  }

  /** What a month needs by a basket. */
  public BasketSettings needOf(String name) {
    return Checks.given("baskets." + name, baskets.get(name));
  }

  /** The oldest technology that is usable: that of plans for the basket that counts. */
  public String usable() {
    return usableFor(basket);
  }

  /** The oldest technology of plans for a basket: usable at home, and by the basket's own rule. */
  public String usableFor(String name) {
    String own = needOf(name).minimumTechnology();
    return own.compareTo(minimumTechnology) > 0 ? own : minimumTechnology;
  }
}
