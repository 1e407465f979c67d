package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two of the smallest countries, scored; what the scores mean is in IntervalScoresTest. */
@Tag("slow")
class AccuracyCommandTest {
  private static final String SURE = "sure: uncertainty.propagation_db=0 uncertainty.defaults_db=0";

  @TempDir static Path folder;

  private static Jobs.Outcome outcome = new Jobs.Outcome(-1, "", "");

  @BeforeAll
  static void scoresTwoCountries() {
    outcome =
        Jobs.run(
            "accuracy",
            "--seeds",
            "2",
            "--first-seed",
            "7",
            "--scale",
            "0.05",
            "--set",
            "uncertainty.replicates=20",
            "--variant",
            SURE,
            "--out",
            folder.toString());
    assertThat(outcome.status()).as(outcome.err()).isZero();
  }

  private static List<Map<String, String>> rows(String file) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(file));
    String[] names = lines.get(0).split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split(",", -1);
      Map<String, String> row = new TreeMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], values[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  private static String group(Map<String, String> row) {
    return new Truths.Key(
            "",
            row.getOrDefault("sex", ""),
            row.getOrDefault("age_band", ""),
            row.getOrDefault("disability", ""))
        .group();
  }

  private static double number(Map<String, String> row, String name) {
    return Double.parseDouble(row.getOrDefault(name, ""));
  }

  @Test
  void eachCountryHasEachVariantLevelGroupAndIndicator() throws IOException {
    List<Map<String, String>> national =
        rows("cases.csv").stream().filter(row -> "0".equals(row.get("level"))).toList();
    // Countries, variants, groups (everyone, 2 sexes, 5 ages, 2 by disability), indicators.
    assertThat(national).hasSize(2 * 3 * 10 * 8);
    assertThat(rows("scores.csv")).hasSize(3 * 3 * 10 * 8);
  }

  @Test
  void scoresAreThoseOfTheCases() throws IOException {
    List<Map<String, String>> cases = rows("cases.csv");
    for (Map<String, String> score : rows("scores.csv")) {
      List<Map<String, String>> of =
          cases.stream()
              .filter(
                  row ->
                      List.of("variant", "level", "indicator").stream()
                              .allMatch(key -> row.getOrDefault(key, "").equals(score.get(key)))
                          && group(row).equals(score.get("group")))
              .toList();
      double bias =
          of.stream().mapToDouble(row -> number(row, "value") - number(row, "truth")).sum()
              / of.size();
      assertThat(number(score, "cases")).isEqualTo(of.size());
      assertThat(number(score, "clusters")).isEqualTo(2);
      assertThat(number(score, "bias"))
          .isCloseTo(bias, org.assertj.core.api.Assertions.within(0.001));
    }
  }

  @Test
  void earlierCasesMakeTheSameTables() {
    Jobs.Outcome again = Jobs.run("accuracy", "--cases", folder.resolve("cases.csv").toString());
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(outcome.out()).contains(again.out().strip());
  }

  @Test
  void aTruthIsNoEstimate() throws IOException {
    assertThat(rows("cases.csv"))
        .filteredOn(row -> "uncovered_pct".equals(row.get("indicator")))
        .anySatisfy(row -> assertThat(row.get("truth")).isNotEqualTo(row.get("value")));
  }

  @Test
  void withoutErrorsOfSignalsCoverageHasNoIntervalButThatOfWherePeopleLive() throws IOException {
    for (Map<String, String> score : rows("scores.csv")) {
      if ("sure".equals(score.get("variant"))
          && "0".equals(score.get("level"))
          && "all".equals(score.get("group"))
          && "uncovered_pct".equals(score.get("indicator"))) {
        assertThat(number(score, "width")).isLessThan(3);
      }
    }
  }

  @Test
  void progressTellsTheTimeLeftAndTheTablesAreShown() throws IOException {
    assertThat(outcome.err()).contains("country 1 of 2 (seed 7)").contains("s left");
    assertThat(outcome.out())
        .contains("Countries: 2, seeds from 7, scale " + String.format(Locale.ROOT, "%s", 0.05))
        .contains("| model | 0 | lacking | 2 | ")
        .contains("| official | 2 | included |")
        .contains("| sure | 1 | uncovered |");
    try (var left = Files.list(folder.resolve("countries"))) {
      assertThat(left).isEmpty();
    }
  }
}
