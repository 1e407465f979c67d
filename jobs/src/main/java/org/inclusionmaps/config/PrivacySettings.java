package org.inclusionmaps.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How persons are counted from subscriptions, and what it may cost of their privacy.
 *
 * @param purpose why persons are counted; without it they are not
 * @param legalBasis what allows it; without it they are not counted
 * @param expires last day on which it is allowed, as 2026-12-31; without it they are not counted
 * @param localTrial lifts the demands on Spark's own security; told when it measures
 * @param period what is measured, as 2025-Q4: one measurement a period is drawn, and used again
 * @param keyProvider Hadoop credential provider that holds the key of noise, as
 *     jceks://file/etc/inclusion/keys.jceks
 * @param keyAlias the key's name there
 * @param ledger folder of the ledger; under the output unless told
 * @param protection noise; or thresholds, where a regulator asks for them
 * @param thresholds what is hidden where there is no noise
 * @param rho what a measurement costs, in zero-concentrated differential privacy
 * @param lifetimeRho what all measurements of this ledger may cost together
 * @param delta at which the report tells epsilon
 * @param simsPerPerson SIMs that a person has at most, where the feed has no key of persons; null
 *     where it has one: then rows without it do not count
 * @param operators codes of the operators whose subscriptions the feed has; empty: all that public
 *     feeds name. The others count for nothing, and their market shares stand for them
 * @param detail level of the tree of areas, or place, or cell, to what is counted there; null takes
 *     a level out
 */
