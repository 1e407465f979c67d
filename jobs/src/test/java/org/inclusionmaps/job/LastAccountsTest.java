package org.inclusionmaps.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.ingest.IngestContext.EarlierFeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which run feeds are compared with, and settings that would tell "no access" for "no data". */
class LastAccountsTest {
  private static final String EXPECTING =
      "inputs.radio_cells=[{path: inputs/radio_cells, expect: {partial: label}}]";

  private static final String CELLS =
      "{\"table\": \"radio_cells\", \"account\": [{\"ok\": %d, \"operators\": {\"1-01\": %d}}]}";
  private static final String MANIFEST =
      "{\"schema_version\": \"%s\", \"release\": \"%s\", \"reference_date\": \"2026-01-01\"}";
  private static final String OLD = "a".repeat(16);
  private static final String NEWER = "b".repeat(16);
  private static final String FAILED = "c".repeat(16);
  private static final String OWN = "d".repeat(16);

  @TempDir Path folder;

  private static Settings settings(String... sets) {
    var all = new ArrayList<>(List.of(sets));
    return SettingsLoader.load(List.of(Path.of("../data-samples/inclusion.yaml")), Map.of(), all);
  }

  private void run(String id, String account) throws IOException {
    write("runs/" + id + "/finished/radio_cells.json", account);
  }

  private void release(String name, int second) throws IOException {
    Path manifest =
        write(
            "releases/" + name + "/manifest.json", MANIFEST.formatted(SchemaVersion.CURRENT, name));
    Files.setLastModifiedTime(manifest, FileTime.fromMillis(1_700_000_000_000L + second * 1000L));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Map<String, List<EarlierFeed>> last(Settings settings) {
    var own = new org.apache.hadoop.fs.Path(folder.resolve("runs/" + OWN).toString());
    return LastAccounts.context(settings, own, new Configuration(false)).last();
  }

  @Test
  void theNewestReleaseIsComparedWith() throws IOException {
    release(OLD, 1);
    run(OLD, CELLS.formatted(7, 7));
    release(NEWER + "-4f", 2); // the release of a run, some places of which are not shown
    run(NEWER, CELLS.formatted(8, 8));
    run(FAILED, CELLS.formatted(9, 9));
    release(OWN, 5);
    run(OWN, CELLS.formatted(6, 6));
    write("runs/" + NEWER + "/finished/terrain.json", "{\"table\": \"terrain\", \"account\": {}}");
    write("runs/" + NEWER + "/finished/areas.json", "{\"tab");
    // It was started again, and failed: its report tells less than it did.
    write("runs/" + NEWER + "/" + RunReport.NAME, "{}");

    assertThat(last(settings("radio.cell_list=partial", EXPECTING)))
        .isEqualTo(Map.of("radio_cells", List.of(new EarlierFeed(8, Map.of("1-01", 8L)))));
  }

  @Test
  void aReleaseWhoseRunIsGoneIsPassedOver() throws IOException {
    release(OLD, 1);
    run(OLD, CELLS.formatted(7, 7));
    release(NEWER, 2);

    assertThat(last(settings("radio.cell_list=partial", EXPECTING))).containsKey("radio_cells");
  }

  @Test
  void withoutARunThereIsNothingToCompareWith() {
    assertThat(last(settings("radio.cell_list=partial", EXPECTING))).isEmpty();
  }

  @Test
  void noRunIsLookedForWhereNothingIsExpected() throws IOException {
    release(OLD, 1);
    run(OLD, CELLS.formatted(7, 7));

    assertThat(last(settings())).isEmpty();
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
