package org.inclusionmaps.stage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.estimation.ArcsineRoot;
import org.inclusionmaps.estimation.LogitShift;
import org.inclusionmaps.stage.AreaRates.Direct;
import org.jspecify.annotations.Nullable;

/**
 * The people of one settlement type of one area, or a whole area, and what is estimated of them.
 */
final class RatePart {
  private static final double LEAST_RATE = 1e-4;

  /** Nearer to 0 or 1 than this the logit's errors are those at this rate. */
  private static final double LEAST_FOR_ERRORS = 0.02;

  /** People of a settlement type of an area, or of {@link AreaRates#BOTH}. */
  record Of(String area, String settlement) {
    String label() {
      return area + " " + settlement;
    }
  }

  final Of of;
  final long adults;

  /** Not a number where not known. */
  final double[] covariates;

  /** The estimate, 0 to 1. */
  double rate;

  /** Whom the direct estimate that counts for them is of, or would be. */
  Of unit = new Of("", "");

  @Nullable Direct direct;
  double shrinkage = Double.NaN;
  double residual = Double.NaN;

  /** Whether they are all whom the direct estimate is of. */
  boolean whole;

  /** Standard errors on the arcsine scale by what they come from, each apart from the others. */
  final Map<String, Double> errors = new LinkedHashMap<>();

  RatePart(Of of, long adults, double[] covariates) {
    this.of = of;
    this.adults = adults;
    this.covariates = covariates;
  }

  /** A row of {@link Tables#AREA_COVARIATES}. */
  static RatePart of(Row row) {
    return new RatePart(
        new Of(row.getAs(Tables.AREA), row.getAs(Tables.SETTLEMENT_TYPE)),
        row.<Long>getAs("adults_micro"),
        row.<Double>getList(row.fieldIndex("values")).stream()
            .mapToDouble(value -> value == null ? Double.NaN : value)
            .toArray());
  }

  /** Covariates of several parts: the means of their people, of those parts that have them. */
  static double[] mean(List<RatePart> parts) {
    double[] mean = new double[parts.get(0).covariates.length];
    for (int j = 0; j < mean.length; j++) {
      double sum = 0;
      double persons = 0;
      for (RatePart part : parts) {
        if (!Double.isNaN(part.covariates[j])) {
          sum += part.adults * part.covariates[j];
          persons += part.adults;
        }
      }
      mean[j] = persons > 0 ? sum / persons : Double.NaN;
    }
    return mean;
  }

  /**
   * Moves the rates of parts together, on the logit scale, until their connected are a total.
   *
   * @param least share of all that the total is at least, and leaves to the others at least
   */
  static void shift(List<RatePart> parts, double total, double least) {
    double[] persons = parts.stream().mapToDouble(part -> part.adults).toArray();
    double[] rates =
        parts.stream()
            .mapToDouble(part -> Math.min(1 - LEAST_RATE, Math.max(LEAST_RATE, part.rate)))
            .toArray();
    double all = 0;
    for (double of : persons) {
      all += of;
    }
    if (!(all > 0)) {
      return;
    }
    double left = Math.min((1 - least) * all, Math.max(least * all, total));
    double shift = LogitShift.of(persons, rates, left);
    for (int i = 0; i < rates.length; i++) {
      parts.get(i).rate = LogitShift.apply(rates[i], shift);
    }
  }

  /** The variance of the estimate on the arcsine scale. */
  double variance() {
    double variance = 0;
    for (double error : errors.values()) {
      variance += error * error;
    }
    return variance;
  }

  /** A row of {@link Tables#AREA_RATES}. */
  Row row() {
    double near = Math.min(1 - LEAST_FOR_ERRORS, Math.max(LEAST_FOR_ERRORS, rate));
    double toLogit = 2 / Math.sqrt(near * (1 - near));
    double z = ArcsineRoot.transform(rate);
    double end = Indicator.EXTREME * Math.sqrt(variance());
    Direct known = direct;
    return RowFactory.create(
        of.area,
        of.settlement,
        adults,
        rate,
        Math.min(rate, ArcsineRoot.inverse(z - end)),
        Math.max(rate, ArcsineRoot.inverse(z + end)),
        unit.area,
        known == null ? 0.0 : known.respondents(),
        known == null ? null : known.share(),
        known == null ? null : Math.sqrt(known.share() * (1 - known.share()) / known.size()),
        Double.isNaN(shrinkage) ? null : shrinkage,
        Double.isNaN(residual) ? null : residual,
        errors.keySet().toArray(),
        errors.values().stream().mapToDouble(error -> error * toLogit).toArray());
  }
}
