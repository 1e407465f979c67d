package org.inclusionmaps.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.PrivacySettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.estimation.AgeBand;
import org.inclusionmaps.ingest.Ingest;
import org.inclusionmaps.ingest.Ingested;
import org.inclusionmaps.measurement.CountFrame;
import org.inclusionmaps.measurement.KeySource;
import org.inclusionmaps.measurement.NoisyCounts;
import org.inclusionmaps.measurement.PersonCounts;
import org.inclusionmaps.measurement.Query;
import org.inclusionmaps.measurement.Spine;
import org.inclusionmaps.privacy.Measurement;
import org.inclusionmaps.privacy.NoiseKey;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.privacy.ZeroConcentrated;
import org.inclusionmaps.security.Keys;
import org.inclusionmaps.security.Lease;
import org.inclusionmaps.security.Ledger;
import org.inclusionmaps.security.LedgerEntry;
import org.inclusionmaps.security.SparkGate;
import org.inclusionmaps.stage.InclusionStages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Subscriptions to noisy counts of connected persons: the only command that reads persons. */
@Command(
    name = "measure",
    description =
        "Counts connected persons from subscriptions, with noise, and writes a measurement. It is the only command that reads rows of persons; runs use what it writes.",
    mixinStandardHelpOptions = true)
final class MeasureCommand implements Callable<Integer> {
  private static final List<AgeBand> USUAL =
      Stream.of("15-24", "25-34", "35-49", "50-64", "65+")
          .flatMap(label -> AgeBand.parse(label).stream())
          .toList();

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
    List<Query> queries = Query.of(privacy);
    PrintWriter out = spec.commandLine().getOut();
    print(privacy, queries, out);
    if (plan) {
      out.println(
          LedgerCommand.spent(LedgerCommand.ledger(settings, new Configuration()), privacy));
      out.flush();
      return 0;
    }
    refuse(settings);
    SparkSession spark = SparkSession.builder().appName("inclusion-maps measure").getOrCreate();
    try {
      SparkGate.check(spark.sparkContext().conf(), privacy.localTrial());
      measure(spark, settings, queries, out);
    } finally {
      spark.stop();
    }
    return 0;
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

  private static void print(PrivacySettings privacy, List<Query> queries, PrintWriter out) {
    out.println("What is counted, and how far a raw count is off, nine times in ten");
    Rational all = Rational.ZERO;
    for (Query query : queries) {
      out.printf(
          Locale.ROOT,
          "  %-18s rho %-8s +-%.0f persons%n",
          query.name(),
          query.rho(),
          1.6448536269514722 * Math.sqrt(query.variance().roundedUp()));
      all = all.plus(query.rho());
    }
    out.printf(
        Locale.ROOT,
        "  together rho %s: epsilon %.2f at delta %.0e%n",
        all,
        ZeroConcentrated.epsilon(all, privacy.delta()),
        privacy.delta());
    if (privacy.localTrial()) {
      out.println("  LOCAL TRIAL: Spark is not secured. Never use this with real persons.");
    }
    out.flush();
  }

