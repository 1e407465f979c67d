package org.inclusionmaps.stage;

import static org.inclusionmaps.contract.Tables.AREAS;
import static org.inclusionmaps.contract.Tables.CELL_HOMES;
import static org.inclusionmaps.contract.Tables.FOOTPRINTS;
import static org.inclusionmaps.contract.Tables.MARKET;
import static org.inclusionmaps.contract.Tables.MEASUREMENT;
import static org.inclusionmaps.contract.Tables.POPULATION;
import static org.inclusionmaps.contract.Tables.RADIO_CELLS;
import static org.inclusionmaps.contract.Tables.REGIONAL_MARKET;
import static org.inclusionmaps.contract.Tables.SUBSCRIBERS;
import static org.inclusionmaps.stage.InclusionStages.table;

import java.util.List;
import org.inclusionmaps.config.PrivacySettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Table;

/** The stages from a measurement to connected persons. */
final class MeasurementStages {
  private MeasurementStages() {}

  /**
   * Without a measurement there are only subscribers, of whom there are none. With one that does
   * not count at radio cells, footprints and cell_homes are empty and cost nothing.
   */
  static List<Stage> list(Settings settings) {
    return mayCountAtCells(settings)
        ? List.of(
            footprints(),
            cellHomes(),
            subscribers(List.of(MEASUREMENT, MARKET, REGIONAL_MARKET, AREAS, CELL_HOMES)))
        : List.of(subscribers(List.of(MEASUREMENT, MARKET, REGIONAL_MARKET, AREAS)));
  }

  /** Whether a run has a measurement that may count at radio cells. */
  static boolean mayCountAtCells(Settings settings) {
    return !settings.inputs().getOrDefault(MEASUREMENT.name(), List.of()).isEmpty()
        || settings.privacy().detail().containsKey(PrivacySettings.CELL);
  }

  /** Footprints that the next stage reads, or that are asked for. */
  private static Stage footprints() {
    return new Stage(
        "footprints",
        List.of(RADIO_CELLS, MEASUREMENT),
        FOOTPRINTS,
        (in, settings) ->
            settings.radio().footprints().write() || CellHomesStage.counts(table(in, MEASUREMENT))
                ? CoverageStages.footprints(in, settings)
                : table(in, MEASUREMENT)
                    .sparkSession()
                    .createDataFrame(List.of(), FOOTPRINTS.schema()));
  }

  private static Stage cellHomes() {
    return new Stage(
        "cell_homes",
        List.of(MEASUREMENT, FOOTPRINTS, POPULATION, AREAS),
        CELL_HOMES,
        (in, settings) ->
            CellHomesStage.homes(
                table(in, MEASUREMENT),
                table(in, FOOTPRINTS),
                table(in, POPULATION),
                table(in, AREAS)));
  }

  private static Stage subscribers(List<Table> reads) {
    return new Stage(
        "subscribers",
        reads,
        SUBSCRIBERS,
        (in, settings) ->
            SubscribersStage.subscribers(
                table(in, MEASUREMENT),
                in.getOrDefault(
                    CELL_HOMES,
                    table(in, MEASUREMENT)
                        .sparkSession()
                        .createDataFrame(List.of(), CELL_HOMES.schema())),
                table(in, MARKET),
                table(in, REGIONAL_MARKET),
                table(in, AREAS),
                settings.connected()));
  }
}
