package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.contract.Tables.SETTLEMENTS;
import static org.inclusionmaps.ingest.Feeds.feed;
import static org.inclusionmaps.ingest.Feeds.file;
import static org.inclusionmaps.ingest.Feeds.texts;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Late and corrected deliveries: which count is told by folders, never by a clock. */
@ExtendWith(SparkExtension.class)
class FeedVersionsTest {
  private static final String HEADER = "lon,lat,weight\n";
  private static final IngestContext YEAR_END =
      new IngestContext(SettingsLoader.defaultLimits(), LocalDate.parse("2025-12-31"), Map.of());

  @TempDir Path folder;

  /** A day with a correction, the day before, and one after the reference date. */
  @BeforeEach
  void deliver() {
    put("date=2025-11-30", 1);
    put("date=2025-12-31/received=2026-01-02T031500Z", 2);
    put("date=2025-12-31/received=2026-01-09T031500Z", 3);
    put("date=2026-01-31/received=2026-02-02T031500Z", 4);
  }

  private void put(String version, int lon) {
    file(folder, "feed/" + version + "/s.csv", HEADER + lon + ",2,3\n" + lon + ",3,3\n");
  }

  private Ingested read(SparkSession spark, String yaml) {
    return Ingest.read(
        spark,
        SETTLEMENTS,
        List.of(feed(folder.resolve("feed"), "format: csv\n" + yaml)),
        YEAR_END);
  }

