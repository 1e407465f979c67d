package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.stage.RatePart.Of;
import org.jspecify.annotations.Nullable;

/**
 * Direct estimates of some areas to the rates of all. One model a level of the tree that has direct
 * estimates of three areas or more; fewer are taken as they are, and together for the areas that
 * have none. Each area goes by the finest level at or above its own that has an estimate of it, or
 * {@value #ENOUGH} estimates at least; where there is none, by the level that has most.
 *
 * <p>Where an area is a part of one that has a direct estimate, the parts are moved together so
 * that they make the estimate of the whole. At last all parts are moved together to the estimate of
 * the nation, if there is one: a survey's urban and rural need not be those of the places, and
 * rates that are right for its own types then go to too few or too many.
 */
final class AreaRates {
  /** Stands in the place of a settlement type for both. */
  static final String BOTH = "all";

  /** So many direct estimates of a level tell of areas that have none. */
  private static final int ENOUGH = 10;

  /** Rates on the logit scale come no nearer to nobody, or everybody, in the nation. */
  private static final double LEAST_OF_NATION = 1e-4;

  /**
   * A direct estimate.
   *
   * @param area the area that it is of
   * @param settlement the settlement type that it is of, or {@link #BOTH}
   * @param share of them who are connected
   * @param size effective sample size
   * @param respondents that were asked
   */
  record Direct(String area, String settlement, double share, double size, double respondents) {}

  /**
   * The direct estimate of the nation.
   *
   * @param share of all who are connected
   * @param standardError of the share
   */
  record Nation(double share, double standardError) {}

  private final List<RatePart> parts = new ArrayList<>();
  private final List<RatePart> wholes = new ArrayList<>();
  private final Map<String, List<String>> chains = new HashMap<>();
  private final Map<String, Integer> levelOf = new HashMap<>();
  private final NavigableMap<Integer, RateLevel> levels = new TreeMap<>();
  private List<String> names = List.of();

  /**
   * Fits the models and estimates the rates.
   *
   * @param covariates rows of {@link Tables#AREA_COVARIATES}
   * @param areas area, parent and level of all areas
   * @param direct direct estimates; of areas without people they count for nothing
   * @param nation all persons; null where their share rests on the areas alone
   */
  AreaRates(List<Row> covariates, List<Row> areas, List<Direct> direct, @Nullable Nation nation) {
    areas.forEach(area -> levelOf.put(area.getString(0), area.getInt(2)));
    AreaTree.pairs(areas.iterator())
        .forEachRemaining(
            pair ->
                chains
                    .computeIfAbsent(pair.getString(0), area -> new ArrayList<>())
                    .add(pair.getString(1)));
    covariates.stream()
        .sorted(
            Comparator.comparing((Row row) -> row.<String>getAs(Tables.AREA))
                .thenComparing(row -> row.<String>getAs(Tables.SETTLEMENT_TYPE)))
        .forEach(row -> parts.add(RatePart.of(row)));
    if (!covariates.isEmpty()) {
      names = covariates.get(0).getList(covariates.get(0).fieldIndex("covariates"));
    }
    fit(direct);
    if (levels.isEmpty()) {
      return;
    }
    for (RatePart part : parts) {
      RateLevel level = level(part);
      level.estimate(part, ancestor(part, level.level));
    }
    levels.descendingMap().values().forEach(RateLevel::benchmark);
    if (nation != null) {
      double adults = parts.stream().mapToDouble(part -> part.adults).sum();
      RatePart.shift(parts, nation.share * adults, LEAST_OF_NATION);
      addError(nation.standardError);
    }
    levels.values().stream().filter(RateLevel::tellsWholes).forEach(this::wholes);
  }

