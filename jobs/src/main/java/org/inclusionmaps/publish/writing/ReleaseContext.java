package org.inclusionmaps.publish.writing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inclusionmaps.config.AffordabilitySettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Note;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.jspecify.annotations.Nullable;

/**
 * What a release needs to know of the run that it comes from.
 *
 * @param settings the run's settings
 * @param described the same settings as maps, for manifest and datasheet
 * @param runId name of the run, and of the release
 * @param code version of the code
 * @param sources what the run was made of
 * @param caveats what is to be known of its figures
 * @param earlier releases of the country that came before, the one compared with first
 */
public record ReleaseContext(
    Settings settings,
    Map<String, Object> described,
    String runId,
    String code,
    Sources sources,
    Caveats caveats,
    List<EarlierRelease> earlier) {
  private static final Set<String> NOT_OF_A_RELEASE =
      Set.of("output", "privacy", "person_data", "operations", "limits");

  /** Settings that tell places, and those that change no figure. */
  private static final Set<String> NOT_TOLD =
      Set.of(Tables.SENSITIVE_PLACES.name(), "compare_with", "signing_key");

  /**
   * What a run was made of.
   *
   * @param inputs table to its input files: sha256 by file name
   * @param missing tables that the country does not give
   * @param rows table to how many rows the run wrote
   */
  public record Sources(
      Map<String, Map<String, String>> inputs, List<Table> missing, Map<String, Long> rows) {
    public Sources {
      missing = List.copyOf(missing);
    }
  }

  /**
   * What is to be known of the figures of a run.
   *
   * @param notes what the run left out or assumed, and how often
   * @param named what some of the notes count, one by one in words
   * @param intervals what the intervals rest on, one sentence each
   * @param measurements what each measurement of persons cost and rests on, Markdown; empty without
   */
  public record Caveats(
      Map<Note, Long> notes,
      Map<Note, String> named,
      List<String> intervals,
      List<String> measurements) {
    public Caveats {
      intervals = List.copyOf(intervals);
      measurements = List.copyOf(measurements);
    }
  }

  public ReleaseContext {
    earlier = List.copyOf(earlier);
  }

  /** A run before it is known which releases are earlier. */
  public ReleaseContext(
      Settings settings,
      Map<String, Object> described,
      String runId,
      String code,
      Sources sources,
      Caveats caveats) {
    this(settings, described, runId, code, sources, caveats, List.of());
  }

  /** The same under another name of the release, with the releases before it. */
  public ReleaseContext named(String release, List<EarlierRelease> before) {
    return new ReleaseContext(settings, described, release, code, sources, caveats, before);
  }

  /** What the map and the report are called. */
  public String title() {
    return title(settings.country().name());
  }

  /** The same of a country's name. */
  public static String title(String country) {
    return country + ": who lacks affordable access to digital networks";
  }

  /** What a month of use is, in words, as {@code 2 GB}. */
  public String basket() {
    return words(settings.affordability().chosen());
  }

  public static String words(AffordabilitySettings.BasketSettings basket) {
    StringBuilder words = new StringBuilder(Numbers.plain(basket.dataGb())).append(" GB");
    if (basket.minutes() > 0) {
      words.append(", ").append(Numbers.plain(basket.minutes())).append(" minutes of calls");
    }
    if (basket.sms() > 0) {
      words.append(", ").append(Numbers.plain(basket.sms())).append(" messages");
    }
    return words.toString();
  }

  /** The usable technology in words, as {@code 4G} or newer. */
  public String technology() {
    return settings.affordability().usable();
  }

  /**
   * Settings without folders, which differ from machine to machine, without the output, without who
   * is told of a run, and without those of the measurement, which no run reads and which tell where
   * keys are. How the list of sensitive places is read is left out too: it can name them. Which
   * release is compared with, and by which key it is signed, is no part of a run.
   */
  public static Map<String, @Nullable Object> portable(
      Map<String, ? extends @Nullable Object> given) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    given.forEach(
        (key, value) -> {
          if (!NOT_OF_A_RELEASE.contains(key)) {
            out.put(key, bare(key, value));
          }
        });
    return out;
  }

  private static @Nullable Object bare(String key, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> out = new LinkedHashMap<>();
      map.forEach(
          (k, v) -> {
            if (!NOT_TOLD.contains(String.valueOf(k))) {
              out.put(String.valueOf(k), bare(String.valueOf(k), v));
            }
          });
      return out;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> out = new ArrayList<>();
      list.forEach(item -> out.add(bare(key, item)));
      return out;
    }
    if (value instanceof String text && (key.equals("path") || text.startsWith("/"))) {
      return text.substring(text.lastIndexOf('/') + 1);
    }
    return value;
  }
}
