package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.stage.InclusionStages;
import org.inclusionmaps.stage.Stage;
import org.junit.jupiter.api.Test;

class VariantTest {
  private static Settings settings(String... sets) {
    return SettingsLoader.load(
        List.of(Path.of("../data-samples/inclusion.yaml")), Map.of(), List.of(sets));
  }

  private static List<String> again(Settings settings, Settings others) {
    List<Stage> stages = Selection.upTo(Tables.INDICATORS, InclusionStages.list(settings));
    return Variant.again(stages, settings, others).stream().map(Stage::name).toList();
  }

  @Test
  void aTextNamesAVariantAndItsSettings() {
    Variant wide = Variant.of("wide: uncertainty.price_pct=6 radio.official_coverage_pct=OFFICIAL");
    assertThat(wide.name()).isEqualTo("wide");
    assertThat(wide.sets("{4G: 80.0}"))
        .containsExactly("uncertainty.price_pct=6", "radio.official_coverage_pct={4G: 80.0}");
    assertThat(Variant.of("plain:").sets()).isEmpty();
    assertThatThrownBy(() -> Variant.of("no settings"))
        .isInstanceOf(InclusionException.class)
        .hasMessageContaining("is not a name, a colon and settings");
  }

  @Test
  void onlyStagesRunThatASettingConcerns() {
    Settings given = settings();
    assertThat(again(settings("uncertainty.price_pct=6"), given))
        .containsExactly("area_sums", "indicators");
    assertThat(again(settings("radio.official_coverage_pct={4G: 80}"), given))
        .startsWith("signal_units", "signal", "coverage_offsets", "coverage");
    assertThat(again(given, settings("radio.official_coverage_pct={4G: 80}")))
        .startsWith("signal_units", "signal", "coverage");
    assertThat(again(settings("radio.body_loss_db=5"), given)).startsWith("settled_points");
    assertThat(again(settings("output.path=elsewhere"), given)).isEmpty();
  }

  @Test
  void stagesThatIndicatorsDoNotRestOnAreLeftOut() {
    assertThat(Selection.upTo(Tables.INDICATORS, InclusionStages.list(settings())))
        .extracting(Stage::name)
        .doesNotContain("inclusion", "coverage_agreement")
        .endsWith("area_sums", "indicators");
  }

  @Test
  void wrongOptionsOfTheCommandExitWith2() {
    assertThat(Jobs.run("accuracy", "--scale", "0").status()).isEqualTo(2);
    assertThat(Jobs.run("accuracy", "--seeds", "0").status()).isEqualTo(2);
    assertThat(Jobs.run("accuracy", "--variant", "model:").err()).contains("two are named model");
  }
}