  private void measure(
      SparkSession spark, Settings settings, List<Query> queries, PrintWriter out) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    PrivacySettings privacy = settings.privacy();
    String provider = String.valueOf(privacy.keyProvider());
    String alias = privacy.keyAlias();
    NoiseKey key = NoiseKey.of(Keys.read(hadoop, provider, alias));
    Lease lease = Lease.take(settings.output().path(), "measure", hadoop);
    try {
      Map<Table, Dataset<Row>> people = people(spark, settings, hadoop);
      Spine spine = spine(people, queries);
      CountFrame frame = frame(spine, people, settings);
      Measurement measurement =
          new Measurement(
              String.valueOf(privacy.period()),
              inputs(settings, spine, hadoop),
              policy(queries, frame, settings));
      String fingerprint = key.fingerprint(measurement);
      Ledger ledger = LedgerCommand.ledger(settings, hadoop);
      LedgerEntry reserved =
          ledger.reserve(
              measurement.id(),
              fingerprint,
              Rational.of(privacy.rho()),
              Rational.of(privacy.lifetimeRho()),
              String.valueOf(privacy.purpose()));
      Path to =
          new Path(
              new Path(settings.output().path(), "measurements"),
              measurement.id() + "-" + fingerprint.substring(0, 12));
      Path scratch = new Path(settings.output().path(), "_scratch-" + fingerprint.substring(0, 12));
      KeySource noise = () -> Keys.read(new Configuration(), provider, alias);
      KeySource choice = () -> NoiseKey.of(noise.key()).derived("primary SIM");
      try {
        scratch(spark, settings, scratch);
        NoisyCounts counts = new NoisyCounts(spine, frame, queries, noise, measurement);
        write(
            counts.of(
                spark, new PersonCounts(frame, choice).persons(spark, List.of(scratch.toString()))),
            to);
      } finally {
        delete(scratch, hadoop);
      }
      long rows =
          TableCheck.check(
              spark.read().schema(Tables.MEASUREMENT.schema()).parquet(to.toString()),
              Tables.MEASUREMENT);
      ledger.commit(reserved);
      out.printf(Locale.ROOT, "measurement %s (%,d counts)%n", to, rows);
      out.println(LedgerCommand.spent(ledger, privacy));
      out.println("use it by  --set inputs.measurement=[{path: " + to + "}]");
    } finally {
      lease.close();
    }
    out.flush();
  }

  /** The public tables that the frame of counts is made of, as a run makes them. */
  private Map<Table, Dataset<Row>> people(
      SparkSession spark, Settings settings, Configuration hadoop) {
    Map<String, Object> described = SettingsLoader.describe(settings);
    String code = CodeVersion.version();
    String id = Run.id(RunFolder.hashesByTable(Feeds.ofRuns(settings), hadoop), described, code);
    RunReport report = new RunReport(id, code, CodeVersion.build(), described);
    Progress progress = new Progress(options.progress(), Feeds.count(settings) + 2, System.err);
    spark.sparkContext().addSparkListener(progress);
    RunFolder folder = new RunFolder(settings.output().path(), "frame-" + id, hadoop);
    Run run = new Run(spark, settings, folder, report, progress);
    run.ingest();
    run.stages(InclusionStages.list(settings), "", Tables.POPULATION.name());
    return run.tables();
  }

  private static Spine spine(Map<Table, Dataset<Row>> people, List<Query> queries) {
    List<Row> settled =
        table(people, Tables.POPULATION)
            .groupBy(Tables.PLACE, Tables.AREA)
            .agg(sum(Tables.PERSONS_MICRO))
            .collectAsList();
    List<Row> tree =
        table(people, Tables.AREAS).select(Tables.AREA, "parent", "level").collectAsList();
    List<Integer> levels =
        queries.stream().map(Query::level).filter(level -> level >= 0).sorted().toList();
    return Spine.of(settled, tree, levels);
  }

  private static Dataset<Row> table(Map<Table, Dataset<Row>> tables, Table table) {
    return Objects.requireNonNull(tables.get(table), table.name());
  }

  /** Operators, sexes and ages that the public feeds tell, whoever subscribes. */
  private static CountFrame frame(Spine spine, Map<Table, Dataset<Row>> people, Settings settings) {
    SortedSet<String> operators = new TreeSet<>();
    for (Table table :
        List.of(Tables.RADIO_CELLS, Tables.COVERAGE_AREAS, Tables.MARKET, Tables.TARIFFS)) {
      operators.addAll(
          table(people, table)
              .select(Tables.OPERATOR)
              .where(col(Tables.OPERATOR).isNotNull().and(col(Tables.OPERATOR).notEqual("*")))
              .distinct()
              .as(Encoders.STRING())
              .collectAsList());
    }
    if (operators.isEmpty()) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING,
          "no feed names an operator, so there is nothing to count by; give radio_cells or market");
    }
    return CountFrame.ofPlaces(
        spine.places(),
        List.copyOf(operators),
        List.of("female", "male"),
        bands(people),
        settings.release().year());
  }

  /** The census's bands from 15 on, if they leave no gap; else usual ones. */
  private static List<AgeBand> bands(Map<Table, Dataset<Row>> people) {
    List<AgeBand> told =
        table(people, Tables.POPULATION)
            .select(Tables.AGE_BAND)
            .distinct()
            .as(Encoders.STRING())
            .collectAsList()
            .stream()
            .flatMap(label -> AgeBand.parse(label).stream())
            .filter(band -> band.from() >= AgeBand.ADULT)
            .sorted(Comparator.comparingInt(AgeBand::from))
            .toList();
    int from = AgeBand.ADULT;
    for (AgeBand band : told) {
      if (band.from() != from) {
        return USUAL;
      }
      from = band.to() == AgeBand.OPEN ? AgeBand.OPEN : band.to() + 1;
    }
    return from == AgeBand.OPEN ? told : USUAL;
  }

  /** What the noise is keyed to besides the policy: the persons' files and the public frame. */
  private static String inputs(Settings settings, Spine spine, Configuration hadoop) {
    Map<String, List<FeedSettings>> persons =
        Map.of(Tables.SUBSCRIPTIONS.name(), Feeds.of(settings, Tables.SUBSCRIPTIONS));
    return RunFolder.id(RunFolder.hashesByTable(persons, hadoop).toString(), spine.described(), "");
  }

  /** What counts how, in words. */
  private static String policy(List<Query> queries, CountFrame frame, Settings settings) {
    return RunFolder.id(
        queries.toString(), frame.described(), String.valueOf(settings.privacy().simsPerPerson()));
  }

  /**
   * Brings the feed under its contract, for the time of the count alone. Connected are those who
   * used data; where data are not told, all who used the SIM.
   */
  private static void scratch(SparkSession spark, Settings settings, Path to) {
    boolean persons = settings.privacy().simsPerPerson() == null;
    try (Ingested ingested =
        Ingest.read(spark, Tables.SUBSCRIPTIONS, Feeds.of(settings, Tables.SUBSCRIPTIONS))) {
      Dataset<Row> rows =
          ingested
              .rows()
              .where(col("data_mb_30").isNull().or(col("data_mb_30").gt(0)))
              .withColumn("person", persons ? col("person") : lit(null).cast("string"));
      (persons ? rows.where(col("person").isNotNull()) : rows)
          .select(
              Tables.SUBSCRIPTIONS.columns().stream().map(functions::col).toArray(Column[]::new))
          .write()
          .mode(SaveMode.Overwrite)
          .parquet(to.toString());
    }
  }

  /** Writes in one order, so that the same counts are the same bytes. */
  private static void write(Dataset<Row> rows, Path to) {
    rows.repartition(1)
        .sortWithinPartitions("leaf_kind", "leaf", Tables.OPERATOR, Tables.SEX, "ages")
        .write()
        .mode(SaveMode.Overwrite)
        .option("compression", "zstd")
        .parquet(to.toString());
  }

  private static void delete(Path folder, Configuration hadoop) {
    try {
      folder.getFileSystem(hadoop).delete(folder, /* recursive= */ true);
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED,
          "%s holds rows of persons and cannot be deleted: %s; delete it by hand"
              .formatted(folder, e.getMessage()),
          e);
    }
  }
}
