package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.ArcsineRoot;
import org.inclusionmaps.estimation.FayHerriot;
import org.inclusionmaps.estimation.LogitShift;
import org.inclusionmaps.estimation.ShareModel;
import org.jspecify.annotations.Nullable;

/**
 * Direct estimates of some areas to the rates of all. One model a level of the tree that has direct
 * estimates of three areas or more; fewer are taken as they are, and together for the areas that
 * have none. Each area goes by the finest level at or above its own that has an estimate of it, or
 * {@value #ENOUGH} estimates at least; where there is none, by the level that has most.
 *
 * <p>Where an area is a part of one that has a direct estimate, the parts are moved together so
 * that they make the estimate of the whole.
 */
final class AreaRates {
  /** Stands in the place of a settlement type for both. */
  static final String BOTH = "all";

  private static final String INTERCEPT = "intercept";
  private static final double LEAST_RATE = 1e-4;

  /** So many direct estimates of a level tell of areas that have none. */
  private static final int ENOUGH = 10;

  /** Nearer to 0 or 1 than this the logit's errors are those at this rate. */
  private static final double LEAST_FOR_ERRORS = 0.02;

  private static final double END = 1.6448536269514722;

  /** People of a settlement type of an area, or of both. */
  private record Of(String area, String settlement) {
    String label() {
      return area + " " + settlement;
    }
  }

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

  /** The people of one settlement type of one area: the parts that all else is made of. */
  private static final class Part {
    final Of of;
    final long adults;
    final double[] covariates;
    double rate;
    Of unit = new Of("", "");
    @Nullable Direct direct;
    double shrinkage = Double.NaN;
    double residual = Double.NaN;
    boolean whole;
    final Map<String, Double> errors = new LinkedHashMap<>();

    Part(Of of, long adults, double[] covariates) {
      this.of = of;
      this.adults = adults;
      this.covariates = covariates;
    }

    static Part of(Row row) {
      return new Part(
          new Of(row.getAs(Tables.AREA), row.getAs(Tables.SETTLEMENT_TYPE)),
          row.<Long>getAs("adults_micro"),
          row.<Double>getList(row.fieldIndex("values")).stream()
              .mapToDouble(value -> value == null ? Double.NaN : value)
              .toArray());
    }
  }

  /** The direct estimates of a level, with the parts of each, and the model of them. */
  private record Level(
      int level, List<Direct> units, List<List<Part>> parts, @Nullable ShareModel model) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<Part> wholes = new ArrayList<>();
  private final Map<String, List<String>> chains = new HashMap<>();
  private final Map<String, Integer> levelOf = new HashMap<>();
  private final NavigableMap<Integer, Level> levels = new TreeMap<>();
  private List<String> names = List.of();

  /**
   * Fits the models and estimates the rates.
   *
   * @param covariates rows of {@link Tables#AREA_COVARIATES}
   * @param areas area, parent and level of all areas
   * @param direct direct estimates; of areas without people they count for nothing
   */
  AreaRates(List<Row> covariates, List<Row> areas, List<Direct> direct) {
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
        .forEach(row -> parts.add(Part.of(row)));
    if (!covariates.isEmpty()) {
      names = covariates.get(0).getList(covariates.get(0).fieldIndex("covariates"));
    }
    fit(direct);
    if (!levels.isEmpty()) {
      parts.forEach(this::estimate);
      levels.descendingMap().values().forEach(AreaRates::benchmark);
      levels.values().forEach(this::wholes);
    }
  }

  private void fit(List<Direct> direct) {
    Map<Of, List<Part>> held = new HashMap<>();
    for (Part part : parts) {
      for (String area : chains.getOrDefault(part.of.area, List.of())) {
        held.computeIfAbsent(new Of(area, part.of.settlement), of -> new ArrayList<>()).add(part);
        held.computeIfAbsent(new Of(area, BOTH), of -> new ArrayList<>()).add(part);
      }
    }
    Map<Integer, List<Direct>> byLevel = new TreeMap<>();
    direct.stream()
        .filter(of -> levelOf.containsKey(of.area()))
        .filter(of -> held.containsKey(new Of(of.area(), of.settlement())))
        .sorted(Comparator.comparing(Direct::area).thenComparing(Direct::settlement))
        .forEach(
            of ->
                byLevel
                    .computeIfAbsent(levelOf.get(of.area()), level -> new ArrayList<>())
                    .add(of));
    byLevel.forEach(
        (level, units) -> {
          List<List<Part>> members =
              units.stream().map(of -> held.get(new Of(of.area(), of.settlement()))).toList();
          levels.put(level, new Level(level, units, members, model(units, members)));
        });
  }

