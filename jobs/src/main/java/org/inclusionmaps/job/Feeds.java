package org.inclusionmaps.job;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.inclusionmaps.config.ExpectSettings;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.RadioSettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/** The feeds that the settings name, table by table. */
final class Feeds {
  /** The tables that a run cannot do without; operators' own areas will do for radio cells. */
  static final List<Table> NEEDED =
      List.of(Tables.RADIO_CELLS, Tables.AREAS, Tables.CENSUS, Tables.TARIFFS, Tables.INCOMES);

  private Feeds() {}

  static List<FeedSettings> of(Settings settings, Table table) {
    List<FeedSettings> feeds = settings.inputs().get(table.name());
    return feeds == null ? List.of() : feeds; // a name without a value is null
  }

  /**
   * The feeds that name a run: all but rows of persons, which no run reads, and sensitive places. A
   * list of few places could be guessed from a hash of it, and a run's name is public.
   */
  static Map<String, List<FeedSettings>> ofRuns(Settings settings) {
    Map<String, List<FeedSettings>> feeds = new TreeMap<>(settings.inputs());
    feeds.remove(Tables.SUBSCRIPTIONS.name());
    feeds.remove(Tables.SENSITIVE_PLACES.name());
    feeds.values().removeIf(Objects::isNull);
    return feeds;
  }

  /** How many tables have feeds that a run reads. */
  static int count(Settings settings) {
    return (int)
        Tables.INPUTS.stream()
            .filter(table -> !table.equals(Tables.SUBSCRIPTIONS) && !of(settings, table).isEmpty())
            .count();
  }

  /** Refuses settings that name no feed for a table that is needed, or a table that is not one. */
  static void check(Settings settings) {
    if (of(settings, Tables.SENSITIVE_PLACES).stream()
        .anyMatch(feed -> feed.maxRejectedPct() > 0)) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "inputs.sensitive_places has max_rejected_pct above 0, but a row that is left out is a place that is shown; take it out and mend the rows");
    }
    checkPartial(settings, Tables.RADIO_CELLS);
    checkPartial(settings, Tables.COVERAGE_AREAS);
    List<String> known = Tables.INPUTS.stream().map(Table::name).sorted().toList();
    for (String name : settings.inputs().keySet()) {
      if (!known.contains(name)) {
        throw new InclusionException(
            ErrorCode.SETTINGS_WRONG,
            "inputs.%s is not a table; the tables are %s"
                .formatted(name, String.join(", ", known)));
      }
    }
    for (Table table : NEEDED) {
      boolean stated =
          table.equals(Tables.RADIO_CELLS) && !of(settings, Tables.COVERAGE_AREAS).isEmpty();
      if (!stated && of(settings, table).isEmpty()) {
        throw new InclusionException(
            ErrorCode.INPUT_MISSING,
            "no feed for %s (%s); name its file in inputs.%s"
                .formatted(table.name(), table.description(), table.name()));
      }
    }
  }

  /** No data is never no access: a list of cells that lacks an operator is not complete. */
  private static void checkPartial(Settings settings, Table table) {
    boolean labels =
        of(settings, table).stream()
            .anyMatch(feed -> feed.expect().partial() == ExpectSettings.Partial.LABEL);
    if (labels && settings.radio().cellList() == RadioSettings.CellList.COMPLETE) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "inputs.%s.expect.partial is label, but radio.cell_list is complete: where a missing operator alone serves, nobody would count as covered; set radio.cell_list to partial, or expect.partial to refuse"
              .formatted(table.name()));
    }
  }
}
