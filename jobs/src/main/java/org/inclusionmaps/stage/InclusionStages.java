package org.inclusionmaps.stage;

import static org.inclusionmaps.contract.Tables.AFFORDABILITY;
import static org.inclusionmaps.contract.Tables.AREAS;
import static org.inclusionmaps.contract.Tables.AREA_COVARIATES;
import static org.inclusionmaps.contract.Tables.AREA_FACTS;
import static org.inclusionmaps.contract.Tables.AREA_RATES;
import static org.inclusionmaps.contract.Tables.AREA_SUMS;
import static org.inclusionmaps.contract.Tables.CENSUS;
import static org.inclusionmaps.contract.Tables.CONNECTED;
import static org.inclusionmaps.contract.Tables.COVERAGE;
import static org.inclusionmaps.contract.Tables.DIRECT_ESTIMATES;
import static org.inclusionmaps.contract.Tables.INCLUSION;
import static org.inclusionmaps.contract.Tables.INCOMES;
import static org.inclusionmaps.contract.Tables.INCOME_DISTRIBUTIONS;
import static org.inclusionmaps.contract.Tables.INDICATORS;
import static org.inclusionmaps.contract.Tables.KNOWN_COVERAGE;
import static org.inclusionmaps.contract.Tables.MARKET;
import static org.inclusionmaps.contract.Tables.OFFERS;
import static org.inclusionmaps.contract.Tables.PLACES;
import static org.inclusionmaps.contract.Tables.POINT_PEOPLE;
import static org.inclusionmaps.contract.Tables.POPULATION;
import static org.inclusionmaps.contract.Tables.PRICES;
import static org.inclusionmaps.contract.Tables.RADIO_CELLS;
import static org.inclusionmaps.contract.Tables.RATE_MODELS;
import static org.inclusionmaps.contract.Tables.SETTLED_POINTS;
import static org.inclusionmaps.contract.Tables.SETTLEMENTS;
import static org.inclusionmaps.contract.Tables.SETTLEMENT_TYPES;
import static org.inclusionmaps.contract.Tables.SIGNAL;
import static org.inclusionmaps.contract.Tables.SUBSCRIBERS;
import static org.inclusionmaps.contract.Tables.SURVEY;
import static org.inclusionmaps.contract.Tables.TARIFFS;
import static org.inclusionmaps.contract.Tables.UNUSED_TARIFFS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.UncertaintySettings;
import org.inclusionmaps.contract.Table;

/** The pipeline: each stage, what it reads, what it writes, in the order that they run. */
public final class InclusionStages {
  /** What the replicates of a place, area and group are made from. */
  private static final List<Table> REPLICATED =
      List.of(POPULATION, AFFORDABILITY, CONNECTED, OFFERS, INCOME_DISTRIBUTIONS, PRICES);

  private static final List<Table> RATED =
      List.of(AREA_COVARIATES, AREAS, SURVEY, DIRECT_ESTIMATES, SUBSCRIBERS);

  private InclusionStages() {}

  /** The stages of a run. A stage reads inputs and what stages before it wrote. */
  public static List<Stage> list(Settings settings) {
    List<Stage> stages = new ArrayList<>(people());
    stages.addAll(CoverageStages.list(settings));
    stages.addAll(affordability());
    stages.addAll(MeasurementStages.list(settings));
    stages.addAll(inclusion());
    if (settings.radio().footprints().write() && !MeasurementStages.mayCountAtCells(settings)) {
      stages.add(CoverageStages.footprints());
    }
    return List.copyOf(stages);
  }

  private static List<Stage> people() {
    return List.of(
        new Stage(
            "settled_points",
            List.of(AREAS, CENSUS, SETTLEMENTS),
            SETTLED_POINTS,
            (in, settings) ->
                SettledPointsStage.points(
                    table(in, AREAS),
                    table(in, CENSUS),
                    table(in, SETTLEMENTS),
                    settings.places())),
        new Stage(
            "population",
            List.of(AREAS, CENSUS, SETTLED_POINTS),
            POPULATION,
            (in, settings) ->
                PopulationStage.population(
                    table(in, AREAS),
                    table(in, CENSUS),
                    table(in, SETTLED_POINTS),
                    settings.population())),
        new Stage(
            "point_people",
            List.of(SETTLED_POINTS, POPULATION),
            POINT_PEOPLE,
            (in, settings) ->
                PointPeopleStage.people(table(in, SETTLED_POINTS), table(in, POPULATION))),
        new Stage(
            "places",
            List.of(POINT_PEOPLE),
            PLACES,
            (in, settings) -> PlacesStage.places(table(in, POINT_PEOPLE))));
  }

  private static List<Stage> affordability() {
    return List.of(
        new Stage(
            "offers",
            List.of(COVERAGE, PLACES),
            OFFERS,
            (in, settings) ->
                OffersStage.offers(
                    table(in, COVERAGE),
                    table(in, PLACES),
                    settings.radio(),
                    settings.affordability().usable(),
                    settings.affordability().shadowing())),
        new Stage(
            "prices",
            List.of(TARIFFS, INCOMES),
            PRICES,
            (in, settings) ->
                PricesStage.prices(
                    table(in, TARIFFS), table(in, INCOMES), settings.affordability())),
        new Stage(
            "unused_tariffs",
            List.of(TARIFFS),
            UNUSED_TARIFFS,
            (in, settings) ->
                UnusedTariffsStage.unused(table(in, TARIFFS), settings.affordability())),
        new Stage(
            "income_distributions",
            List.of(INCOMES, SURVEY, AREAS, POPULATION),
            INCOME_DISTRIBUTIONS,
            (in, settings) ->
                IncomeDistributionsStage.distributions(
                    table(in, INCOMES),
                    table(in, SURVEY),
                    table(in, AREAS),
                    table(in, POPULATION),
                    settings)),
        new Stage(
            "affordability",
            List.of(POPULATION, OFFERS, KNOWN_COVERAGE, PRICES, INCOME_DISTRIBUTIONS),
            AFFORDABILITY,
            (in, settings) ->
                AffordabilityStage.affordability(
                    table(in, POPULATION),
                    table(in, OFFERS),
                    table(in, KNOWN_COVERAGE),
                    table(in, PRICES),
                    table(in, INCOME_DISTRIBUTIONS),
                    settings)));
  }

