package org.inclusionmaps.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.inclusionmaps.contract.FeedWords;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.publish.writing.Numbers;
import org.inclusionmaps.publish.writing.ReleaseContext;

/** What makes the figures of two releases differ though nothing changed in the country. */
final class Comparability {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_NAMED = 12;

  /** Settings that change what is counted, in words. */
  private static final Map<String, String> MAIN = main();

  /** Settings that change no figure, or are told by their own sentences. */
  private static final List<String> LEFT_OUT =
      List.of("release.", "inputs.", "country.", "radio.reuse", "uncertainty.seed");

  private Comparability() {}

  private static Map<String, String> main() {
    Map<String, String> main = new LinkedHashMap<>();
    main.put("affordability.threshold_pct", "The affordable share of income, per cent,");
    main.put("affordability.minimum_technology", "The oldest usable network");
    main.put("affordability.basket", "The basket that is priced");
    main.put("affordability.currency", "The currency");
    main.put("radio.service", "What counts as coverage");
    main.put("radio.cell_list", "How the list of radio cells is taken");
    main.put("places.resolution", "The resolution of the hexagons");
    return main;
  }

  /**
   * Compares what two releases rest on.
   *
   * @param then manifest of the earlier one
   * @param context of the later one
   * @return sentences; none where both were made in the same way
   */
  static List<String> differences(JsonNode then, ReleaseContext context) {
    SortedMap<String, String> before = flat(then.path("settings"));
    SortedMap<String, String> now =
        flat(JSON.valueToTree(ReleaseContext.portable(context.described())));
    List<String> told = new ArrayList<>();
    MAIN.forEach(
        (setting, words) -> {
          String was = before.getOrDefault(setting, "not set");
          String is = now.getOrDefault(setting, "not set");
          if (!was.equals(is)) {
            told.add("%s was %s and is %s.".formatted(words, was, is));
          }
        });
    String code = then.path("code").asText();
    if (!code.equals(context.code())) {
      told.add(
          "The methods may differ: the earlier release was made by version %s, this one by %s."
              .formatted(code, context.code()));
    }
    feeds(then, context, told);
    others(before, now, told);
    return told;
  }

  private static void feeds(JsonNode then, ReleaseContext context, List<String> told) {
    NavigableSet<String> lacked = new TreeSet<>();
    then.path("missing").forEach(table -> lacked.add(table.asText()));
    NavigableSet<String> lacks = new TreeSet<>();
    context.sources().missing().stream().map(Table::name).forEach(lacks::add);
    NavigableSet<String> gained = new TreeSet<>(lacked);
    gained.removeAll(lacks);
    NavigableSet<String> lost = new TreeSet<>(lacks);
    lost.removeAll(lacked);
    if (!gained.isEmpty()) {
      told.add("Data that was not there before: " + words(gained) + ".");
    }
    if (!lost.isEmpty()) {
      told.add("Data that was there before and is not now: " + words(lost) + ".");
    }
  }

  private static String words(NavigableSet<String> tables) {
    return String.join("; ", tables.stream().map(FeedWords::of).toList());
  }

  private static void others(
      SortedMap<String, String> before, SortedMap<String, String> now, List<String> told) {
    NavigableSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(now.keySet());
    List<String> differ =
        all.stream()
            .filter(key -> !MAIN.containsKey(key))
            .filter(key -> LEFT_OUT.stream().noneMatch(key::startsWith))
            .filter(key -> !before.getOrDefault(key, "").equals(now.getOrDefault(key, "")))
            .toList();
    if (!differ.isEmpty()) {
      told.add(
          "Other settings differ (%s): %s%s."
              .formatted(
                  Numbers.count(differ.size()),
                  String.join(", ", differ.subList(0, Math.min(MOST_NAMED, differ.size()))),
                  differ.size() > MOST_NAMED ? " and more" : ""));
    }
  }

  /** Each setting by its whole name; a number as it is written shortest. */
  private static SortedMap<String, String> flat(JsonNode settings) {
    TreeMap<String, String> flat = new TreeMap<>();
    flat("", settings, flat);
    return flat;
  }

  private static void flat(String name, JsonNode node, Map<String, String> flat) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  flat(
                      name.isEmpty() ? field.getKey() : name + "." + field.getKey(),
                      field.getValue(),
                      flat));
    } else if (node.isNumber()) {
      flat.put(name, Numbers.plain(node.asDouble()));
    } else if (!node.isNull() && !node.isMissingNode()) {
      flat.put(name, node.isValueNode() ? node.asText() : node.toString());
    }
  }
}
