package org.inclusionmaps.job;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.config.PrivacySettings;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.TableCheck;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.measurement.CellBlock;
import org.inclusionmaps.measurement.KeySource;
import org.inclusionmaps.measurement.LeftOut;
import org.inclusionmaps.measurement.NoisyCounts;
import org.inclusionmaps.measurement.PersonCounts;
import org.inclusionmaps.measurement.PublicFrame;
import org.inclusionmaps.measurement.Query;
import org.inclusionmaps.measurement.ShownCounts;
import org.inclusionmaps.operations.StageWatch;
import org.inclusionmaps.privacy.Measurement;
import org.inclusionmaps.privacy.NoiseKey;
import org.inclusionmaps.privacy.Rational;
import org.inclusionmaps.privacy.Thresholds;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.security.AccessLog;
import org.inclusionmaps.security.Keys;
import org.inclusionmaps.security.Ledger;
import org.inclusionmaps.security.LedgerEntry;
import org.inclusionmaps.stage.CellAreas;
import org.inclusionmaps.stage.InclusionStages;

/** One measurement, in the order that protects persons. Its caller holds the lease. */
final class Measuring {
  /** How rows become persons. Who changes that changes this too, so that the noise is fresh. */
  private static final String RULES =
      "data used in 30 days; a person once, at the primary SIM; erased persons left out; 1";

  private static final StructType LEFT_OUT =
      new StructType().add("reason", DataTypes.StringType).add("rows", DataTypes.LongType);

  private final SparkSession spark;
  private final Settings settings;
  private final Configuration hadoop;
  private final List<Query> queries;
  private final Ledger ledger;

  Measuring(SparkSession spark, Settings settings) {
    this.spark = spark;
    this.settings = settings;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.queries = Query.of(settings.privacy());
    this.ledger = LedgerCommand.ledger(settings, hadoop);
  }

  /**
   * Where a measurement is, and how many counts it has.
   *
   * @param cellsElsewhere radio cells that stand in no area, so count in that of the nearest people
   */
  record Measured(Path folder, long counts, long cellsElsewhere) {}

  /**
   * Makes the frame, charges the ledger, and only then reads persons.
   *
   * @param stillHeld refuses if the lease was lost, right before the charge
   */
  Measured measure(Progress progress, Runnable stillHeld) {
    PrivacySettings privacy = settings.privacy();
    String id = String.valueOf(privacy.period());
    Rational rho = privacy.withoutNoise() ? Rational.ZERO : Rational.of(privacy.rho());
    Rational limit = Rational.of(privacy.lifetimeRho());
    ledger.refuseIfSpent(id, rho, limit);
    String provider = String.valueOf(privacy.keyProvider());
    String alias = privacy.keyAlias();
    NoiseKey key = NoiseKey.of(Keys.read(hadoop, provider, alias));
    PersonZone.files(settings).check(hadoop);

    Map<Table, Dataset<Row>> tables = tables(progress);
    List<Row> cells = cells(tables);
    PublicFrame frame =
        PublicFrame.of(tables, queries, privacy.operators(), settings.release().year(), cells);
    SortedMap<String, String> files = PersonRows.files(settings, spark);
    Measurement measurement = new Measurement(id, inputs(files, frame), policy(frame));
    String fingerprint = key.fingerprint(measurement);
    String purpose = String.valueOf(privacy.purpose());
    Path measurements = new Path(settings.output().path(), "measurements");
    MeasurementFolders folders = new MeasurementFolders(ledger, measurements, hadoop);
    folders.refuseBesideAnother(id, fingerprint, privacy.withoutNoise());
    stillHeld.run();
    LedgerEntry charge = ledger.reserve(id, fingerprint, rho, limit, purpose);
    accessLog(settings, hadoop)
        .opened("measure", id, purpose, AccessLog.hidden(key.derived("access log"), files));

    Path to = folders.folder(id, fingerprint);
    KeySource noise = () -> Keys.read(new Configuration(), provider, alias);
    KeySource choice = () -> NoiseKey.of(noise.key()).derived("primary SIM");
    count(
        frame,
        choice,
        privacy.withoutNoise()
            ? counts -> shown(frame, id).of(spark, counts)
            : counts ->
                new NoisyCounts(frame.spine(), frame.cells(), queries, noise, measurement)
                    .of(spark, counts),
        rows -> folders.write(rows, to),
        to.getName());
    long counts =
        TableCheck.check(
            spark.read().schema(Tables.MEASUREMENT.schema()).parquet(to.toString()),
            Tables.MEASUREMENT);
    PrivacyStatement.write(settings, queries, ledger, charge, to, hadoop);
    ledger.commit(charge);
    return new Measured(
        to,
        counts,
        cells.stream().filter(cell -> !cell.getBoolean(CellAreas.STANDS_IN_IT)).count());
  }

