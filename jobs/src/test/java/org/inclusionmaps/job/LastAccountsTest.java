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
import org.inclusionmaps.ingest.IngestContext.EarlierFeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which run feeds are compared with, and settings that would tell "no access" for "no data". */
class LastAccountsTest {
  private static final String EXPECTING =
      "inputs.radio_cells=[{path: inputs/radio_cells, expect: {partial: label}}]";

  @TempDir Path folder;

  private static Settings settings(String... sets) {
    var all = new ArrayList<>(List.of(sets));
    return SettingsLoader.load(List.of(Path.of("../data-samples/inclusion.yaml")), Map.of(), all);
  }

  private void run(String id, String json, int second) throws IOException {
    Path report = folder.resolve("runs/" + id + "/" + RunReport.NAME);
    Files.createDirectories(report.getParent());
    Files.writeString(report, json);
    Files.setLastModifiedTime(report, FileTime.fromMillis(1_700_000_000_000L + second * 1000L));
  }

  private Map<String, List<EarlierFeed>> last(Settings settings) {
    var own = new org.apache.hadoop.fs.Path(folder.resolve("runs/own").toString());
    return LastAccounts.context(settings, own, new Configuration(false)).last();
  }

  @Test
  void theNewestRunThatPublishedIsComparedWith() throws IOException {
    String cells =
        "{\"inputs\": {\"radio_cells\": [{\"ok\": %d, \"operators\": {\"1-01\": %d}}],"
            + " \"terrain\": {\"files\": 3}}%s}";
    run("old", cells.formatted(7, 7, ", \"places_not_shown\": {}"), 1);
    run("newer", cells.formatted(8, 8, ", \"places_not_shown\": {}"), 2);
    run("failed", cells.formatted(9, 9, ""), 3);
    run("killed", "{\"inp", 4);
    run("own", cells.formatted(6, 6, ", \"places_not_shown\": {}"), 5);

    assertThat(last(settings("radio.cell_list=partial", EXPECTING)))
        .isEqualTo(Map.of("radio_cells", List.of(new EarlierFeed(8, Map.of("1-01", 8L)))));
  }

  @Test
  void withoutARunThereIsNothingToCompareWith() {
    assertThat(last(settings("radio.cell_list=partial", EXPECTING))).isEmpty();
  }

  @Test
  void noRunIsLookedForWhereNothingIsExpected() throws IOException {
    run("old", "{\"inputs\": {\"radio_cells\": [{\"ok\": 1}]}, \"places_not_shown\": {}}", 1);

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
