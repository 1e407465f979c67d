package org.inclusionmaps.job;

import static org.apache.spark.sql.functions.col;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.accuracy.Agreement;
import org.inclusionmaps.contract.SchemaVersion;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares an indicator of a run with what was observed. */
@Command(
    name = "compare",
    description = {
      "Compares an indicator of a run with outcomes that were observed in its areas: ranks"
          + " (Spearman), R2 (Pearson), mean absolute error, and a calibration table by tenths of the"
          + " estimates.",
      "The outcomes must not be inputs of the run, or the comparison is circular."
    },
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "folder of the run, as 'inclusion run' prints it")
  private String run = "";

  @Option(
      names = "--outcomes",
      required = true,
      paramLabel = "FILE",
      description = "CSV with a header; a row an area")
  private String outcomes = "";

  @Option(
      names = "--indicator",
      required = true,
      paramLabel = "NAME",
      description = "as connected_pct; the outcomes are in its unit")
  private String indicator = "";

  @Option(
      names = "--area-column",
      defaultValue = "area",
      paramLabel = "NAME",
      description = "column of the area's id (default ${DEFAULT-VALUE})")
  private String areaColumn = "area";

  @Option(
      names = "--value-column",
      defaultValue = "value",
      paramLabel = "NAME",
      description = "column of what was observed (default ${DEFAULT-VALUE})")
  private String valueColumn = "value";

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  CompareCommand() {}

  private record Estimate(double value, @Nullable Double low, @Nullable Double high) {}

  @Override
  public Integer call() {
    SparkSession spark = Sessions.open("inclusion-maps compare");
    try {
      Map<String, Double> observed = observed(spark);
      Map<String, Estimate> estimates = estimates(spark);
      List<String> both = observed.keySet().stream().filter(estimates::containsKey).toList();
      if (both.isEmpty()) {
        throw new InclusionException(
            ErrorCode.CONTRACT_BROKEN,
            "%s: none of its %d areas has a value of %s in the run; the first is %s"
                .formatted(
                    outcomes, observed.size(), indicator, observed.keySet().iterator().next()));
      }
      print(observed, estimates, both, spec.commandLine().getOut());
    } finally {
      spark.stop();
    }
    return 0;
  }

  private Map<String, Double> observed(SparkSession spark) {
    Path path = new Path(outcomes);
    try {
      if (!path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path)) {
        throw new InclusionException(ErrorCode.INPUT_MISSING, "--outcomes: no file at " + outcomes);
      }
    } catch (java.io.IOException e) {
      throw new InclusionException(ErrorCode.INPUT_MISSING, "--outcomes: " + e.getMessage(), e);
    }
    var rows = spark.read().option("header", true).csv(outcomes);
    for (String column : List.of(areaColumn, valueColumn)) {
      if (!Arrays.asList(rows.columns()).contains(column)) {
        throw new InclusionException(
            ErrorCode.CONTRACT_BROKEN,
            "%s: no column %s; it has %s"
                .formatted(outcomes, column, String.join(", ", rows.columns())));
      }
    }
    Map<String, Double> observed = new TreeMap<>();
    for (Row row : rows.select(areaColumn, valueColumn).na().drop().collectAsList()) {
      if (observed.put(row.getString(0).strip(), number(row)) != null) {
        throw new InclusionException(
            ErrorCode.CONTRACT_BROKEN,
            "%s: area %s is there twice".formatted(outcomes, row.getString(0)));
      }
    }
    if (observed.isEmpty()) {
      throw new InclusionException(ErrorCode.CONTRACT_BROKEN, outcomes + ": no row has a value");
    }
    return observed;
  }

  private double number(Row row) {
    try {
      double number = Double.parseDouble(row.getString(1).strip());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number that is not finite.
    }
    throw new InclusionException(
        ErrorCode.CONTRACT_BROKEN,
        "%s: the value of area %s is not a number: %s"
            .formatted(outcomes, row.getString(0), row.getString(1)));
  }

  private Map<String, Estimate> estimates(SparkSession spark) {
    Path table = new Path(run, Tables.INDICATORS.name());
    try {
      if (!table.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(table)) {
        throw new InclusionException(
            ErrorCode.INPUT_MISSING, "--run: no table of indicators at " + table);
      }
    } catch (java.io.IOException e) {
      throw new InclusionException(ErrorCode.INPUT_MISSING, "--run: " + e.getMessage(), e);
    }
    SchemaVersion.of(spark.read().parquet(table.toString()).schema())
        .ifPresent(version -> SchemaVersion.check(table.toString(), version));
    Map<String, Estimate> estimates = new HashMap<>();
    spark
        .read()
        .schema(Tables.INDICATORS.schema())
        .parquet(table.toString())
        .where(
            col("indicator")
                .equalTo(indicator)
                .and(col(Tables.SEX).equalTo(Tables.ALL))
                .and(col(Tables.AGE_BAND).equalTo(Tables.ALL))
                .and(col(Tables.DISABILITY).equalTo(Tables.ALL))
                .and(col("value").isNotNull()))
        .select(Tables.AREA, "value", "low", "high")
        .collectAsList()
        .forEach(
            row ->
                estimates.put(
                    row.getString(0), new Estimate(row.getDouble(1), at(row, 2), at(row, 3))));
    return estimates;
  }

  private static @Nullable Double at(Row row, int column) {
    return row.isNullAt(column) ? null : row.getDouble(column);
  }

  private void print(
      Map<String, Double> observed,
      Map<String, Estimate> estimates,
      List<String> both,
      PrintWriter to) {
    double[] told = both.stream().mapToDouble(area -> known(estimates.get(area)).value).toArray();
    double[] seen = both.stream().mapToDouble(observed::get).toArray();
    Agreement agreement = Agreement.of(told, seen);
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    lines.add(Map.entry("indicator", indicator));
    lines.add(Map.entry("areas compared", Integer.toString(agreement.cases())));
    lines.add(
        Map.entry("outcomes without estimate", Integer.toString(observed.size() - both.size())));
    lines.add(Map.entry("Spearman", figure(agreement.spearman())));
    lines.add(Map.entry("Pearson R2", figure(agreement.pearsonR2())));
    lines.add(Map.entry("bias", figure(agreement.bias())));
    lines.add(Map.entry("MAE", figure(agreement.mae())));
    lines.add(Map.entry("RMSE", figure(agreement.rmse())));
    lines.add(Map.entry("in the interval, %", inside(observed, estimates, both)));
    lines.forEach(line -> to.println("%-26s %s".formatted(line.getKey(), line.getValue())));
    to.println(
        "\n| tenth of estimates | areas | mean estimate | mean outcome |\n|---|---|---|---|");
    int part = 0;
    for (Agreement.Part of : agreement.calibration()) {
      to.println(
          "| %d | %d | %s | %s |"
              .formatted(++part, of.cases(), figure(of.meanEstimate()), figure(of.meanOutcome())));
    }
    to.flush();
  }

  /** Outcomes have errors of their own, so fewer than nine of ten need not be the job's fault. */
  private static String inside(
      Map<String, Double> observed, Map<String, Estimate> estimates, List<String> both) {
    int intervals = 0;
    int held = 0;
    for (String area : both) {
      Estimate estimate = known(estimates.get(area));
      double outcome = known(observed.get(area));
      if (estimate.low != null && estimate.high != null) {
        intervals++;
        held += estimate.low <= outcome && outcome <= estimate.high ? 1 : 0;
      }
    }
    return intervals == 0 ? "no intervals" : figure(100.0 * held / intervals);
  }

  private static <T> T known(@Nullable T figure) {
    return Objects.requireNonNull(figure, "an area in one of two lists alone");
  }

  private static String figure(double figure) {
    return Double.isNaN(figure)
        ? "none: all are equal"
        : String.format(Locale.ROOT, "%.3f", figure);
  }
}