  /** The radio cells and their areas, where homes are told by them. */
  private List<Row> cells(Map<Table, Dataset<Row>> tables) {
    Set<String> counted = settings.privacy().detail().keySet();
    return counted.contains(PrivacySettings.CELL)
        ? CellAreas.of(
            tables,
            counted.stream()
                .filter(level -> !level.equals(PrivacySettings.CELL))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0))
        : List.of();
  }

  /** The log that settings name. */
  static AccessLog accessLog(Settings settings, Configuration hadoop) {
    String own = settings.personData().accessLog();
    return AccessLog.in(
        own == null ? settings.output().path() + "/access" : own, hadoop, Clock.systemUTC());
  }

  /**
   * Persons to the counts that leave the zone of persons. Their rows lie in the scratch folder,
   * which is gone after it.
   */
  private void count(
      PublicFrame frame,
      KeySource choice,
      Function<JavaRDD<CellBlock>, Dataset<Row>> protection,
      Consumer<Dataset<Row>> write,
      String name) {
    PersonZone zone = new PersonZone(settings, hadoop);
    Path scratch = zone.scratch(name);
    Path rows = new Path(scratch, "rows");
    zone.thenDelete(
        scratch,
        () -> {
          SortedMap<String, Long> leftOut =
              PersonRows.write(
                  spark, settings, frame.spine().radioCells(), zone, rows, zone.quarantine(name));
          JavaRDD<CellBlock> counts =
              new PersonCounts(frame.cells(), choice).persons(spark, List.of(rows.toString()));
          write.accept(protection.apply(counts));
          leftOut.putAll(LeftOut.of(counts));
          zone.write(leftOut(leftOut), zone.leftOut(name));
          return leftOut;
        });
  }

  private ShownCounts shown(PublicFrame frame, String id) {
    PrivacySettings privacy = settings.privacy();
    Thresholds thresholds =
        new Thresholds(privacy.leastCounted(), privacy.thresholds().mostOperatorPct());
    return new ShownCounts(frame.spine(), frame.cells(), queries, thresholds, id);
  }

  private Dataset<Row> leftOut(Map<String, Long> reasons) {
    List<Row> rows = new ArrayList<>();
    reasons.forEach((reason, number) -> rows.add(RowFactory.create(reason, number)));
    return spark.createDataFrame(rows, LEFT_OUT).coalesce(1);
  }

  /** The public tables that the frame of counts is made of, as a run makes them. */
  private Map<Table, Dataset<Row>> tables(Progress progress) {
    Map<String, Object> described = SettingsLoader.describe(settings);
    String code = CodeVersion.version();
    String id = Run.id(InputHashes.byTable(Feeds.ofRuns(settings), spark), described, code);
    RunReport report = new RunReport(id, code, CodeVersion.build(), described);
    RunFolder folder = new RunFolder(settings.output().path(), "frame-" + id, hadoop);
    try (StageWatch watch = new StageWatch(spark.sparkContext())) {
      Run run = new Run(spark, settings, folder, report, progress, Run.Again.UNFINISHED, watch);
      run.ingest();
      run.stages(InclusionStages.list(settings), "", Tables.POPULATION.name());
      return run.tables();
    }
  }

  /** What the noise is keyed to besides the policy: persons, how they are read, and the frame. */
  private String inputs(Map<String, String> files, PublicFrame frame) {
    Map<String, Object> described = SettingsLoader.describe(settings);
    Map<?, ?> inputs = (Map<?, ?>) Objects.requireNonNull(described.get("inputs"));
    Object feeds = Objects.requireNonNull(inputs.get(Tables.SUBSCRIPTIONS.name()));
    return RunFolder.id(
        files.toString(),
        ReleaseContext.portable(Map.of("feeds", feeds)).toString(),
        frame.spine().described());
  }

  /** What counts how, in words. */
  private String policy(PublicFrame frame) {
    PrivacySettings privacy = settings.privacy();
    String counts = queries.toString();
    return RunFolder.id(
        RULES,
        privacy.withoutNoise() ? privacy.thresholds() + counts : counts,
        frame.cells().described(),
        String.valueOf(privacy.simsPerPerson()));
  }
}
