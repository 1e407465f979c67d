package org.inclusionmaps.publish.report;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.publish.writing.Html;
import org.inclusionmaps.publish.writing.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * The report's account of the models of connected persons: what they rest on, what does not fit.
 */
public final class ReportModels {
  private static final int WORST = 5;
  private static final double FAR = 3;

  private ReportModels() {}

  /**
   * A section; empty where nothing tells who is connected.
   *
   * @param models table rate_models of the run
   * @param rates table area_rates of the run
   * @param names of areas
   */
  public static String html(
      @Nullable Dataset<Row> models, @Nullable Dataset<Row> rates, Map<String, String> names) {
    if (models == null || rates == null || rates.isEmpty()) {
      return "";
    }
    Map<Integer, List<Row>> levels = new TreeMap<>();
    for (Row row : models.orderBy("level", "term").collectAsList()) {
      levels.computeIfAbsent(row.getAs("level"), level -> new ArrayList<>()).add(row);
    }
    StringBuilder out = new StringBuilder("<h3>How the connected are estimated</h3>\n");
    out.append(
        levels.isEmpty()
            ? "<p>There are too few areas with figures of their own for a model: an area has its own figure, or else that of all together.</p>\n"
            : "<p>The survey's figure of an area's towns or villages, where there is one, is weighed against a model of their covariates (Fay and Herriot). Coefficients are per standard deviation of the covariate, on the arcsine scale of shares.</p>\n");
    levels.forEach((level, terms) -> out.append(model(level, terms)));
    return out.append(residuals(rates, names)).toString();
  }

  private static String model(int level, List<Row> terms) {
    Row first = terms.get(0);
    double variance = first.<Double>getAs("model_variance");
    String beyond =
        variance == 0
            ? "Beyond the covariates the areas do not differ more than by chance (A = 0): the model's figure alone counts."
            : "Beyond the covariates areas differ by about %s points where half are connected; the median weight of an own figure is %s."
                .formatted(
                    Numbers.figure(100 * Math.sqrt(variance)),
                    Numbers.pct(100 * first.<Double>getAs("median_shrinkage")));
    List<List<String>> rows = new ArrayList<>();
    for (Row term : terms) {
      rows.add(
          List.of(
              Html.escaped(term.getAs("term")),
              String.format(Locale.ROOT, "%.3f", term.<Double>getAs("coefficient")),
              String.format(Locale.ROOT, "%.3f", term.<Double>getAs("standard_error"))));
    }
    return "<h4>Areas of level %d</h4>\n<p>Fitted to %s figures of areas, towns and villages apart where they are known apart. %s</p>\n"
            .formatted(level, Numbers.count(first.<Long>getAs("areas")), beyond)
        + Html.table(List.of("Covariate", "Coefficient", "Standard error"), rows);
  }

  /** The settlement type of a figure that is of one alone. */
  private static String settlement(Row row) {
    String first = row.getAs("first");
    return first.equals(row.getAs("last")) && !first.equals(Tables.ALL) ? ", " + first : "";
  }

  private static String residuals(Dataset<Row> rates, Map<String, String> names) {
    Dataset<Row> units =
        rates
            .where(col("residual").isNotNull())
            .groupBy("unit", "direct", "respondents", "residual")
            .agg(min(Tables.SETTLEMENT_TYPE).as("first"), max(Tables.SETTLEMENT_TYPE).as("last"));
    long far = units.where(abs(col("residual")).gt(FAR)).count();
    List<Row> worst =
        units
            .orderBy(abs(col("residual")).desc(), col("unit"), col("direct"))
            .limit(WORST)
            .collectAsList();
    if (worst.isEmpty()) {
      return "";
    }
    List<List<String>> rows = new ArrayList<>();
    for (Row row : worst) {
      String unit = row.getAs("unit");
      rows.add(
          List.of(
              Html.name(names.getOrDefault(unit, unit)) + settlement(row),
              Numbers.pct(100 * row.<Double>getAs("direct")),
              Numbers.figure(row.<Double>getAs("respondents")),
              String.format(Locale.ROOT, "%+.1f", row.<Double>getAs("residual"))));
    }
    return "<h4>Farthest from the model</h4>\n<p>%s of the figures %s more than %s standard deviations from the model: look at their data first.</p>\n"
            .formatted(
                far == 0 ? "None" : Numbers.count(far), far == 1 ? "is" : "are", Numbers.plain(FAR))
        + Html.table(
            List.of("Area", "Own figure", "Respondents", "Standard deviations from the model"),
            rows);
  }
}
