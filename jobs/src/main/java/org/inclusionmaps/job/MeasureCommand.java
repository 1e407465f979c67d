package org.inclusionmaps.job;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.PrivacySettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.measurement.Query;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.privacy.ZeroConcentrated;
import org.inclusionmaps.security.Lease;
import org.inclusionmaps.security.SparkGate;
import org.inclusionmaps.store.Probe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Subscriptions to protected counts of connected persons: the only command that counts persons. */
@Command(
    name = "measure",
    description =
        "Counts connected persons from subscriptions, with noise or above thresholds, and writes a measurement. Runs use what it writes, and never read rows of subscriptions.",
    mixinStandardHelpOptions = true)
final class MeasureCommand implements Callable<Integer> {
  private static final double NINE_IN_TEN = 1.6448536269514722;

  @Mixin private RunOptions options;

  @Option(
      names = "--plan",
      description = "print what would be counted, how sure it would be and what it costs, and stop")
  private boolean plan;

  @Spec private CommandSpec spec;

  /** Picocli makes the command and fills in its fields. */
  @SuppressWarnings("NullAway.Init")
  MeasureCommand() {}

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Feeds.check(settings);
    PrivacySettings privacy = settings.privacy();
    PrintWriter out = spec.commandLine().getOut();
    print(privacy, out);
    if (plan) {
      out.println(LedgerCommand.spent(LedgerCommand.ledger(settings, Sessions.hadoop()), privacy));
      out.flush();
      return 0;
    }
    refuse(settings);
    SparkSession spark = Sessions.open("inclusion-maps measure");
    try {
      SparkGate.check(spark.sparkContext().conf(), privacy.localTrial());
      Attempts.record(
          "measure",
          options.attempt(),
          settings.output().path(),
          spark.sparkContext().hadoopConfiguration(),
          attempts -> {
            measure(spark, settings, attempts, out);
            return null;
          });
    } finally {
      spark.stop();
    }
    return 0;
  }

  private void measure(SparkSession spark, Settings settings, Attempts attempts, PrintWriter out) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    PersonZone.files(settings).readBy(hadoop);
    Progress progress = new Progress(options.progress(), Feeds.count(settings) + 2, System.err);
    spark.sparkContext().addSparkListener(progress);
    Probe.check(settings.output().path(), hadoop);
    Lease lease = attempts.lease(settings.output().leaseSeconds());
    try {
      Measuring.Measured made = new Measuring(spark, settings).measure(progress, lease::confirm);
      out.printf(Locale.ROOT, "measurement %s (%,d counts)%n", made.folder(), made.counts());
      if (made.cellsElsewhere() > 0) {
        out.printf(
            Locale.ROOT,
            "%,d radio cells stand in no area that is counted in; they count in the area of the nearest settled place%n",
            made.cellsElsewhere());
      }
      out.println(LedgerCommand.spent(LedgerCommand.ledger(settings, hadoop), settings.privacy()));
      out.println("use it by  --set inputs.measurement=[{path: " + made.folder() + "}]");
    } finally {
      lease.close();
    }
    out.flush();
  }

  /** Refuses to count persons for no stated reason, or too late. */
  private static void refuse(Settings settings) {
    PrivacySettings privacy = settings.privacy();
    if (!privacy.missing().isEmpty()) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "persons are not counted before these are stated: "
              + privacy.missing().entrySet().stream()
                  .map(need -> need.getKey() + " (" + need.getValue() + ")")
                  .collect(Collectors.joining(", ")));
    }
    if (privacy.expired(LocalDate.now(ZoneOffset.UTC))) {
      throw new InclusionException(
          ErrorCode.SETTINGS_WRONG,
          "privacy.expires is %s: persons may no longer be counted".formatted(privacy.expires()));
    }
    if (Feeds.of(settings, Tables.SUBSCRIPTIONS).isEmpty()) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING,
          "no feed for subscriptions; name its file in inputs.subscriptions");
    }
  }

  private static void print(PrivacySettings privacy, PrintWriter out) {
    if (privacy.withoutNoise()) {
      printWithoutNoise(privacy, out);
    } else {
      printNoise(privacy, out);
    }
    if (privacy.localTrial()) {
      out.println("  LOCAL TRIAL: Spark is not secured. Never use this with real persons.");
    }
    out.flush();
  }

  private static void printWithoutNoise(PrivacySettings privacy, PrintWriter out) {
    out.println("What is counted, without noise");
    for (Query query : Query.of(privacy)) {
      out.println("  " + query.name());
    }
    out.printf(
        Locale.ROOT,
        "  hidden: fewer than %d %s, more than %d %% of one operator of several, all of a margin, and what would tell these%n",
        privacy.leastCounted(),
        privacy.simsPerPerson() == null ? "persons" : "SIMs",
        privacy.thresholds().mostOperatorPct());
    out.println("  nothing is charged, and less is promised than with noise");
  }

  private static void printNoise(PrivacySettings privacy, PrintWriter out) {
    List<Query> queries = Query.of(privacy);
    out.println("What is counted, and how far a raw count is off, nine times in ten");
    Rational all = Rational.ZERO;
    for (Query query : queries) {
      out.printf(
          Locale.ROOT,
          "  %-18s rho %-8s +-%.0f persons%n",
          query.name(),
          query.rho(),
          NINE_IN_TEN * Math.sqrt(query.variance().roundedUp()));
      all = all.plus(query.rho());
    }
    out.printf(
        Locale.ROOT,
        "  together rho %s: epsilon %.2f at delta %.0e%n",
        all,
        ZeroConcentrated.epsilon(all, privacy.delta()),
        privacy.delta());
  }
}
