package org.inclusionmaps.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.inclusionmaps.contract.Tables.TERRAIN;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.inclusionmaps.config.FeedFormat;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.config.TerrainSettings;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;

/** GeoTIFF files of an elevation model to the tiles of the table terrain. */
public final class TerrainFeed {
  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Broadcast<SerializableConfiguration> hadoop;

  private TerrainFeed(SparkSession spark) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.hadoop = context.broadcast(new SerializableConfiguration(FeedFiles.configuration(spark)));
  }

  /**
   * Reads the files of all feeds, once: the tiles are held on memory and disk until the result is
   * closed. Where files overlap, the first that knows a height gives it: in the order of the feeds,
   * then of the names.
   *
   * @param feeds one or more
   * @throws InclusionException {@link ErrorCode#INPUT_MISSING} without a file, {@link
   *     ErrorCode#CONTRACT_BROKEN} if a file is no elevation model in degrees or cannot be read,
   *     {@link ErrorCode#SETTINGS_WRONG} if the settings do not fit
   */
  public static IngestedTerrain read(
      SparkSession spark, List<FeedSettings> feeds, TerrainSettings settings) {
    return new TerrainFeed(spark).read(feeds, settings);
  }

  private IngestedTerrain read(List<FeedSettings> feeds, TerrainSettings settings) {
    List<String> paths = new ArrayList<>();
    for (FeedSettings feed : feeds) {
      check(feed);
      paths.addAll(files(feed));
    }
    List<TerrainFile> files = headers(paths);
    TerrainPlan plan = TerrainPlan.of(files, settings);
    for (TerrainFile file : files) {
      String fault = plan.fault(file);
      if (fault != null) {
        throw unusable(file.path(), fault);
      }
    }
    Dataset<Row> held = tiles(plan, files).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<String> of = feeds.stream().map(FeedSettings::path).toList();
      TerrainCount count = account(held, of, files.size(), plan.grid().samplesPerDegree());
      Column[] columns = TERRAIN.columns().stream().map(functions::col).toArray(Column[]::new);
      return new IngestedTerrain(
          held.where(col(TerrainRows.KNOWN).gt(0)).select(columns), count, held::unpersist);
    } catch (Throwable e) { // Spark throws exceptions that Java would have declared
      held.unpersist();
      throw e;
    }
  }

  private static void check(FeedSettings feed) {
    // A folder's name tells Parquet: of this table it is a folder of GeoTIFF files.
    if (feed.format() != FeedFormat.GEOTIFF && feed.format() != FeedFormat.PARQUET) {
      throw Refusals.setting(
          TERRAIN,
          ": %s must be GeoTIFF: a file that ends in .tif or a folder of them"
              .formatted(feed.path()));
    }
    if (!feed.columns().isEmpty()
        || !feed.unpivot().isEmpty()
        || !feed.select().isEmpty()
        || !feed.where().isEmpty()) {
      throw Refusals.setting(
          TERRAIN,
          ": %s has no rows and columns to choose; give its path alone".formatted(feed.path()));
    }
  }

  /** The GeoTIFF files of a feed: what is named, or of a folder those that end so. */
  private List<String> files(FeedSettings feed) {
    List<FileStatus> all = FeedFiles.list(spark, TERRAIN, feed.path());
    String lone = all.get(0).getPath().getName();
    boolean named = all.size() == 1 && feed.path().endsWith(lone);
    List<String> found =
        all.stream()
            .map(status -> status.getPath().toString())
            .filter(path -> named || FeedFormat.byName(path) == FeedFormat.GEOTIFF)
            .toList();
    if (found.isEmpty()) {
      throw new InclusionException(
          ErrorCode.INPUT_MISSING,
          "terrain: none of the %d files of %s ends in .tif or .tiff; put the GeoTIFF files there or"
                  .formatted(all.size(), feed.path())
              + " correct inputs.terrain.path");
    }
    return found;
  }

  private List<TerrainFile> headers(List<String> paths) {
    Broadcast<SerializableConfiguration> configuration = hadoop;
    List<Row> headers =
        slices(numbers(paths.size()))
            .map(i -> TerrainFile.header(i, paths.get(i), configuration.value().value()))
            .collect();
    for (Row header : headers) {
      if (!header.isNullAt(2)) {
        throw unusable(header.getString(1), header.getString(2));
      }
    }
    return headers.stream().map(TerrainFile::of).sorted(BY_NUMBER).toList();
  }

  private static final Comparator<TerrainFile> BY_NUMBER =
      Comparator.comparingInt(TerrainFile::number);

  private Dataset<Row> tiles(TerrainPlan plan, List<TerrainFile> files) {
    Broadcast<SerializableConfiguration> configuration = hadoop;
    List<TerrainPlan.Group> groups = plan.groups(files);
    // Files and groups go with the function, which Java serialises: Kryo can do no records.
    JavaRDD<Row> rows =
        slices(numbers(groups.size()))
            .mapPartitions(
                some -> new TerrainRows(plan, files, groups, some, configuration.value().value()));
    return spark.createDataFrame(rows, TerrainRows.SCHEMA);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /** Pieces of work, neighbours together. */
  private <T> JavaRDD<T> slices(List<T> work) {
    int most = 4 * spark.sparkContext().defaultParallelism();
    return context.parallelize(work, Math.max(1, Math.min(work.size(), most)));
  }

  private static TerrainCount account(
      Dataset<Row> held, List<String> paths, int files, int samplesPerDegree) {
    Row counted =
        held.agg(
                min(TerrainRows.FAULT),
                count(when(col(TerrainRows.KNOWN).gt(0), 1)),
                sum(TerrainRows.KNOWN),
                sum(TerrainRows.HOLES))
            .collectAsList()
            .get(0);
    if (!counted.isNullAt(0)) {
      throw Refusals.broken(TERRAIN, counted.getString(0));
    }
    if (counted.getLong(1) == 0) {
      throw Refusals.broken(
          TERRAIN,
          "%s holds no known height; deliver the feed again or correct inputs.terrain"
              .formatted(String.join(", ", paths)));
    }
    return new TerrainCount(
        paths, files, samplesPerDegree, counted.getLong(1), counted.getLong(2), counted.getLong(3));
  }

  private static InclusionException unusable(String file, String why) {
    return Refusals.broken(TERRAIN, TerrainFeed.told(file, why));
  }

  /** The message about a file. */
  static String told(String file, String why) {
    return "%s cannot be used: %s".formatted(file, why);
  }

  /** What a count says, in words. */
  public static String words(TerrainCount count) {
    return String.format(
        Locale.ROOT,
        "%,d tiles of %d heights a degree, files: %,d; heights known: %,d, not known: %,d",
        count.tiles(),
        count.samplesPerDegree(),
        count.files(),
        count.known(),
        count.holes());
  }
}
