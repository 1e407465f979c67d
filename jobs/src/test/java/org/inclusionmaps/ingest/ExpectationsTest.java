package org.inclusionmaps.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inclusionmaps.contract.Tables.MARKET;
import static org.inclusionmaps.contract.Tables.RADIO_CELLS;
import static org.inclusionmaps.contract.Tables.SETTLEMENTS;
import static org.inclusionmaps.ingest.Feeds.feed;
import static org.inclusionmaps.ingest.Feeds.file;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.ingest.IngestContext.EarlierFeed;
import org.inclusionmaps.testing.SparkExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Feeds beside those of the last run. */
@ExtendWith(SparkExtension.class)
class ExpectationsTest {
  @TempDir Path folder;
  private Path cells;

  /** Ten cells: six of one operator, four of another. */
  @BeforeEach
  void cells() {
    var text = new StringBuilder("cell,operator,technology,lon,lat\n");
    for (int i = 0; i < 10; i++) {
      text.append("c%d,%s,4G,1,1\n".formatted(i, i < 6 ? "1-01" : "1-02"));
    }
    cells = file(folder, "cells.csv", text.toString());
  }

  private static IngestContext after(Table table, long rows, Map<String, Long> operators) {
    return new IngestContext(
        SettingsLoader.defaultLimits(),
        LocalDate.parse("2025-12-31"),
        Map.of(table.name(), List.of(new EarlierFeed(rows, operators))));
  }

  private FeedCount read(SparkSession spark, String expect, IngestContext context) {
    try (var read =
        Ingest.read(spark, RADIO_CELLS, List.of(feed(cells, "expect: " + expect)), context)) {
      return read.feeds().get(0);
    }
  }

  private void refused(SparkSession spark, String expect, IngestContext context, String message) {
    assertThatThrownBy(() -> read(spark, expect, context))
        .hasMessage("[CONTRACT_BROKEN] radio_cells: " + cells + " " + message);
  }

  @Test
  void aFeedThatChangedMoreThanItMayIsRefused(SparkSession spark) {
    refused(
        spark,
        "{max_change_pct: 20}",
        after(RADIO_CELLS, 16, Map.of("1-01", 6L, "1-02", 10L)),
        "has 10 rows where the current release had 16 (37.5 % fewer), 4 rows of 1-02 where the"
            + " current release had 10 (60.0 % fewer); at most 20.0 % is allowed. Deliver the feed again, or raise"
            + " inputs.radio_cells.expect.max_change_pct if it is right");
  }

  @Test
  void aFeedThatChangedMoreThanItMayIsToldWhereTheSettingsSaySo(SparkSession spark) {
    var count =
        read(spark, "{max_change_pct: 20, drift: warn}", after(RADIO_CELLS, 5, Map.of("1-01", 6L)));

    assertThat(count.told())
        .containsExactly(cells + " has 10 rows where the current release had 5 (100.0 % more)");
    assertThat(count.operators()).isEqualTo(Map.of("1-01", 6L, "1-02", 4L));
  }

  @Test
  void aFeedThatChangedAsMuchAsItMayIsTaken(SparkSession spark) {
    var count =
        read(spark, "{max_change_pct: 25}", after(RADIO_CELLS, 8, Map.of("1-01", 6L, "1-02", 4L)));

    assertThat(count.told()).isEmpty();
  }

  @Test
  void theFirstRunIsComparedWithNothingAndSaysSo(SparkSession spark) {
    var context =
        new IngestContext(SettingsLoader.defaultLimits(), LocalDate.parse("2025-12-31"), Map.of());

    assertThat(read(spark, "{max_change_pct: 25}", context).told())
        .containsExactly(
            cells + " is not compared: there is no release yet, or it had other feeds");
  }

  @Test
  void anOperatorThatIsMissingIsRefused(SparkSession spark) {
    refused(
        spark,
        "{operators: ['1-01', '1-03'], partial: refuse}",
        after(RADIO_CELLS, 10, Map.of("1-04", 3L)),
        "is partial: operator 1-03 has no rows; operator 1-04 has no rows; deliver it again, or go"
            + " on without by inputs.radio_cells.expect.partial: label");
  }

  @Test
  void anOperatorThatIsMissingIsLabelledAndTheNextRunKnowsOfIt(SparkSession spark) {
    var count =
        read(spark, "{partial: label}", after(RADIO_CELLS, 10, Map.of("1-01", 6L, "1-03", 5L)));

    assertThat(count.partial()).containsExactly("1-03");
    assertThat(count.operators()).isEqualTo(Map.of("1-01", 6L, "1-02", 4L, "1-03", 0L));
    assertThat(count.told()).containsExactly(cells + " is partial: operator 1-03 has no rows");
  }

  @Test
  void anOperatorThatCameTwiceIsRefused(SparkSession spark) {
    refused(
        spark,
        "{partial: refuse}",
        after(RADIO_CELLS, 7, Map.of("1-01", 3L, "1-02", 4L)),
        "is partial: operator 1-01 has 6 rows where the current release had 3, as if it came twice;"
            + " deliver it again, or go on without by inputs.radio_cells.expect.partial: label");
  }

  @Test
  void anOperatorOfZerosAloneIsLabelled(SparkSession spark) {
    Path path = file(folder, "m.csv", "operator,share\n1-01,1\n1-02,0\n");

    try (var read =
        Ingest.read(
            spark,
            MARKET,
            List.of(feed(path, "expect: {partial: label}")),
            after(MARKET, 2, Map.of()))) {
      assertThat(read.feeds().get(0).partial()).containsExactly("1-02");
      assertThat(read.feeds().get(0).told())
          .containsExactly(path + " is partial: operator 1-02 has zeros alone");
    }
  }

  @Test
  void aTableWithoutOperatorsHasNone(SparkSession spark) {
    Path path = file(folder, "s.csv", "lon,lat,weight\n1,2,3\n");

    assertThatThrownBy(
            () -> Ingest.read(spark, SETTLEMENTS, List.of(feed(path, "expect: {partial: refuse}"))))
        .hasMessage(
            "[SETTINGS_WRONG] inputs.settlements.expect.partial is for tables with a column operator, which this is not");
  }
}