  private void refused(SparkSession spark, String yaml, ErrorCode code, String... words) {
    assertThatThrownBy(() -> read(spark, yaml))
        .isInstanceOfSatisfying(InclusionException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContainingAll(words);
  }

  @Test
  void theNewestVersionOfTheNewestDateCountsAsIfItCameAlone(SparkSession spark) {
    var read = read(spark, "");
    var alone =
        Ingest.read(
            spark,
            SETTLEMENTS,
            List.of(
                feed(
                    folder.resolve("feed/date=2025-12-31/received=2026-01-09T031500Z"),
                    "format: csv")),
            YEAR_END);

    assertThat(read.rows().collectAsList()).isEqualTo(alone.rows().collectAsList()).hasSize(2);
    assertThat(read.rows().schema()).isEqualTo(alone.rows().schema());
    assertThat(read.read()).isEqualTo(2);
    assertThat(read.feeds().get(0).date()).isEqualTo("2025-12-31");
    assertThat(read.feeds().get(0).told())
        .containsExactly(
            "date=2026-01-31/received=2026-02-02T031500Z is left out: after release.reference_date",
            "date=2025-12-31/received=2026-01-02T031500Z is left out: superseded by"
                + " date=2025-12-31/received=2026-01-09T031500Z",
            "date=2025-11-30 is left out: superseded by"
                + " date=2025-12-31/received=2026-01-09T031500Z");
  }

  @Test
  void allDatesCountWhereTheSettingsSaySoEachByItsNewestVersion(SparkSession spark) {
    var read = read(spark, "delivery: {versions: all}");

    assertThat(texts(read.rows(), "lon")).containsExactly("1.0", "1.0", "3.0", "3.0");
  }

  @Test
  void ofTwoThatCameAtOnceTheHashTells(SparkSession spark) {
    put("date=2025-12-31/received=2026-01-10", 5);
    put("date=2025-12-31/received=2026-01-10T000000Z", 6);

    var first = texts(read(spark, "").rows(), "lon").get(0);

    put("date=2025-12-31/received=2026-01-10", 6);
    put("date=2025-12-31/received=2026-01-10T000000Z", 5);
    assertThat(texts(read(spark, "").rows(), "lon").get(0)).isEqualTo(first);
  }

  @Test
  void aNewestVersionThatCannotBeReadStopsTheRun(SparkSession spark) {
    file(folder, "feed/date=2025-12-31/received=2026-01-09T031500Z/s.csv", "");

    refused(
        spark,
        "",
        ErrorCode.CONTRACT_BROKEN,
        "received=2026-01-09T031500Z/s.csv is empty; deliver the feed again");
  }

  @Test
  void theVersionBeforeIsTakenWhereTheSettingsSaySo(SparkSession spark) {
    file(folder, "feed/date=2025-12-31/received=2026-01-09T031500Z/s.csv", "");
    file(
        folder,
        "feed/date=2025-12-31/received=2026-01-08T031500Z/s.csv",
        HEADER + "7,91,3\n7,92,3\n");

    var read = read(spark, "delivery: {on_bad_version: previous}");

    assertThat(texts(read.rows(), "lon")).containsExactly("2.0", "2.0");
    assertThat(read.feeds().get(0).told().toString())
        .contains(
            "date=2025-12-31/received=2026-01-09T031500Z is left out: [CONTRACT_BROKEN] settlements: ",
            "date=2025-12-31/received=2026-01-08T031500Z is left out: [CONTRACT_BROKEN] settlements: 2 of 2 rows break lat",
            "date=2025-11-30 is left out: superseded by date=2025-12-31/received=2026-01-02T031500Z");
  }

  @Test
  void aFileBesideTheDatesIsRefused(SparkSession spark) {
    file(folder, "feed/stray.csv", HEADER + "9,9,9\n");

    refused(
        spark,
        "",
        ErrorCode.CONTRACT_BROKEN,
        "feed/stray.csv lies beside folders date=YYYY-MM-DD; put it into one, or take it away");
  }

  @Test
  void aFolderThatTellsNoDateIsRefused(SparkSession spark) {
    put("date=2025-13-01", 9);

    refused(
        spark,
        "",
        ErrorCode.CONTRACT_BROKEN,
        "feed has a folder date=2025-13-01, but it must be date=YYYY-MM-DD, as date=2025-12-31; rename it");
  }

  @Test
  void aFeedThatBeginsAfterTheReferenceDateIsRefused(SparkSession spark) {
    file(folder, "late/date=2026-03-01/s.csv", HEADER + "1,2,3\n");

    assertThatThrownBy(
            () ->
                Ingest.read(
                    spark,
                    SETTLEMENTS,
                    List.of(feed(folder.resolve("late"), "format: csv")),
                    YEAR_END))
        .hasMessageContaining(
            "holds no date up to release.reference_date 2025-12-31: the first is date=2026-03-01");
  }

  @Test
  void aFeedThatIsTooOldIsRefused(SparkSession spark) {
    file(folder, "old/s.csv", HEADER + "1,2,3\n");
    var stated = feed(folder.resolve("old/s.csv"), "expect: {as_of: 2025-10-01, max_age_days: 90}");
    assertThatThrownBy(() -> Ingest.read(spark, SETTLEMENTS, List.of(stated), YEAR_END))
        .hasMessageStartingWith("[CONTRACT_BROKEN] settlements: " + folder.resolve("old/s.csv"))
        .hasMessageContaining(
            " stands for 2025-10-01, 91 days before release.reference_date 2025-12-31, but at most"
                + " 90 are allowed; deliver a newer one, or raise"
                + " inputs.settlements.expect.max_age_days");

    assertThat(read(spark, "expect: {max_age_days: 0}").ok()).isEqualTo(2);
  }

  @Test
  void anAgeThatNothingTellsIsRefused(SparkSession spark) {
    Path path = file(folder, "old/s.csv", HEADER + "1,2,3\n");

    assertThatThrownBy(
            () ->
                Ingest.read(
                    spark, SETTLEMENTS, List.of(feed(path, "expect: {max_age_days: 9}")), YEAR_END))
        .isInstanceOfSatisfying(
            InclusionException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTINGS_WRONG))
        .hasMessageContaining("state expect.as_of, or deliver it in folders date=YYYY-MM-DD");
  }
}