  private static List<Stage> inclusion() {
    return List.of(
        new Stage(
            "settlement_types",
            List.of(POPULATION, PLACES, AREAS, SURVEY),
            SETTLEMENT_TYPES,
            (in, settings) ->
                SettlementTypesStage.types(
                    table(in, POPULATION),
                    table(in, PLACES),
                    table(in, AREAS),
                    table(in, SURVEY),
                    settings.connected().minimumRespondents())),
        new Stage(
            "area_covariates",
            List.of(
                POPULATION,
                PLACES,
                SETTLEMENT_TYPES,
                AREAS,
                OFFERS,
                KNOWN_COVERAGE,
                RADIO_CELLS,
                INCOME_DISTRIBUTIONS,
                AREA_FACTS),
            AREA_COVARIATES,
            (in, settings) ->
                AreaCovariatesStage.covariates(
                    table(in, POPULATION),
                    table(in, PLACES),
                    table(in, SETTLEMENT_TYPES),
                    table(in, AREAS),
                    table(in, OFFERS),
                    table(in, KNOWN_COVERAGE),
                    table(in, RADIO_CELLS),
                    table(in, INCOME_DISTRIBUTIONS),
                    table(in, AREA_FACTS))),
        new Stage(
            "area_rates",
            RATED,
            AREA_RATES,
            (in, settings) ->
                AreaRatesStage.rates(
                    table(in, AREA_COVARIATES),
                    table(in, AREAS),
                    table(in, SURVEY),
                    table(in, DIRECT_ESTIMATES),
                    table(in, SUBSCRIBERS))),
        new Stage(
            "rate_models",
            RATED,
            RATE_MODELS,
            (in, settings) ->
                AreaRatesStage.models(
                    table(in, AREA_COVARIATES),
                    table(in, AREAS),
                    table(in, SURVEY),
                    table(in, DIRECT_ESTIMATES),
                    table(in, SUBSCRIBERS))),
        new Stage(
            "connected",
            List.of(
                AREA_RATES,
                SURVEY,
                AREAS,
                POPULATION,
                SETTLEMENT_TYPES,
                AFFORDABILITY,
                SUBSCRIBERS,
                DIRECT_ESTIMATES),
            CONNECTED,
            (in, settings) ->
                ConnectedStage.connected(
                    table(in, AREA_RATES),
                    table(in, SURVEY),
                    table(in, AREAS),
                    table(in, POPULATION),
                    table(in, SETTLEMENT_TYPES),
                    table(in, AFFORDABILITY),
                    table(in, SUBSCRIBERS),
                    source(in),
                    settings.connected(),
                    settings.uncertainty().groupOddsPct())),
        new Stage(
            "inclusion",
            REPLICATED,
            INCLUSION,
            (in, settings) ->
                InclusionStage.inclusion(
                    replicateRows(in, settings), prices(in, settings), errors(settings))),
        new Stage(
            "area_sums",
            Stream.concat(REPLICATED.stream(), Stream.of(AREAS)).toList(),
            AREA_SUMS,
            (in, settings) ->
                AreaSumsStage.sums(
                    replicateRows(in, settings),
                    AreaTree.holders(table(in, AREAS), settings.release().areaLevels()),
                    prices(in, settings),
                    errors(settings))),
        new Stage(
            "indicators",
            List.of(
                AREA_SUMS,
                POPULATION,
                PLACES,
                COVERAGE,
                SIGNAL,
                KNOWN_COVERAGE,
                PRICES,
                INCOMES,
                SURVEY,
                MARKET,
                AREAS),
            INDICATORS,
            IndicatorsStage::indicators));
  }

  private static Dataset<Row> replicateRows(Map<Table, Dataset<Row>> in, Settings settings) {
    return ReplicateRows.of(
        table(in, POPULATION),
        table(in, AFFORDABILITY),
        table(in, CONNECTED),
        table(in, OFFERS),
        table(in, INCOME_DISTRIBUTIONS),
        settings.country().id());
  }

  /** What rates of connected persons rest on, in the order in which it counts. */
  private static String source(Map<Table, Dataset<Row>> in) {
    return table(in, DIRECT_ESTIMATES).isEmpty()
            && !SubscribersStage.finestAreas(table(in, SUBSCRIBERS)).isEmpty()
        ? "subscriptions"
        : "survey";
  }

  static UncertaintySettings errors(Settings settings) {
    return settings.radio().calibrates(settings.affordability().usable())
        ? settings.uncertainty().calibrated()
        : settings.uncertainty();
  }

  private static PricesOnOffer prices(Map<Table, Dataset<Row>> in, Settings settings) {
    return PricesOnOffer.of(table(in, PRICES), settings.affordability());
  }

  static Dataset<Row> table(Map<Table, Dataset<Row>> in, Table table) {
    Dataset<Row> rows = in.get(table);
    if (rows == null) {
      throw new IllegalStateException("the stage does not name " + table.name() + " as read");
    }
    return rows;
  }
}