  /**
   * The areas of a level as wholes, by the model of that level, where it is of whole areas. They
   * are told and not used: who is connected goes by the parts.
   */
  private void wholes(Level level) {
    ShareModel model = level.model;
    if (model == null || !level.units.stream().allMatch(unit -> unit.settlement().equals(BOTH))) {
      return;
    }
    Map<String, List<Part>> held = new TreeMap<>();
    for (Part part : parts) {
      String area = ancestor(part, level.level);
      if (levelOf.getOrDefault(area, -1) == level.level) {
        held.computeIfAbsent(area, of -> new ArrayList<>()).add(part);
      }
    }
    held.forEach(
        (area, own) -> {
          long adults = own.stream().mapToLong(part -> part.adults).sum();
          Part whole = new Part(new Of(area, BOTH), adults, mean(own));
          whole.whole = true;
          whole.unit = whole.of;
          int unit = unit(level, whole);
          whole.direct = unit < 0 ? null : level.units.get(unit);
          modelled(level, model, whole, unit);
          wholes.add(whole);
        });
  }

  private static @Nullable ShareModel model(List<Direct> units, List<List<Part>> members) {
    return units.size() < 3
        ? null
        : ShareModel.fit(
            units.stream().mapToDouble(Direct::share).toArray(),
            units.stream().mapToDouble(Direct::size).toArray(),
            members.stream().map(AreaRates::mean).toArray(double[][]::new));
  }

  /** Covariates of several parts: the means of their people, of those parts that have them. */
  private static double[] mean(List<Part> parts) {
    double[] mean = new double[parts.get(0).covariates.length];
    for (int j = 0; j < mean.length; j++) {
      double sum = 0;
      double persons = 0;
      for (Part part : parts) {
        if (!Double.isNaN(part.covariates[j])) {
          sum += part.adults * part.covariates[j];
          persons += part.adults;
        }
      }
      mean[j] = persons > 0 ? sum / persons : Double.NaN;
    }
    return mean;
  }

  private void estimate(Part part) {
    Level level = level(part);
    int unit = unit(level, part);
    if (unit >= 0) {
      part.unit = new Of(level.units.get(unit).area(), level.units.get(unit).settlement());
      part.direct = level.units.get(unit);
      part.whole = level.parts.get(unit).size() == 1;
    } else {
      part.unit = new Of(ancestor(part, level.level), part.of.settlement);
    }
    if (level.model == null) {
      pooled(level, part);
    } else {
      modelled(level, level.model, part, unit);
    }
  }

  /**
   * The finest level at or above a part's own that has a direct estimate of it, or enough estimates
   * to go by; without one, the level that has most.
   */
  private Level level(Part part) {
    int own = levelOf.getOrDefault(part.of.area, 0);
    Level most = levels.firstEntry().getValue();
    for (Level level : levels.headMap(own, /* inclusive= */ true).descendingMap().values()) {
      if (level.units.size() >= ENOUGH || unit(level, part) >= 0) {
        return level;
      }
    }
    for (Level level : levels.values()) {
      most = level.units.size() > most.units.size() ? level : most;
    }
    return most;
  }

  /** The direct estimate of a level that is of a part: of its settlement type, else of both. */
  private int unit(Level level, Part part) {
    String area = ancestor(part, level.level);
    int both = -1;
    for (int i : unitsOf(level).getOrDefault(area, List.of())) {
      String settlement = level.units.get(i).settlement();
      if (settlement.equals(part.of.settlement)) {
        return i;
      }
      both = settlement.equals(BOTH) ? i : both;
    }
    return both;
  }

  private final Map<Integer, Map<String, List<Integer>>> unitsOfLevel = new HashMap<>();

  private Map<String, List<Integer>> unitsOf(Level level) {
    return unitsOfLevel.computeIfAbsent(
        level.level,
        of -> {
          Map<String, List<Integer>> byArea = new HashMap<>();
          for (int i = 0; i < level.units.size(); i++) {
            byArea.computeIfAbsent(level.units.get(i).area(), area -> new ArrayList<>()).add(i);
          }
          return byArea;
        });
  }

  private String ancestor(Part part, int level) {
    return chains.getOrDefault(part.of.area, List.of()).stream()
        .filter(area -> levelOf.getOrDefault(area, -1) == level)
        .findFirst()
        .orElse(part.of.area);
  }

  /** Too few for a model: an area's own direct estimate, or all of them together. */
  private static void pooled(Level level, Part part) {
    double size = level.units.stream().mapToDouble(Direct::size).sum();
    Direct own = part.direct;
    double share =
        own != null
            ? own.share()
            : level.units.stream().mapToDouble(of -> of.share() * of.size()).sum() / size;
    double variance = ArcsineRoot.samplingVariance(own == null ? size : own.size());
    part.shrinkage = own == null ? Double.NaN : 1;
    part.rate = share;
    part.errors.put(
        "direct " + (own == null ? "level " + level.level : part.unit.label()),
        Math.sqrt(variance));
  }

