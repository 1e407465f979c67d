package org.inclusionmaps.stage;

import static org.inclusionmaps.contract.Tables.AREAS;
import static org.inclusionmaps.contract.Tables.COVERAGE;
import static org.inclusionmaps.contract.Tables.COVERAGE_AGREEMENT;
import static org.inclusionmaps.contract.Tables.COVERAGE_AREAS;
import static org.inclusionmaps.contract.Tables.COVERAGE_OFFSETS;
import static org.inclusionmaps.contract.Tables.EARLIER_SIGNAL;
import static org.inclusionmaps.contract.Tables.EARLIER_SIGNAL_UNITS;
import static org.inclusionmaps.contract.Tables.FOOTPRINTS;
import static org.inclusionmaps.contract.Tables.KNOWN_COVERAGE;
import static org.inclusionmaps.contract.Tables.PLACES;
import static org.inclusionmaps.contract.Tables.POINT_PEOPLE;
import static org.inclusionmaps.contract.Tables.POPULATION;
import static org.inclusionmaps.contract.Tables.RADIO_CELLS;
import static org.inclusionmaps.contract.Tables.SETTLED_POINTS;
import static org.inclusionmaps.contract.Tables.SIGNAL;
import static org.inclusionmaps.contract.Tables.SIGNAL_UNITS;
import static org.inclusionmaps.contract.Tables.STATED_COVERAGE;
import static org.inclusionmaps.contract.Tables.TERRAIN;
import static org.inclusionmaps.stage.InclusionStages.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.RadioSettings.CoverageAreas;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Table;

/** The stages from radio cells, terrain and what operators state to the service at each place. */
final class CoverageStages {
  private CoverageStages() {}

  /** The stages of a run, as its feeds and settings ask for them. */
  static List<Stage> list(Settings settings) {
    List<Stage> stages = new ArrayList<>();
    if (states(settings)) {
      stages.add(stated());
    }
    stages.add(known(settings));
    stages.add(units());
    stages.add(signal());
    if (settings.radio().calibrates()) {
      stages.add(offsets(settings));
    }
    stages.add(coverage(settings));
    if (states(settings)) {
      stages.add(agreement());
    }
    return stages;
  }

  /** Whether operators state coverage areas. */
  static boolean states(Settings settings) {
    return !settings.inputs().getOrDefault(COVERAGE_AREAS.name(), List.of()).isEmpty();
  }

  /** Whether what operators state goes before the model. */
  static boolean replaces(Settings settings) {
    return states(settings) && settings.radio().coverageAreas() == CoverageAreas.INSTEAD;
  }

  /** Whether there is a model to tell of beside what counts, and it differs. */
  static boolean differsFromModel(Settings settings) {
    boolean cells = !settings.inputs().getOrDefault(RADIO_CELLS.name(), List.of()).isEmpty();
    return cells && (settings.radio().calibrates() || replaces(settings));
  }

  private static Stage stated() {
    return new Stage(
        "stated_coverage",
        List.of(COVERAGE_AREAS, POINT_PEOPLE),
        STATED_COVERAGE,
        (in, settings) ->
            StatedCoverageStage.stated(
                table(in, COVERAGE_AREAS),
                table(in, POINT_PEOPLE),
                SignalUnitsStage.resolution(settings.radio(), settings.places().resolution())));
  }

  private static Stage known(Settings given) {
    return new Stage(
        "known_coverage",
        with(List.of(RADIO_CELLS, AREAS, SETTLED_POINTS), STATED_COVERAGE, replaces(given)),
        KNOWN_COVERAGE,
        (in, settings) ->
            KnownCoverageStage.known(
                table(in, RADIO_CELLS),
                table(in, AREAS),
                orNone(in, STATED_COVERAGE, SETTLED_POINTS),
                table(in, SETTLED_POINTS),
                settings.radio()));
  }

  private static Stage units() {
    return new Stage(
        "signal_units",
        List.of(RADIO_CELLS, POINT_PEOPLE, PLACES, AREAS, TERRAIN),
        SIGNAL_UNITS,
        (in, settings) ->
            SignalUnitsStage.units(
                table(in, RADIO_CELLS),
                table(in, POINT_PEOPLE),
                table(in, PLACES),
                table(in, AREAS),
                table(in, TERRAIN),
                settings.radio(),
                settings.places().resolution()));
  }

