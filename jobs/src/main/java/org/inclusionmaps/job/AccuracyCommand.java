package org.inclusionmaps.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.sample.SampleSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores the job against the truths of many made-up countries. */
@Command(
    name = "accuracy",
    description = {
      "Makes up countries with known truths, runs the job on each as far as the indicators, and"
          + " tells how far they are from the truth and how often their intervals hold it.",
      "Each country is run twice: as it is (model), and with the truth's own coverage as"
          + " radio.official_coverage_pct (official).",
      "Prints tables in Markdown; writes scores.csv, and cases.csv with a row an area, group and"
          + " indicator of each country. Both are whole after each country, so a trial may be"
          + " stopped."
    },
    mixinStandardHelpOptions = true)
final class AccuracyCommand implements Callable<Integer> {
  @Option(
      names = "--seeds",
      defaultValue = "50",
      paramLabel = "N",
      description = "number of countries (default ${DEFAULT-VALUE})")
  private int seeds;

  @Option(
      names = "--first-seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "seed of the first; the others follow (default ${DEFAULT-VALUE})")
  private long firstSeed;

  @Option(
      names = "--scale",
      defaultValue = "0.2",
      paramLabel = "S",
      description = "size of each: 1 is 200,000 persons (default ${DEFAULT-VALUE})")
  private double scale;

  @Option(
      names = "--config",
      split = ",",
      paramLabel = "FILE",
      description = "settings over those of the countries, YAML")
  private List<Path> config = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting; wins over the files")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--variant",
      paramLabel = "TEXT",
      description =
          "one more run of each country, as 'wide: uncertainty.propagation_db=5"
              + " radio.official_coverage_pct=OFFICIAL'; OFFICIAL is the truth's own coverage. Only"
              + " the stages that the settings concern run again")
  private List<String> variants = new ArrayList<>();

  @Option(
      names = "--subscriptions",
      description =
          "two more runs of each country, with connected persons by its subscriptions: with the"
              + " noise of the default budget (noise), and without any (counts)")
  private boolean subscriptions;

  @Option(
      names = "--cases",
      split = ",",
      paramLabel = "FILE",
      description = "make no countries: print the tables of the cases.csv of earlier trials")
  private List<Path> earlier = new ArrayList<>();

  @Option(
      names = "--out",
      defaultValue = "out/accuracy",
      paramLabel = "DIR",
      description = "folder to write to (default ${DEFAULT-VALUE})")
  private Path out = Path.of("out/accuracy");

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  AccuracyCommand() {}

  @Override
  public Integer call() throws IOException {
    if (!earlier.isEmpty()) {
      AccuracyTables tables = new AccuracyTables();
      tables.add(TrialCases.read(earlier));
      tables(tables, spec.commandLine().getOut());
      return 0;
    }
    List<Variant> all = new ArrayList<>(Variant.STANDARD);
    if (subscriptions) {
      all.addAll(Variant.MEASURED);
    }
    variants.forEach(text -> all.add(Variant.of(text)));
    List<SampleSettings> countries = countries(all);
    Files.createDirectories(out);
    SparkSession spark = Sessions.open("inclusion-maps accuracy");
    try (Writer cases = Files.newBufferedWriter(out.resolve("cases.csv"), StandardCharsets.UTF_8)) {
      Trials trials = new Trials(spark, out.resolve("countries").toString(), config, sets, all);
      AccuracyTables tables = score(trials, countries, cases);
      print(tables, spec.commandLine().getOut());
    } finally {
      spark.stop();
    }
    return 0;
  }

  private List<SampleSettings> countries(List<Variant> all) {
    Set<String> names = new HashSet<>();
    for (Variant variant : all) {
      if (!names.add(variant.name())) {
        throw wrong("--variant: two are named " + variant.name());
      }
    }
    if (seeds < 1) {
      throw wrong("--seeds must be at least 1 but is " + seeds);
    }
    List<SampleSettings> countries = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      try {
        countries.add(new SampleSettings(firstSeed + i, scale));
      } catch (IllegalArgumentException e) {
        throw new InclusionException(ErrorCode.SETTINGS_WRONG, "--scale: " + e.getMessage(), e);
      }
    }
    return countries;
  }

  private static InclusionException wrong(String message) {
    return new InclusionException(ErrorCode.SETTINGS_WRONG, message);
  }

  private AccuracyTables score(Trials trials, List<SampleSettings> countries, Writer cases)
      throws IOException {
    AccuracyTables tables = new AccuracyTables();
    cases.write(TrialCases.HEADER);
    long started = System.nanoTime();
    for (int done = 1; done <= countries.size(); done++) {
      List<Trials.Case> of = trials.of(countries.get(done - 1));
      tables.add(of);
      for (Trials.Case one : of) {
        cases.write(TrialCases.line(one));
      }
      cases.flush();
      Files.writeString(out.resolve("scores.csv"), tables.csv());
      double seconds = (System.nanoTime() - started) / 1e9;
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          Locale.ROOT,
          "country %d of %d (seed %d): %d figures; %.0f s gone, about %.0f s left%n",
          done,
          countries.size(),
          countries.get(done - 1).seed(),
          of.size(),
          seconds,
          seconds / done * (countries.size() - done));
      err.flush();
    }
    return tables;
  }

  private void print(AccuracyTables tables, PrintWriter to) {
    to.printf(
        Locale.ROOT,
        "Countries: %d, seeds from %d, scale %s. Errors and widths in points; intervals are 5 %% to 95 %%.%n%n",
        seeds,
        firstSeed,
        scale);
    tables(tables, to);
    to.println("scores " + out.resolve("scores.csv"));
    to.println("cases " + out.resolve("cases.csv"));
    to.flush();
  }

  private static void tables(AccuracyTables tables, PrintWriter to) {
    to.println(tables.everyone());
    to.println(tables.groups());
    to.flush();
  }
}
