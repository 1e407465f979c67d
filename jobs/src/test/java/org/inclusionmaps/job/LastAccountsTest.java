package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.ingest.IngestContext.EarlierFeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which run feeds are compared with, and settings that would tell "no access" for "no data". */
class LastAccountsTest {
  private static final String EXPECTING =
      "inputs.radio_cells=[{path: inputs/radio_cells, expect: {partial: label}}]";

  private static final String MANIFEST =
      "{\"schema_version\": \"%s\", \"release\": \"%s\", \"reference_date\": \"2026-01-01\"}";
  private static final String OLD = "a".repeat(16);
  private static final String NEWER = "b".repeat(16);

  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  private static Settings settings(String... sets) {
    var all = new ArrayList<>(List.of(sets));
    return SettingsLoader.load(List.of(Path.of("../data-samples/inclusion.yaml")), Map.of(), all);
  }

  private void run(String id, long rows) {
    LastAccounts.record(
        folder.toString(),
        id,
        Map.of(
            "radio_cells",
            List.of(Map.of("ok", rows, "operators", Map.of("1-01", rows), "more", "untold")),
            "terrain",
            Map.of("files", 3),
            "sensitive_places",
            List.of(Map.of("ok", 1))),
        HADOOP);
  }

  private void release(String name) throws IOException {
    write("releases/" + name + "/manifest.json", MANIFEST.formatted(SchemaVersion.CURRENT, name));
  }

  private void current(String name) throws IOException {
    write("releases/CURRENT", name + "\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Map<String, List<EarlierFeed>> last(Settings settings) {
    return LastAccounts.context(settings, HADOOP).last();
  }

  private Settings expecting() {
    return settings("radio.cell_list=partial", EXPECTING, "output.path=" + folder);
  }

  @Test
  void feedsAreComparedWithThoseOfTheReleaseThatIsCurrent() throws IOException {
    release(OLD);
    run(OLD, 7);
    release(NEWER + "-4f"); // the release of a run, some places of which are not shown
    run(NEWER, 8);
    current(NEWER + "-4f");
    assertThat(last(expecting()))
        .isEqualTo(Map.of("radio_cells", List.of(new EarlierFeed(8, Map.of("1-01", 8L)))));
    current(OLD); // rolled back: what was wrong with the other is no measure
    assertThat(last(expecting()))
        .isEqualTo(Map.of("radio_cells", List.of(new EarlierFeed(7, Map.of("1-01", 7L)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "{\"inputs\": {\"radio_cells\": [{\"ok\": -1}]}}",
        "{\"inputs\": {\"radio_cells\": 5}}",
        "{\"inputs\": {\"radio_cells\": [{\"ok\": \"x\"}]}}"
      })
  void aRunIsRefusedWhereWhatTheReleaseHeldIsDamaged(String text) throws IOException {
    release(OLD);
    current(OLD);
    write("feeds/" + OLD + ".json", text);
    refused("is damaged, so the feeds cannot be compared with those of the release " + OLD);
  }

  @Test
  void aRunIsRefusedWhereWhatTheReleaseHeldIsGone() throws IOException {
    release(OLD);
    current(OLD);
    refused("feeds/" + OLD + ".json is not there");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> last(expecting()))
        .isInstanceOfSatisfying(
            InclusionException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_MISSING))
        .hasMessageContaining(message)
        .hasMessageContaining("take `expect` out for one run");
  }

  @Test
  void whatNoReleaseIsOfIsCollected() throws IOException {
    release(OLD + "-4f");
    run(OLD, 7);
    run(NEWER, 8);
    run("c".repeat(16), 9);
    LastAccounts.collect(folder.toString(), NEWER, HADOOP);
    assertThat(folder.resolve("feeds").toFile().list())
        .filteredOn(name -> !name.endsWith(".crc"))
        .containsExactlyInAnyOrder(OLD + ".json", NEWER + ".json");
  }

  @Test
  void withoutAReleaseThereIsNothingToCompareWith() {
    assertThat(last(expecting())).isEmpty();
  }

  @Test
  void noReleaseIsLookedForWhereNothingIsExpected() throws IOException {
    release(OLD);
    current(OLD);

    assertThat(last(settings("output.path=" + folder))).isEmpty();
  }

  @Test
  void aListThatMayLackAnOperatorIsNotComplete() {
    Feeds.check(settings("radio.cell_list=partial", EXPECTING));
    assertThatThrownBy(() -> Feeds.check(settings("radio.cell_list=complete", EXPECTING)))
        .hasMessage(
            "[SETTINGS_WRONG] inputs.radio_cells.expect.partial is label, but radio.cell_list is complete:"
                + " where a missing operator alone serves, nobody would count as covered; set"
                + " radio.cell_list to partial, or expect.partial to refuse");
  }
}
