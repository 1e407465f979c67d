package org.inclusionmaps.publish.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.inclusionmaps.config.AffordabilitySettings;
import org.inclusionmaps.config.SettingsLoader;
import org.junit.jupiter.api.Test;

/** The list of all indicators is docs/methods/indicators.md, which a test of the stage holds to. */
class IndicatorLabelsTest {
  private static final AffordabilitySettings AFFORDABILITY =
      SettingsLoader.load(
              List.of(),
              Map.of(),
              List.of("country.id=X", "country.name=X", "release.reference_date='2026-01-01'"))
          .affordability();

  @Test
  void everyIndicatorHasItsOwnLabelWithAUnit() throws IOException {
    List<String> names =
        Pattern.compile("(?m)^\\| `([a-z0-9_]+)`")
            .matcher(Files.readString(Path.of("docs/methods/indicators.md")))
            .results()
            .map(row -> row.group(1))
            .toList();
    TreeSet<String> labels = new TreeSet<>();
    for (String name : names) {
      assertThat(IndicatorLabels.has(name, AFFORDABILITY)).as(name).isTrue();
      String label = IndicatorLabels.of(name, AFFORDABILITY);
      assertThat(label).matches(".*\\(.+\\)").doesNotContain("_").doesNotContain(" pct");
      assertThat(labels.add(label)).as(label).isTrue();
    }
    assertThat(names).hasSizeGreaterThan(45);
  }

  @Test
  void aBasketIsToldByWhatIsInIt() {
    assertThat(IndicatorLabels.of("basket_income_pct_data_only_5gb", AFFORDABILITY))
        .isEqualTo("Price of 5 GB a month (% of mean income)");
    assertThat(IndicatorLabels.of("sdg_9_c_1_4g_union_modelled", AFFORDABILITY))
        .isEqualTo(
            "Covered by 4G or newer, any operator, by the model alone (% of persons of all ages)");
    assertThat(IndicatorLabels.of("held_back_pct", AFFORDABILITY))
        .isEqualTo("Held back: covered, affordable, not connected (% of persons)");
  }

  @Test
  void whatIsNotOursHasNoLabel() {
    assertThat(IndicatorLabels.has("a_name_nobody_knows", AFFORDABILITY)).isFalse();
    assertThat(IndicatorLabels.has("basket_income_pct_none", AFFORDABILITY)).isFalse();
  }
}