  private static Stage signal() {
    return new Stage(
        "signal",
        List.of(
            SIGNAL_UNITS,
            RADIO_CELLS,
            POINT_PEOPLE,
            PLACES,
            AREAS,
            TERRAIN,
            EARLIER_SIGNAL_UNITS,
            EARLIER_SIGNAL),
        SIGNAL,
        (in, settings) ->
            SignalStage.signal(
                table(in, SIGNAL_UNITS),
                table(in, RADIO_CELLS),
                table(in, POINT_PEOPLE),
                table(in, PLACES),
                table(in, AREAS),
                table(in, TERRAIN),
                table(in, EARLIER_SIGNAL_UNITS),
                table(in, EARLIER_SIGNAL),
                settings.radio(),
                settings.places().resolution()));
  }

  private static Stage offsets(Settings given) {
    List<Table> reads = List.of(SIGNAL, POPULATION, KNOWN_COVERAGE);
    return new Stage(
        "coverage_offsets",
        withStated(reads, given),
        COVERAGE_OFFSETS,
        (in, settings) ->
            CoverageOffsetsStage.offsets(
                StatedNetworks.beside(
                    table(in, SIGNAL).where("settled"), orNone(in, STATED_COVERAGE, SIGNAL)),
                table(in, POPULATION),
                table(in, KNOWN_COVERAGE),
                StatedNetworks.of(
                    orNone(in, COVERAGE_AREAS, SIGNAL), table(in, SIGNAL), settings.radio()),
                settings.radio()));
  }

  private static Stage coverage(Settings given) {
    List<Table> reads =
        withStated(with(List.of(SIGNAL), COVERAGE_OFFSETS, given.radio().calibrates()), given);
    return new Stage(
        "coverage",
        reads,
        COVERAGE,
        (in, settings) -> {
          Map<String, Double> offsets =
              settings.radio().calibrates()
                  ? ServiceByOffset.offsets(table(in, COVERAGE_OFFSETS))
                  : Map.of();
          return states(settings)
              ? CoverageStage.withStated(
                  table(in, SIGNAL),
                  offsets,
                  table(in, STATED_COVERAGE),
                  StatedNetworks.of(table(in, COVERAGE_AREAS), table(in, SIGNAL), settings.radio()))
              : CoverageStage.modelled(table(in, SIGNAL), offsets);
        });
  }

  private static Stage agreement() {
    return new Stage(
        "coverage_agreement",
        List.of(COVERAGE, POPULATION, AREAS),
        COVERAGE_AGREEMENT,
        (in, settings) ->
            CoverageAgreementStage.agreement(
                table(in, COVERAGE),
                table(in, POPULATION),
                table(in, AREAS),
                settings.release().areaLevels()));
  }

  private static List<Table> withStated(List<Table> reads, Settings settings) {
    return with(with(reads, STATED_COVERAGE, states(settings)), COVERAGE_AREAS, states(settings));
  }

  private static List<Table> with(List<Table> tables, Table more, boolean wanted) {
    List<Table> list = new ArrayList<>(tables);
    if (wanted) {
      list.add(more);
    }
    return List.copyOf(list);
  }

  /** A table that is read only in some runs: in others, no rows. */
  private static Dataset<Row> orNone(Map<Table, Dataset<Row>> in, Table table, Table session) {
    return in.containsKey(table)
        ? table(in, table)
        : table(in, session).sparkSession().createDataFrame(List.of(), table.schema());
  }

  /** The footprints of eurostat/multimno, where nothing else reads them. */
  static Stage footprints() {
    return new Stage("footprints", List.of(RADIO_CELLS), FOOTPRINTS, CoverageStages::footprints);
  }

  static Dataset<Row> footprints(Map<Table, Dataset<Row>> in, Settings settings) {
    return FootprintsStage.footprints(
        table(in, RADIO_CELLS), settings.radio().footprints(), settings.places().resolution());
  }
}
