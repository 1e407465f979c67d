package org.inclusionmaps.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {
  private static final String COUNTRY =
      """
      country: {id: SM, name: Samara}
      release: {reference_date: "2026-01-01"}
      """;

  @TempDir Path folder;

  private Settings load(String yaml, String... sets) throws IOException {
    Path file = folder.resolve("a.yaml");
    Files.writeString(file, COUNTRY + yaml);
    return SettingsLoader.load(List.of(file), Map.of("DATA", "/data"), List.of(sets));
  }

  @Test
  void takesDefaultsFromTheBuiltInFile() throws IOException {
    Settings settings = load("");
    assertThat(settings.places().resolution()).isEqualTo(8);
    assertThat(settings.affordability().thresholdPct()).isEqualTo(2);
    assertThat(settings.radio().technologies().get("4G").urban().eirpDbm()).isEqualTo(30.208);
    assertThat(settings.radio().cellList()).isEqualTo(RadioSettings.CellList.PARTIAL);
  }

  @Test
  void aRefusalNamesASettingOfAFeedOnceAndWhole() {
    String feed = "inputs: {census: [{path: a.csv, %s}]}";
    assertThatThrownBy(() -> load(feed.formatted("expect: {max_age_days: -1}")))
        .hasMessageContaining("inputs.census[0].expect.max_age_days is -1");
    assertThatThrownBy(() -> load(feed.formatted("expect: {as_of: 2025-13-01}")))
        .hasMessageContaining("inputs.census[0].expect.as_of is 2025-13-01");
    assertThatThrownBy(() -> load(feed.formatted("expect: {operators: [x]}")))
        .hasMessageContaining("inputs.census[0].expect.operators needs partial beside it");
    assertThatThrownBy(() -> load(feed.formatted("delivery: {sha256: {a: zz}}")))
        .hasMessageContaining("inputs.census[0].delivery.sha256.a is zz");
  }

  @Test
  void officialFiguresAreOfKnownTechnologiesAndFallWithTheNewer() throws IOException {
    assertThat(load("radio: {official_coverage_pct: {4G: 86, 2G: 97}}").radio().calibrates())
        .isTrue();
    assertThat(load("").radio().calibrates()).isFalse();
    assertThatThrownBy(() -> load("radio: {official_coverage_pct: {4G: 97, 2G: 86}}"))
        .hasMessageContaining("official_coverage_pct is 97.0 for 4G but 86.0 for 2G");
    assertThatThrownBy(() -> load("radio: {official_coverage_pct: {LTE: 97}}"))
        .hasMessageContaining("official_coverage_pct has LTE but knows 2G, 3G, 4G, 5G");
    assertThatThrownBy(() -> load("radio: {official_coverage_pct: {4G: 101}}"))
        .hasMessageContaining("official_coverage_pct.4G is 101 but must be 0 to 100");
  }

  @Test
  void theBasketIsOneOfTheBasketsAndCountriesMayAddTheirOwn() throws IOException {
    AffordabilitySettings usual = load("").affordability();
    assertThat(usual.chosen().dataGb()).isEqualTo(2);
    assertThat(usual.usableFor("data_only_2gb")).isEqualTo("4G");
    String own = "{data_gb: 3, minutes: 0, sms: 0, minimum_technology: 5G, source: the regulator}";
    AffordabilitySettings added =
        load("affordability: {basket: ours, baskets: {ours: %s}}".formatted(own)).affordability();
    assertThat(added.chosen().dataGb()).isEqualTo(3);
    assertThat(added.usableFor("ours")).isEqualTo("5G");
    assertThat(added.baskets()).containsKey("data_only_2gb");
    assertThatThrownBy(() -> load("affordability: {basket: 2gb}"))
        .hasMessageContaining("affordability.basket is 2gb but baskets has data_and_voice_high");
    assertThatThrownBy(() -> load("affordability: {exchange_rates: {USD: 0}}"))
        .hasMessageContaining("exchange_rates.USD is 0 but must be above 0");
    assertThatThrownBy(() -> load("affordability: {device: {price: 1, months: 0}}"))
        .hasMessageContaining("affordability.device.months is 0 but must be above 0");
    assertThatThrownBy(() -> load("affordability: {threshold_pct: 200}"))
        .hasMessageContaining("affordability.threshold_pct is 200 but must be 0 to 100");
    assertThatThrownBy(() -> load("affordability: {currency: foo bar}"))
        .hasMessageContaining("currency is foo bar but must be a code of ISO 4217, as USD");
    String nothing = "{data_gb: 0, minutes: 0, sms: 0, minimum_technology: 2G, source: x}";
    assertThatThrownBy(() -> load("affordability: {baskets: {b: %s}}".formatted(nothing)))
        .hasMessageContaining("all 0, but a basket must need something");
    assertThatThrownBy(() -> load("uncertainty: {replicates: 2}"))
        .hasMessageContaining("replicates is 2 but must be 1 (none are drawn), or 20 to 1000");
  }

  @Test
  void lastSourceWins() throws IOException {
    Path file = folder.resolve("a.yaml");
    Files.writeString(file, COUNTRY + "places: {resolution: 7}\n");
    Map<String, String> environment = Map.of("INCLUSION__PLACES__RESOLUTION", "6");
    assertThat(SettingsLoader.load(List.of(file), environment, List.of()).places().resolution())
        .isEqualTo(6);
    assertThat(
            SettingsLoader.load(List.of(file), environment, List.of("places.resolution=5"))
                .places()
                .resolution())
        .isEqualTo(5);
  }

  @Test
  void countsPathsFromTheFolderOfTheFileAndFillsInVariables() throws IOException {
    Settings settings =
        load(
            """
            inputs:
              areas: [{path: input/areas.parquet}]
              tariffs: [{path: "${DATA}/tariffs.csv"}]
            """);
    assertThat(settings.inputs().get("areas").get(0).path())
        .isEqualTo(folder.resolve("input/areas.parquet").toString());
    assertThat(settings.inputs().get("tariffs").get(0).path()).isEqualTo("/data/tariffs.csv");
  }

  private void refuses(String yaml, String message) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOfSatisfying(
            InclusionException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTINGS_WRONG))
        .hasMessage("[SETTINGS_WRONG] " + message);
  }

  @Test
  void refusesAnUnknownSetting() {
    refuses(
        "places: {resolutoin: 8}\n",
        "places.resolutoin is not a setting; the settings there are resolution");
  }

  @Test
  void refusesAnAliasRatherThanReadItAsItsName() {
    refuses(
        "places: {resolution: &r 8}\npopulation: {adult_share_pct: *r}\n",
        folder.resolve("a.yaml") + " has the alias *r at line 4; write the value out");
  }

  @Test
  void aFaultOfYamlIsToldWithItsLine() {
    String file = folder.resolve("a.yaml").toString();
    refuses(
        "places: {resolution: 8}\nradio\npopulation:\n",
        file + " is not YAML at line 4: could not find expected ':' (found at line 5)");
    refuses(
        "\tplaces: {resolution: 8}\n",
        file
            + " is not YAML at line 3: found character '\\t(TAB)' that cannot start any token."
            + " (Do not use \\t(TAB) for indentation)");
    refuses(
        "places:\n  - 8\n radio: 1\n",
        file
            + " is not YAML at line 5: expected <block end>, but found '<block mapping start>'"
            + " (within what begins at line 1)");
    refuses(
        "output: {path: \"out}\n",
        file + " is not YAML at line 3: found unexpected end of stream (found at line 4)");
    refuses(
        "output: {path: out}\nplaces: \u0001\n",
        file + " is not YAML at line 4: the character U+0001 cannot be in it");
    refuses("country: {id: TW}\n", file + " is not YAML at line 3: Duplicate field 'country'");
  }

  @Test
  void refusesAMistypedValue() {
    refuses(
        "places: {resolution: eight}\n",
        "places.resolution is \"eight\" but must be a whole number; correct it");
  }

  @Test
  void refusesAValueOutOfRange() {
    refuses("places: {resolution: 17}\n", "places.resolution is 17 but must be 0 to 13");
  }

  @Test
  void refusesAnUnknownChoice() {
    refuses(
        "radio: {cell_list: some}\n",
        "radio.cell_list is \"some\" but must be one of [partial, complete]; correct it");
  }

  @Test
  void refusesAVariableThatIsNotSet() {
    refuses(
        "inputs: {areas: [{path: \"${NO_SUCH}/a\"}]}\n",
        folder.resolve("a.yaml")
            + " needs the environment variable NO_SUCH, which is not set; export it");
  }

  @Test
  void anOutputThatIsAPatternIsRefused() {
    assertThatThrownBy(() -> load("output: {path: \"/data/out [2026]\"}\n"))
        .hasMessageContaining("output.path is /data/out [2026], but none of *?[]{} may be in it");
  }

  @Test
  void namesWhatHasNoDefault() throws IOException {
    Path file = folder.resolve("b.yaml");
    Files.writeString(file, "country: {id: SM, name: Samara}\n");
    assertThatThrownBy(() -> SettingsLoader.load(List.of(file), Map.of(), List.of()))
        .hasMessage("[SETTINGS_WRONG] release.reference_date is missing; state it");
  }
}
