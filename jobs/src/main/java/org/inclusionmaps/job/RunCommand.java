package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.operations.Failure;
import org.inclusionmaps.operations.Operations;
import org.inclusionmaps.stage.InclusionStages;
import org.inclusionmaps.stage.Stage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The main job: feeds to a release. */
@Command(
    name = "run",
    description = "Computes who lacks affordable access, and writes a release with maps.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin private RunOptions options;
  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  RunCommand() {}

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Feeds.check(settings);
    List<Stage> stages = Selection.of(InclusionStages.list(settings), options.from(), options.to());
    PlanCommand.print(settings, stages, new PrintWriter(spec.commandLine().getErr(), true));
    SparkSession spark = Sessions.open("inclusion-maps");
    try {
      Attempts.record(
          "run",
          options.attempt(),
          settings.output().path(),
          spark.sparkContext().hadoopConfiguration(),
          attempts -> watched(spark, settings, attempts, spec.commandLine().getOut()));
    } finally {
      spark.stop();
    }
    return 0;
  }

  /** Runs, and tells operators how it went. */
  private @Nullable String watched(
      SparkSession spark, Settings settings, Attempts attempts, PrintWriter out) {
    try (Operations operations =
        Operations.begin(spark.sparkContext(), settings, attempts.label())) {
      try {
        String release = new CountryRun(spark, settings, options, attempts, operations, out).run();
        operations.end(null);
        return release;
      } catch (Throwable e) { // Spark throws exceptions that Java would have declared
        operations.end(Failure.of(e));
        throw e;
      }
    }
  }
}
