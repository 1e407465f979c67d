package org.inclusionmaps.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.ArcsineRoot;
import org.inclusionmaps.estimation.FayHerriot;
import org.inclusionmaps.estimation.ShareModel;
import org.inclusionmaps.stage.AreaRates.Direct;
import org.inclusionmaps.stage.RatePart.Of;
import org.jspecify.annotations.Nullable;

/**
 * The direct estimates of one level of the tree, the parts of each, and the model of them, if there
 * are three or more.
 */
final class RateLevel {
  private static final String INTERCEPT = "intercept";
  private static final int NONE = -1;

  final int level;
  private final List<Direct> units;
  private final List<List<RatePart>> parts;
  private final @Nullable ShareModel model;
  private final Map<String, List<Integer>> unitsOf = new HashMap<>();

  /**
   * Fits the model.
   *
   * @param units direct estimates of areas of the level, no two of the same people
   * @param parts the people of each, one part at least
   */
  RateLevel(int level, List<Direct> units, List<List<RatePart>> parts) {
    this.level = level;
    this.units = units;
    this.parts = parts;
    for (int i = 0; i < units.size(); i++) {
      unitsOf.computeIfAbsent(units.get(i).area(), area -> new ArrayList<>()).add(i);
    }
    model =
        units.size() < 3
            ? null
            : ShareModel.fit(
                units.stream().mapToDouble(Direct::share).toArray(),
                units.stream().mapToDouble(Direct::size).toArray(),
                parts.stream().map(RatePart::mean).toArray(double[][]::new));
  }

  int size() {
    return units.size();
  }

  /** Whether there is a model, and it is of whole areas. */
  boolean tellsWholes() {
    return model != null
        && units.stream().allMatch(unit -> unit.settlement().equals(AreaRates.BOTH));
  }

  /** Whether a direct estimate of an area of the level is of a settlement type, or of both. */
  boolean has(String area, String settlement) {
    return unit(area, settlement) != NONE;
  }

  /** The direct estimate of an area: of a settlement type, else of both. */
  private int unit(String area, String settlement) {
    int both = NONE;
    for (int i : unitsOf.getOrDefault(area, List.of())) {
      String of = units.get(i).settlement();
      if (of.equals(settlement)) {
        return i;
      }
      both = of.equals(AreaRates.BOTH) ? i : both;
    }
    return both;
  }

  /**
   * Estimates a part.
   *
   * @param area the area of the level that holds it
   */
  void estimate(RatePart part, String area) {
    int unit = unit(area, part.of.settlement());
    if (unit == NONE) {
      part.unit = new Of(area, part.of.settlement());
    } else {
      part.direct = units.get(unit);
      part.unit = new Of(area, units.get(unit).settlement());
      part.whole |= parts.get(unit).size() == 1;
    }
    if (model == null) {
      pooled(part);
    } else {
      modelled(model, part, unit);
    }
  }

  /** Too few for a model: an area's own direct estimate, or all of them together. */
  private void pooled(RatePart part) {
    Direct own = part.direct;
    double size = 0;
    double connected = 0;
    for (Direct of : units) {
      size += of.size();
      connected += of.size() * of.share();
    }
    part.shrinkage = own == null ? Double.NaN : 1;
    part.rate = own == null ? connected / size : own.share();
    part.errors.put(
        "direct " + (own == null ? "level " + level : part.unit.label()),
        Math.sqrt(ArcsineRoot.samplingVariance(own == null ? size : own.size())));
  }

  private void modelled(ShareModel model, RatePart part, int unit) {
    FayHerriot fit = model.fit();
    double[] row = model.row(part.covariates);
    double z = fit.predict(row).estimate();
    double[] coefficients = fit.coefficientErrors(row);
    double rest = unit == NONE ? 1 : 1 - fit.shrinkage(unit);
    for (int k = 0; k < coefficients.length; k++) {
      part.errors.put("model %d %d".formatted(level, k), rest * coefficients[k]);
    }
    if (unit == NONE) {
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
    part.rate = ArcsineRoot.backTransform(z, part.variance());
  }

  /** Moves the parts of each direct estimate together until they make its estimate. */
  void benchmark() {
    for (int unit = 0; unit < units.size(); unit++) {
      List<RatePart> free = new ArrayList<>();
      double total = 0;
      double fixed = 0;
      for (RatePart part : parts.get(unit)) {
        total += part.adults * rate(unit);
        if (part.whole) {
          fixed += part.adults * part.rate;
        } else {
          free.add(part);
        }
      }
      // What parts with estimates of their own leave over may be less than nothing, or more than
      // all.
      RatePart.shift(free, total - fixed, .01);
    }
  }

  /** The estimate of a unit as a share. */
  private double rate(int unit) {
    return model == null
        ? units.get(unit).share()
        : ArcsineRoot.backTransform(model.fit().estimate(unit), model.fit().mse(unit));
  }

  /**
   * Rows of {@link Tables#RATE_MODELS}; none without a model.
   *
   * @param names the names of the covariates
   */
  List<Row> rows(List<String> names) {
    List<Row> rows = new ArrayList<>();
    if (model == null) {
      return rows;
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
              level,
              j == 0 ? INTERCEPT : names.get(model.chosen()[j - 1]),
              beta[j],
              Math.sqrt(covariance[j][j]),
              (long) fit.areas(),
              fit.modelVariance(),
              shrinkage[shrinkage.length / 2]));
    }
    return rows;
  }
}