  /**
   * Adds what the errors of areas lack to those of the nation: an error of all parts together, for
   * the estimate that they were moved to errs by itself.
   *
   * @param ofNation standard error of the nation's share
   */
  private void addError(double ofNation) {
    double adults = 0;
    double together = 0;
    Map<String, Double> bySource = new TreeMap<>();
    for (RatePart part : parts) {
      // What an error on the arcsine scale does to the share.
      double moves = part.adults * 2 * Math.sqrt(part.rate * (1 - part.rate));
      adults += part.adults;
      together += moves;
      part.errors.forEach((source, error) -> bySource.merge(source, moves * error, Double::sum));
    }
    double variance = 0;
    for (double moved : bySource.values()) {
      variance += moved * moved / (adults * adults);
    }
    double lacking = ofNation * ofNation - variance;
    if (lacking > 0 && together > 0) {
      double error = Math.sqrt(lacking) * adults / together;
      parts.forEach(part -> part.errors.put("survey nation", error));
    }
  }

  private void fit(List<Direct> direct) {
    Map<Of, List<RatePart>> held = new HashMap<>();
    for (RatePart part : parts) {
      for (String area : chains.getOrDefault(part.of.area(), List.of())) {
        for (String settlement : List.of(part.of.settlement(), BOTH)) {
          held.computeIfAbsent(new Of(area, settlement), of -> new ArrayList<>()).add(part);
        }
      }
    }
    Map<Integer, List<Direct>> byLevel = new TreeMap<>();
    direct.stream()
        .filter(of -> held.containsKey(new Of(of.area(), of.settlement())))
        .sorted(Comparator.comparing(Direct::area).thenComparing(Direct::settlement))
        .forEach(
            of ->
                byLevel
                    .computeIfAbsent(levelOf.get(of.area()), level -> new ArrayList<>())
                    .add(of));
    byLevel.forEach(
        (level, units) ->
            levels.put(
                level,
                new RateLevel(
                    level,
                    units,
                    units.stream()
                        .map(of -> held.get(new Of(of.area(), of.settlement())))
                        .toList())));
  }

  /**
   * The finest level at or above a part's own that has a direct estimate of it, or enough estimates
   * to go by; without one, the level that has most.
   */
  private RateLevel level(RatePart part) {
    int own = levelOf.getOrDefault(part.of.area(), 0);
    for (RateLevel level : levels.headMap(own, /* inclusive= */ true).descendingMap().values()) {
      if (level.size() >= ENOUGH || level.has(ancestor(part, level.level), part.of.settlement())) {
        return level;
      }
    }
    RateLevel most = levels.firstEntry().getValue();
    for (RateLevel level : levels.values()) {
      most = level.size() > most.size() ? level : most;
    }
    return most;
  }

  /** The area of a level that holds a part; its own area where none does. */
  private String ancestor(RatePart part, int level) {
    return chains.getOrDefault(part.of.area(), List.of()).stream()
        .filter(area -> levelOf.getOrDefault(area, -1) == level)
        .findFirst()
        .orElse(part.of.area());
  }

  /**
   * The areas of a level as wholes, by the model of that level. They are told and not used: who is
   * connected goes by the parts.
   */
  private void wholes(RateLevel level) {
    Map<String, List<RatePart>> held = new TreeMap<>();
    for (RatePart part : parts) {
      String area = ancestor(part, level.level);
      if (levelOf.getOrDefault(area, -1) == level.level) {
        held.computeIfAbsent(area, of -> new ArrayList<>()).add(part);
      }
    }
    held.forEach(
        (area, own) -> {
          long adults = own.stream().mapToLong(part -> part.adults).sum();
          RatePart whole = new RatePart(new Of(area, BOTH), adults, RatePart.mean(own));
          whole.whole = true;
          level.estimate(whole, area);
          wholes.add(whole);
        });
  }

  /** Rows of {@link Tables#AREA_RATES}; none without direct estimates. */
  List<Row> rates() {
    return levels.isEmpty()
        ? List.of()
        : Stream.concat(parts.stream(), wholes.stream()).map(RatePart::row).toList();
  }

  /** Rows of {@link Tables#RATE_MODELS}. */
  List<Row> models() {
    return levels.values().stream().flatMap(level -> level.rows(names).stream()).toList();
  }
}
