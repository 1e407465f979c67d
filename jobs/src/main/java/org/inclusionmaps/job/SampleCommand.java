package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.sample.Sample;
import org.inclusionmaps.sample.SampleSettings;
import org.inclusionmaps.sample.SampleSettings.Detail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the made-up country. */
@Command(
    name = "sample",
    description = {
      "Makes up a country with a known truth: the tables that a country gives, in DIR/inputs, the"
          + " truth in DIR/truth, and settings for 'inclusion run' in DIR/inclusion.yaml.",
      "The same seed and scale give the same bytes on any machine."
    },
    mixinStandardHelpOptions = true)
final class SampleCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder to write to; tables of the same names are replaced")
  private String out;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "the country's number: another one is another country (default 1)")
  private long seed;

  @Option(
      names = "--scale",
      defaultValue = "1",
      paramLabel = "S",
      description = "size, 0.05 to 2500: 1 is 200,000 persons, 250 is 50 million (default 1)")
  private double scale;

  @Option(names = "--persons", description = "write the truth of each person too")
  private boolean persons;

  @Option(
      names = "--progress",
      defaultValue = "AUTO",
      description = "auto: a line that renews itself on a terminal, else log lines; plain; none")
  private Progress.Mode mode = Progress.Mode.AUTO;

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  SampleCommand() {}

  @Override
  public Integer call() {
    SampleSettings settings = settings();
    SparkSession spark = Sessions.open("inclusion-maps sample");
    try {
      Progress progress = new Progress(mode, Sample.tables(settings), System.err);
      spark.sparkContext().addSparkListener(progress);
      Map<String, Long> rows = Sample.write(spark, settings, out, steps(progress));
      print(rows, settings, spec.commandLine().getOut());
    } finally {
      spark.stop();
    }
    return 0;
  }

  private SampleSettings settings() {
    try {
      return new SampleSettings(seed, scale, persons ? Detail.PERSONS : Detail.SUMS);
    } catch (IllegalArgumentException e) {
      throw new InclusionException(ErrorCode.SETTINGS_WRONG, "--scale: " + e.getMessage(), e);
    }
  }

  private static Sample.Steps steps(Progress progress) {
    return new Sample.Steps() {
      @Override
      public void begin(String table) {
        progress.begin(table);
      }

      @Override
      public void end(long rows) {
        progress.end(String.format(Locale.ROOT, "%,d rows", rows));
      }
    };
  }

  private void print(Map<String, Long> rows, SampleSettings settings, PrintWriter to) {
    rows.forEach(
        (table, number) ->
            to.println(String.format(Locale.ROOT, "%-22s %,15d rows", table, number)));
    to.println(String.format(Locale.ROOT, "%-22s %,15d", "persons", settings.persons()));
    to.println("sample " + out);
    to.flush();
  }
}