public record PrivacySettings(
    @Nullable String purpose,
    @JsonProperty("legal_basis") @Nullable String legalBasis,
    @Nullable String expires,
    @JsonProperty("local_trial") boolean localTrial,
    @Nullable String period,
    @JsonProperty("key_provider") @Nullable String keyProvider,
    @JsonProperty("key_alias") String keyAlias,
    @Nullable String ledger,
    Protection protection,
    ThresholdSettings thresholds,
    BigDecimal rho,
    @JsonProperty("lifetime_rho") BigDecimal lifetimeRho,
    double delta,
    @JsonProperty("sims_per_person") @Nullable Integer simsPerPerson,
    List<String> operators,
    SortedMap<String, Detail> detail) {
  /** The key of {@code detail} that stands for places. */
  public static final String PLACE = "place";

  /** The key of {@code detail} that stands for radio cells. */
  public static final String CELL = "cell";

  private static final Set<String> LEAVES = Set.of(PLACE, CELL);

  /** How counts of persons are protected. */
  public enum Protection {
    /** Each count has noise, and its cost is charged. */
    NOISE,
    /** Counts are shown as they are, or hidden. */
    THRESHOLDS;

    /** Reads it as settings write it. */
    @JsonCreator
    public static Protection of(String text) {
      for (Protection protection : values()) {
        if (protection.label().equals(text)) {
          return protection;
        }
      }
      throw new IllegalArgumentException(
          "protection is " + text + " but must be noise or thresholds; correct it");
    }

    /** As settings write it. */
    @com.fasterxml.jackson.annotation.JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is hidden where counts have no noise, besides what would tell it.
   *
   * @param leastPersons a cell with fewer is hidden
   * @param mostOperatorPct a cell is hidden if one operator has more of its persons, per cent
   */
  public record ThresholdSettings(
      @JsonProperty("least_persons") int leastPersons,
      @JsonProperty("most_operator_pct") int mostOperatorPct) {
    public ThresholdSettings {
      Checks.between("least_persons", leastPersons, 3, 1_000_000);
      Checks.between("most_operator_pct", mostOperatorPct, 1, 100);
    }
  }

  /** What is counted in each cell of a level. */
  public enum Detail {
    /** Persons. */
    TOTAL,
    /** Persons by sex. */
    SEX,
    /** Persons by age. */
    AGE,
    /** Persons by sex and age. */
    SEX_AGE;

    /** Reads it as settings write it. */
    @JsonCreator
    public static Detail of(String text) {
      for (Detail detail : values()) {
        if (detail.label().equals(text)) {
          return detail;
        }
      }
      throw new IllegalArgumentException(
          text + " is no detail; there are total, sex, age and sex_age");
    }

    /** As settings write it. */
    @com.fasterxml.jackson.annotation.JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether sexes are told apart. */
    public boolean sexes() {
      return this == SEX || this == SEX_AGE;
    }

    /** Whether ages are told apart. */
    public boolean ages() {
      return this == AGE || this == SEX_AGE;
    }
  }

  public PrivacySettings {
    Checks.text(Checks.given("key_alias", keyAlias), "key_alias");
    Checks.given("protection", protection);
    Checks.given("thresholds", thresholds);
    positive("rho", Checks.given("rho", rho));
    positive("lifetime_rho", Checks.given("lifetime_rho", lifetimeRho));
    Checks.between("delta", delta, 1e-30, 0.01);
    if (simsPerPerson != null) {
      Checks.between("sims_per_person", simsPerPerson, 1, 20);
    }
    operators = List.copyOf(Checks.given("operators", operators));
    detail = detail(new TreeMap<>(Checks.given("detail", detail)));
    Checks.that(
        protection == Protection.NOISE || !detail.containsKey(CELL),
        "protection is thresholds and detail has cell, but a radio cell has one operator's persons alone, so each would be hidden; count by place or area, or with noise");
    if (expires != null) {
      try {
        LocalDate.parse(expires);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "expires is " + expires + " but must be a date as 2026-12-31", e);
      }
    }
  }

  /** Whether counts have no noise. */
  public boolean withoutNoise() {
    return protection == Protection.THRESHOLDS;
  }

  private static SortedMap<String, Detail> detail(SortedMap<String, Detail> detail) {
    detail.values().removeIf(Objects::isNull);
    Checks.that(!detail.isEmpty(), "detail is empty: name a level of areas, or place");
    for (String level : detail.keySet()) {
      Checks.that(
          LEAVES.contains(level) || level.matches("[0-9]"),
          "detail has %s, which is neither place nor cell nor the level of an area, 0 to 9"
              .formatted(level));
      Checks.that(
          !LEAVES.contains(level) || detail.get(level) == Detail.TOTAL,
          "detail.%s is %s, but %ss are counted in total alone: name groups at a level of areas"
              .formatted(level, label(detail.get(level)), level));
    }
    Checks.that(
        !detail.keySet().containsAll(LEAVES),
        "detail has place and cell, but a home is told by one of them; write place: null to count by cell");
    Checks.that(
        !detail.containsKey(CELL) || detail.size() > 1,
        "detail has cell alone: name a level of areas too, to which persons at cells are shared");
    return detail;
  }

  private static String label(@Nullable Detail detail) {
    return detail == null ? "" : detail.label();
  }

  /** So many persons, or SIMs where these count, that they are enough persons to be shown. */
  public long leastCounted() {
    return (long) thresholds.leastPersons() * (simsPerPerson == null ? 1 : simsPerPerson);
  }

  private static void positive(String key, BigDecimal value) {
    Checks.that(value.signum() > 0, "%s is %s but must be above 0".formatted(key, value));
  }

  /** What is missing for persons to be counted: names of settings without a value. */
  public Map<String, String> missing() {
    Map<String, String> missing = new TreeMap<>();
    need(missing, "purpose", purpose, "why persons are counted");
    need(missing, "legal_basis", legalBasis, "what allows it");
    need(missing, "expires", expires, "the last day on which it is allowed, as 2026-12-31");
    need(missing, "period", period, "what is measured, as 2025-Q4");
    need(missing, "key_provider", keyProvider, "where the key of noise is kept");
    return missing;
  }

  private static void need(
      Map<String, String> missing, String key, @Nullable String value, String what) {
    if (value == null || value.isBlank()) {
      missing.put("privacy." + key, what);
    }
  }

  /** Whether a day is after the last one allowed. */
  public boolean expired(LocalDate today) {
    return expires != null && today.isAfter(LocalDate.parse(expires));
  }
}
