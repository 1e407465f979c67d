package org.inclusionmaps.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.inclusionmaps.accuracy.IntervalScores;
import org.inclusionmaps.accuracy.Told;
import org.inclusionmaps.contract.Tables;

/** Scores of trials by variant, level of area, group and indicator, as tables. */
final class AccuracyTables {
  private record Key(String variant, int level, String group, String part) {}

  private final Map<Key, List<Told>> cases = new LinkedHashMap<>();

  /** Adds the cases of a country. */
  void add(List<Trials.Case> of) {
    of.forEach(
        one ->
            cases
                .computeIfAbsent(
                    new Key(one.variant(), one.level(), one.of().group(), one.part()),
                    key -> new ArrayList<>())
                .add(one.told()));
  }

  private List<Key> sorted() {
    List<String> variants = cases.keySet().stream().map(Key::variant).distinct().toList();
    return cases.keySet().stream()
        .sorted(
            java.util.Comparator.comparingInt((Key key) -> variants.indexOf(key.variant))
                .thenComparing(Key::level)
                .thenComparing(key -> key.group.equals(Tables.ALL) ? "" : key.group)
                .thenComparing(key -> Truths.PARTS.indexOf(key.part)))
        .toList();
  }

  private IntervalScores scores(Key key) {
    return IntervalScores.of(cases.getOrDefault(key, List.of()));
  }

  /** All scores, a row a variant, level, group and indicator. */
  String csv() {
    StringBuilder csv = new StringBuilder("variant,level,group,indicator,");
    csv.append(String.join(",", IntervalScores.names())).append('\n');
    for (Key key : sorted()) {
      csv.append("%s,%d,%s,%s_pct,".formatted(key.variant, key.level, key.group, key.part));
      csv.append(
          scores(key).figures().stream()
              .map(AccuracyTables::plain)
              .collect(Collectors.joining(",")));
      csv.append('\n');
    }
    return csv.toString();
  }

  private static String plain(double figure) {
    return Double.isFinite(figure) ? String.format(Locale.ROOT, "%.6g", figure) : "";
  }

  /** The scores of everyone, for readers. */
  String everyone() {
    StringBuilder table =
        new StringBuilder(
            """
            | run | level | per cent of persons 15+ | cases | bias | RMSE | mean width | held, % | truth below, % | above, % | stretch |
            |---|---|---|---|---|---|---|---|---|---|---|
            """);
    for (Key key : sorted()) {
      if (key.group.equals(Tables.ALL)) {
        IntervalScores scores = scores(key);
        table.append(
            String.format(
                Locale.ROOT,
                "| %s | %d | %s | %d | %+.1f ± %.1f | %.1f | %.1f | %.0f ± %.0f | %.0f | %.0f | %s |\n",
                key.variant,
                key.level,
                key.part.replace('_', ' '),
                scores.cases(),
                scores.bias(),
                scores.biasError(),
                scores.rmse(),
                scores.width(),
                scores.heldPct(),
                scores.heldErrorPct(),
                scores.belowPct(),
                scores.abovePct(),
                Double.isFinite(scores.stretch())
                    ? String.format(Locale.ROOT, "%.2f", scores.stretch())
                    : "-"));
      }
    }
    return table.toString();
  }

  /** How many intervals hold the truth, by group, for readers. */
  String groups() {
    Set<String> groups = new LinkedHashSet<>();
    sorted().forEach(key -> groups.add(key.group));
    StringBuilder table = new StringBuilder("| held, % | level | per cent of persons 15+ |");
    groups.forEach(group -> table.append(" %s |".formatted(group)));
    table.append("\n|---|---|---|").append("---|".repeat(groups.size())).append('\n');
    for (Key key : sorted()) {
      if (key.group.equals(Tables.ALL)) {
        table.append(
            "| %s | %d | %s |".formatted(key.variant, key.level, key.part.replace('_', ' ')));
        for (String group : groups) {
          Key of = new Key(key.variant, key.level, group, key.part);
          table.append(
              cases.containsKey(of)
                  ? String.format(Locale.ROOT, " %.0f |", scores(of).heldPct())
                  : " |");
        }
        table.append('\n');
      }
    }
    return table.toString();
  }
}
