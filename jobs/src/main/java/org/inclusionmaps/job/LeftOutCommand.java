package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.security.SparkGate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints how many rows a measurement left out, and why. */
@Command(
    name = "left-out",
    description =
        "Prints how many rows a measurement left out, by reason. These are exact counts of persons: they need the keys, are noted in the access log, and are not for publication.",
    mixinStandardHelpOptions = true)
final class LeftOutCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  @Parameters(
      paramLabel = "MEASUREMENT",
      description = "its folder's name, as 2025-Q4-0123456789ab")
  private String measurement = "";

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  LeftOutCommand() {}

  @Override
  public Integer call() {
    Settings settings = options.settings();
    SparkSession spark = Sessions.open("inclusion-maps left-out");
    try {
      SparkGate.check(spark.sparkContext().conf(), settings.privacy().localTrial());
      print(spark, settings, spec.commandLine().getOut());
    } finally {
      spark.stop();
    }
    return 0;
  }

  private void print(SparkSession spark, Settings settings, PrintWriter out) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    PersonZone.files(settings).readBy(hadoop);
    PersonZone.files(settings).check(hadoop);
    Path path = new PersonZone(settings, hadoop).leftOut(measurement);
    if (!PersonZone.isThere(path, hadoop)) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING,
          "%s does not exist; name a folder of measurements, of which nothing was purged"
              .formatted(path));
    }
    Measuring.accessLog(settings, hadoop)
        .opened("left-out", measurement, String.valueOf(settings.privacy().purpose()), List.of());
    for (Row row : spark.read().parquet(path.toString()).orderBy("reason").collectAsList()) {
      out.printf(Locale.ROOT, "%,15d  %s%n", row.getLong(1), row.getString(0));
    }
    out.flush();
  }
}