  private static void modelled(Level level, ShareModel model, Part part, int unit) {
    FayHerriot fit = model.fit();
    double[] row = model.row(part.covariates);
    double z = fit.predict(row).estimate();
    double[] coefficients = fit.coefficientErrors(row);
    double rest = unit < 0 ? 1 : 1 - fit.shrinkage(unit);
    for (int k = 0; k < coefficients.length; k++) {
      part.errors.put("model %d %d".formatted(level.level, k), rest * coefficients[k]);
    }
    if (unit < 0) {
      part.errors.put("area " + part.unit.label(), Math.sqrt(model.unseenVariance()));
    } else {
      z += model.effect(unit);
      part.shrinkage = fit.shrinkage(unit);
      part.residual = fit.standardisedResidual(unit);
      part.errors.put("area " + part.unit.label(), model.effectError(unit));
      if (!part.whole) {
        part.errors.put("part " + part.of.label(), Math.sqrt(model.unseenVariance()));
      }
    }
    part.rate = ArcsineRoot.backTransform(z, variance(part));
  }

  /** The variance of a part's estimate on the arcsine scale. */
  private static double variance(Part part) {
    return part.errors.values().stream().mapToDouble(error -> error * error).sum();
  }

  /** Moves the parts of each direct estimate together until they make its estimate. */
  private static void benchmark(Level level) {
    for (int unit = 0; unit < level.units.size(); unit++) {
      List<Part> all = level.parts.get(unit);
      List<Part> free = all.stream().filter(part -> !part.whole).toList();
      if (free.isEmpty()) {
        continue;
      }
      double rate = rate(level, unit);
      double total = all.stream().mapToDouble(part -> part.adults).sum() * rate;
      double fixed =
          all.stream().filter(part -> part.whole).mapToDouble(p -> p.adults * p.rate).sum();
      double[] persons = free.stream().mapToDouble(part -> part.adults).toArray();
      double[] rates =
          free.stream()
              .mapToDouble(p -> Math.min(1 - LEAST_RATE, Math.max(LEAST_RATE, p.rate)))
              .toArray();
      double most = Arrays.stream(persons).sum();
      if (!(most > 0)) {
        continue;
      }
      // What parts of their own estimates leave over may be less than nothing, or more than all.
      double left = Math.min(.99 * most, Math.max(.01 * most, total - fixed));
      double shift = LogitShift.of(persons, rates, left);
      for (int i = 0; i < rates.length; i++) {
        free.get(i).rate = LogitShift.apply(rates[i], shift);
      }
    }
  }

  /** The estimate of a unit as a share. */
  private static double rate(Level level, int unit) {
    ShareModel model = level.model;
    return model == null
        ? level.units.get(unit).share()
        : ArcsineRoot.backTransform(model.fit().estimate(unit), model.fit().mse(unit));
  }

  /** Rows of {@link Tables#AREA_RATES}; none without direct estimates. */
  List<Row> rates() {
    return levels.isEmpty()
        ? List.of()
        : Stream.concat(parts.stream(), wholes.stream()).map(AreaRates::row).toList();
  }

  private static Row row(Part part) {
    double rate = Math.min(1, Math.max(0, part.rate));
    double near = Math.min(1 - LEAST_FOR_ERRORS, Math.max(LEAST_FOR_ERRORS, rate));
    double toLogit = 2 / Math.sqrt(near * (1 - near));
    double z = ArcsineRoot.transform(rate);
    double error = Math.sqrt(variance(part));
    Direct direct = part.direct;
    return RowFactory.create(
        part.of.area,
        part.of.settlement,
        part.adults,
        rate,
        Math.min(rate, ArcsineRoot.inverse(z - END * error)),
        Math.max(rate, ArcsineRoot.inverse(z + END * error)),
        part.unit.area,
        direct == null ? 0.0 : direct.respondents(),
        direct == null ? null : direct.share(),
        direct == null ? null : Math.sqrt(direct.share() * (1 - direct.share()) / direct.size()),
        Double.isNaN(part.shrinkage) ? null : part.shrinkage,
        Double.isNaN(part.residual) ? null : part.residual,
        part.errors.keySet().toArray(),
        part.errors.values().stream().mapToDouble(of -> of * toLogit).toArray());
  }

  /** Rows of {@link Tables#RATE_MODELS}. */
  List<Row> models() {
    List<Row> rows = new ArrayList<>();
    for (Level level : levels.values()) {
      ShareModel model = level.model;
      if (model == null) {
        continue;
      }
      FayHerriot fit = model.fit();
      double[] beta = fit.beta();
      double[][] covariance = fit.betaCovariance();
      double[] shrinkage = new double[fit.areas()];
      Arrays.setAll(shrinkage, fit::shrinkage);
      Arrays.sort(shrinkage);
      for (int j = 0; j < beta.length; j++) {
        rows.add(
            RowFactory.create(
                level.level,
                j == 0 ? INTERCEPT : names.get(model.chosen()[j - 1]),
                beta[j],
                Math.sqrt(covariance[j][j]),
                (long) fit.areas(),
                fit.modelVariance(),
                shrinkage[shrinkage.length / 2]));
      }
    }
    return rows;
  }
}
