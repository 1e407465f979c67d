package org.inclusionmaps.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.stage.Stage;

/**
 * A way to run the job on a made-up country.
 *
 * @param name what reports call it
 * @param sets settings, as {@code uncertainty.propagation_db=5}
 */
record Variant(String name, List<String> sets) {
  /** Stands for the truth's own coverage in the sets of a variant. */
  private static final String OFFICIAL = "OFFICIAL";

  /** As a country without official figures is run, and as one with them. */
  static final List<Variant> STANDARD =
      List.of(
          new Variant("model", List.of()),
          new Variant("official", List.of("radio.official_coverage_pct=" + OFFICIAL)));

  /**
   * Connected persons by subscriptions: with the noise of the default budget, and with a budget so
   * large that no count is changed. The register of the made-up countries is wrong in this way.
   */
  static final List<Variant> MEASURED =
      List.of(measured("noise", List.of()), measured("counts", List.of("privacy.rho=1000000")));

  private static Variant measured(String name, List<String> more) {
    List<String> sets =
        new ArrayList<>(
            List.of(
                "privacy.local_trial=true",
                "privacy.purpose=accuracy",
                "privacy.legal_basis=persons are made up",
                "privacy.expires=9999-12-31",
                "privacy.period=once",
                "privacy.lifetime_rho=1000000",
                "connected.registered_sex={women_as_men: 0.25, men_as_women: 0.05, error: 0.02}"));
    sets.addAll(more);
    return new Variant(name, List.copyOf(sets));
  }

  private static final Pattern TEXT = Pattern.compile("\\s*([^:=\\s]+)\\s*:((\\s+\\S+=\\S+)*)\\s*");

  /**
   * The first stage that a change of a setting concerns; of any other setting, the first of all.
   */
  private static final Map<String, String> CONCERNED =
      Map.of(
          "radio.official_coverage_pct", "signal_units",
          "affordability", "offers",
          "connected", "subscribers",
          "privacy", "subscribers",
          "uncertainty", "area_sums",
          "output", "");

  /**
   * A variant from a text as {@code wide: uncertainty.propagation_db=5 uncertainty.price_pct=6}.
   */
  static Variant of(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "--variant %s is not a name, a colon and settings, as 'wide: uncertainty.price_pct=6'"
              .formatted(text));
    }
    String sets = Objects.requireNonNull(parts.group(2)).strip();
    return new Variant(
        Objects.requireNonNull(parts.group(1)),
        sets.isEmpty() ? List.of() : List.of(sets.split("\\s+")));
  }

  /**
   * Its settings.
   *
   * @param official the truth's own coverage, as the setting wants it
   */
  List<String> sets(String official) {
    return sets.stream().map(set -> set.replace(OFFICIAL, official)).toList();
  }

  /** The stages to run again for some settings where those of others were run. */
  static List<Stage> again(List<Stage> stages, Settings settings, Settings others) {
    Set<String> firsts = new TreeSet<>();
    for (String key : changed(settings, others)) {
      CONCERNED.entrySet().stream()
          .filter(of -> key.equals(of.getKey()) || key.startsWith(of.getKey() + "."))
          .max(Comparator.comparingInt(of -> of.getKey().length()))
          .ifPresentOrElse(of -> firsts.add(of.getValue()), () -> firsts.add("*"));
    }
    if (firsts.contains("subscribers")) {
      // A measurement at radio cells goes through these first; the stages come in one order.
      firsts.addAll(List.of("footprints", "cell_homes"));
    }
    for (int i = 0; i < stages.size(); i++) {
      if (firsts.contains("*") || firsts.contains(stages.get(i).name())) {
        return stages.subList(i, stages.size());
      }
    }
    return List.of();
  }

  private static List<String> changed(Settings settings, Settings others) {
    Map<String, Object> ours = new TreeMap<>();
    Map<String, Object> theirs = new TreeMap<>();
    flatten("", SettingsLoader.describe(settings), ours);
    flatten("", SettingsLoader.describe(others), theirs);
    Set<String> keys = new TreeSet<>(ours.keySet());
    keys.addAll(theirs.keySet());
    List<String> changed = new ArrayList<>(keys);
    changed.removeIf(key -> Objects.equals(ours.get(key), theirs.get(key)));
    return changed;
  }

  private static void flatten(String prefix, Map<?, ?> of, Map<String, Object> into) {
    of.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> map) {
            flatten(prefix + key + ".", map, into);
          } else if (value != null) {
            into.put(prefix + key, value);
          }
        });
  }
}
