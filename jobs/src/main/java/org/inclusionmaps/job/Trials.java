package org.inclusionmaps.job;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.accuracy.Told;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.inclusionmaps.operations.StageWatch;
import org.inclusionmaps.sample.Sample;
import org.inclusionmaps.sample.SampleSettings;
import org.inclusionmaps.security.Keys;
import org.inclusionmaps.stage.InclusionStages;
import org.inclusionmaps.stage.Stage;

/**
 * Made-up countries, each run in some variants as far as the indicators, beside their truths. A
 * variant starts from the tables of the one before it that it has most in common with.
 */
final class Trials {
  /**
   * An indicator of an area and group with its truth.
   *
   * @param level of the area
   * @param persons 15 and older of the group
   */
  record Case(String variant, int level, Truths.Key of, String part, long persons, Told told) {}

  /** A variant that was run, and the tables of its stages. */
  private record Done(Settings settings, Map<Table, Dataset<Row>> tables) {}

  private final SparkSession spark;
  private final String folder;
  private final List<Path> config;
  private final List<String> sets;
  private final List<Variant> variants;
  private final StageWatch watch;

  /**
   * Trials.
   *
   * @param folder to work in; a country's folder in it is removed after the country
   * @param config settings over those of the countries
   * @param sets settings over these
   */
  Trials(
      SparkSession spark,
      String folder,
      List<Path> config,
      List<String> sets,
      List<Variant> variants) {
    this.spark = spark;
    this.folder = folder;
    this.config = config;
    this.sets = sets;
    this.variants = variants;
    this.watch = new StageWatch(spark.sparkContext());
  }

  /** The cases of a country, all variants. */
  List<Case> of(SampleSettings country) {
    String home = folder + "/" + country.seed();
    try {
      Sample.write(spark, country, home, quiet());
      String id = load(home, List.of()).country().id();
      Truths truths = Truths.read(spark, home, id);
      List<Case> cases = new ArrayList<>();
      List<Done> before = new ArrayList<>();
      for (Variant variant : variants) {
        List<String> own = variant.sets(truths.official());
        String output = home + "/" + variant.name();
        Settings settings = load(home, with(own, "inputs.subscriptions=[]"));
        Done done = run(settings, output, measurement(home, output, own), before);
        before.add(done);
        cases.addAll(cases(variant, country.seed(), done.tables, truths));
      }
      return cases;
    } finally {
      remove(home);
      spark.catalog().clearCache();
    }
  }

  private Settings load(String home, List<String> more) {
    List<Path> files = new ArrayList<>(List.of(Path.of(home, "inclusion.yaml")));
    files.addAll(config);
    // What no indicator here rests on: a signal where nobody lives, and these feeds.
    List<String> all =
        new ArrayList<>(
            List.of("radio.unsettled_places=false", "radio.reuse=false", "inputs.services=[]"));
    all.addAll(sets);
    all.addAll(more);
    return SettingsLoader.load(files, Map.of(), all);
  }

  /** The country's subscriptions as a variant measures them; none if it does not. */
  private Dataset<Row> measurement(String home, String output, List<String> sets) {
    if (load(home, sets).privacy().period() == null) {
      return spark.createDataFrame(List.of(), Tables.MEASUREMENT.schema());
    }
    String keys = "jceks://file" + Path.of(output + ".jceks").toAbsolutePath();
    Settings settings =
        load(home, with(sets, "privacy.key_provider=" + keys, "output.path=" + output));
    KeyCommand.USUAL.forEach(
        alias -> Keys.make(spark.sparkContext().hadoopConfiguration(), keys, alias));
    PersonZone.files(settings).readBy(spark.sparkContext().hadoopConfiguration());
    var made =
        new Measuring(spark, settings)
            .measure(quietly(1), () -> {}); // no other run writes to a trial
    return spark.read().schema(Tables.MEASUREMENT.schema()).parquet(made.folder().toString());
  }

  private static List<String> with(List<String> sets, String... more) {
    List<String> all = new ArrayList<>(sets);
    all.addAll(List.of(more));
    return all;
  }

  private static Progress quietly(int steps) {
    return new Progress(Progress.Mode.NONE, steps, System.err);
  }

  private Done run(Settings settings, String output, Dataset<Row> measurement, List<Done> before) {
    List<Stage> stages = Selection.upTo(Tables.INDICATORS, InclusionStages.list(settings));
    RunFolder tables = new RunFolder(output, "run", spark.sparkContext().hadoopConfiguration());
    Run run =
        new Run(
            spark,
            settings,
            tables,
            new RunReport("run", "", "", Map.of()),
            quietly(stages.size()),
            Run.Again.ALL,
            watch);
    Done nearest = null;
    for (Done done : before) {
      if (done.settings.inputs().equals(settings.inputs())
          && (nearest == null
              || again(stages, settings, done).size() < again(stages, settings, nearest).size())) {
        nearest = done;
      }
    }
    if (nearest == null) {
      run.ingest();
      run.earlier(Optional.empty());
      run.take(Map.of(Tables.MEASUREMENT, measurement));
      run.stages(stages, "", "");
    } else {
      run.take(nearest.tables);
      run.take(Map.of(Tables.MEASUREMENT, measurement));
      run.stages(again(stages, settings, nearest), "", "");
    }
    return new Done(settings, new HashMap<>(run.tables()));
  }

  private static List<Stage> again(List<Stage> stages, Settings settings, Done done) {
    return Variant.again(stages, settings, done.settings);
  }

  private static List<Case> cases(
      Variant variant, long seed, Map<Table, Dataset<Row>> tables, Truths truths) {
    Map<String, Integer> levels = new HashMap<>();
    of(tables, Tables.AREAS)
        .select(Tables.AREA, "level")
        .collectAsList()
        .forEach(row -> levels.put(row.getString(0), row.getInt(1)));
    List<Case> cases = new ArrayList<>();
    List<Row> rows =
        of(tables, Tables.INDICATORS)
            .where(col("unit").equalTo("percent").and(col("low").isNotNull()))
            .select(
                Tables.AREA,
                Tables.SEX,
                Tables.AGE_BAND,
                Tables.DISABILITY,
                "indicator",
                "value",
                "low",
                "high")
            .collectAsList();
    for (Row row : rows) {
      Truths.Key key =
          new Truths.Key(row.getString(0), row.getString(1), row.getString(2), row.getString(3));
      String part = row.getString(4).replaceFirst("_pct$", "");
      Integer level = levels.get(key.area());
      if (Truths.PARTS.contains(part) && level != null && truths.persons(key) > 0) {
        Told told =
            new Told(
                seed, row.getDouble(5), row.getDouble(6), row.getDouble(7), truths.pct(key, part));
        cases.add(new Case(variant.name(), level, key, part, truths.persons(key), told));
      }
    }
    return cases;
  }

  private static Dataset<Row> of(Map<Table, Dataset<Row>> tables, Table table) {
    Dataset<Row> rows = tables.get(table);
    if (rows == null) {
      throw new IllegalStateException("no table " + table.name());
    }
    return rows;
  }

  private void remove(String home) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(home);
    try {
      path.getFileSystem(spark.sparkContext().hadoopConfiguration())
          .delete(path, /* recursive= */ true);
    } catch (IOException e) {
      throw new InclusionException(
          ErrorCode.RESOURCES_EXHAUSTED, home + " cannot be removed: " + e.getMessage(), e);
    }
  }

  private static Sample.Steps quiet() {
    return new Sample.Steps() {
      @Override
      public void begin(String table) {}

      @Override
      public void end(long rows) {}
    };
  }
}
