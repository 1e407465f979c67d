package org.inclusionmaps.publish.tiles;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.format.mvt.TileReader;
import org.inclusionmaps.format.pmtiles.PmtilesReader;
import org.inclusionmaps.format.pmtiles.TileId;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.grid.WebMercator;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.Part;
import org.inclusionmaps.publish.figures.Shown;
import org.inclusionmaps.publish.figures.Totals;
import org.inclusionmaps.publish.writing.ReleaseFiles;

/**
 * The files of a release as they were written, read again: whether tiles say of each hexagon and
 * area what the GeoParquet files say. All figures of all groups go into a hash of each feature; the
 * hashes of a zoom and resolution are summed, so that no feature is held or joined.
 */
public final class ReadBack implements Serializable {
  /** Figures of a group that count persons. */
  private static final int COUNTS = Shown.counts(Group.ALL).size();

  private static final int NONE = -1; // the resolution of what is no hexagon

  private static final StructType SUMS =
      new StructType()
          .add("zoom", DataTypes.IntegerType, false)
          .add("resolution", DataTypes.IntegerType, false)
          .add("area", DataTypes.StringType, false)
          .add("hash", DataTypes.LongType, false)
          .add("features", DataTypes.LongType, false)
          .add("persons", DataTypes.LongType, false)
          .add("lacking", DataTypes.LongType, false);

  @Serial private static final long serialVersionUID = 1;

  private final ReleaseFiles files;
  private final ArrayList<String> columns = new ArrayList<>();
  private final HashMap<String, Integer> keys = new HashMap<>();

  /**
   * What features of one kind say together.
   *
   * @param hash sum of the features' hashes
   * @param persons of everybody, thousandths
   * @param lacking of everybody, thousandths
   */
  public record Sums(long hash, long features, long persons, long lacking) {
    public static final Sums NONE = new Sums(0, 0, 0, 0);

    public Sums with(Sums other) {
      return new Sums(
          hash + other.hash,
          features + other.features,
          persons + other.persons,
          lacking + other.lacking);
    }
  }

  /**
   * What is in the tiles.
   *
   * @param hexagons zoom to the hexagons' own resolution to what they say
   * @param areas zoom to area to the hash of what its features say; of an area that says different
   *     things in two tiles both hashes
   */
  public record Tiles(
      TreeMap<Integer, Map<Integer, Sums>> hexagons,
      TreeMap<Integer, Map<String, Set<Long>>> areas) {}

  public ReadBack(ReleaseFiles files, List<Group> groups) {
    this.files = files;
    for (Group group : groups) {
      columns.addAll(Shown.counts(group));
    }
    for (String name : new TileAttributes(groups.size()).names()) {
      keys.put(name, keys.size());
    }
  }

  /** What the tiles of all zooms say, each feature once. */
  public Tiles tiles(SparkSession spark) {
    Tiles tiles = new Tiles(new TreeMap<>(), new TreeMap<>());
    int tasks = spark.sparkContext().defaultParallelism();
    spark
        .range(0, tasks, 1, tasks)
        .mapPartitions(
            (MapPartitionsFunction<Long, Row>) ids -> share(TaskContext.getPartitionId(), tasks),
            Encoders.row(SUMS))
        .collectAsList()
        .forEach(
            row -> {
              if (row.getInt(1) == NONE) {
                tiles
                    .areas()
                    .computeIfAbsent(row.getInt(0), zoom -> new TreeMap<>())
                    .computeIfAbsent(row.getString(2), area -> new HashSet<>())
                    .add(row.getLong(3));
              } else {
                tiles
                    .hexagons()
                    .computeIfAbsent(row.getInt(0), zoom -> new TreeMap<>())
                    .merge(
                        row.getInt(1),
                        new Sums(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)),
                        Sums::with);
              }
            });
    return tiles;
  }

  /** One of several tasks: every so-manieth entry of the archive. */
  private Iterator<Row> share(int task, int tasks) throws IOException {
    Map<Integer, Map<Integer, Sums>> hexagons = new TreeMap<>();
    Set<Row> areas = new HashSet<>();
    try (FSDataInputStream in = files.system().open(files.path(TileArchive.NAME))) {
      PmtilesReader archive =
          new PmtilesReader(
              (offset, length) -> {
                byte[] bytes = new byte[length];
                in.readFully(offset, bytes);
                return bytes;
              });
      long[] number = {0};
      archive.entries(
          (tile, run, offset, length) -> {
            if (number[0]++ % tasks == task) {
              byte[] bytes = archive.tile(offset, length);
              hexagons(bytes, tile, hexagons);
              areas(bytes, TileId.zoom(tile), areas);
            }
          });
    }
    List<Row> rows = new ArrayList<>(areas);
    hexagons.forEach(
        (zoom, resolutions) ->
            resolutions.forEach(
                (resolution, sums) ->
                    rows.add(
                        RowFactory.create(
                            zoom,
                            resolution,
                            "",
                            sums.hash(),
                            sums.features(),
                            sums.persons(),
                            sums.lacking()))));
    return rows.iterator();
  }

  private void hexagons(byte[] tile, long tileId, Map<Integer, Map<Integer, Sums>> found) {
    int zoom = TileId.zoom(tileId);
    Set<Long> seen = new HashSet<>(); // across 180° a tile can hold a hexagon at both its edges
    TileReader.visit(
        tile,
        "places",
        keys,
        "",
        (id, numbers, text) -> {
          long place = HexagonTiles.place(id);
          LonLat centre = Places.centre(place);
          long home =
              TileId.of(
                  zoom,
                  WebMercator.tileX(centre.lon(), zoom),
                  WebMercator.tileY(centre.lat(), zoom));
          if (home == tileId && (zoom > 1 || seen.add(id))) {
            found
                .computeIfAbsent(zoom, key -> new TreeMap<>())
                .merge(Places.resolution(place), sums(id, numbers), Sums::with);
          }
        });
  }

  private void areas(byte[] tile, int zoom, Set<Row> found) {
    TileReader.visit(
        tile,
        "areas",
        keys,
        Tables.AREA,
        (id, numbers, text) ->
            found.add(
                RowFactory.create(zoom, NONE, String.valueOf(text), hash(0, numbers), 1L, 0L, 0L)));
  }

  private static Sums sums(long id, long[] numbers) {
    return new Sums(
        hash(id, numbers),
        1,
        Math.max(0, numbers[TileAttributes.persons()]),
        Math.max(0, numbers[TileAttributes.lacking()]));
  }

  private static long hash(long id, long[] numbers) {
    long hash = id;
    for (long number : numbers) {
      hash = (hash ^ number) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  /** What the hexagons of a file's folder say. */
  public Sums hexagons(SparkSession spark, String folder) {
    Sums sums = Sums.NONE;
    for (Row row :
        table(spark, folder, "h3")
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>)
                    rows -> {
                      Sums own = Sums.NONE;
                      while (rows.hasNext()) {
                        Row row = rows.next();
                        long place = Long.parseLong(row.getString(0), 16);
                        own = own.with(sums(HexagonTiles.id(place), numbers(row)));
                      }
                      return List.of(
                              RowFactory.create(
                                  0,
                                  0,
                                  "",
                                  own.hash(),
                                  own.features(),
                                  own.persons(),
                                  own.lacking()))
                          .iterator();
                    },
                Encoders.row(SUMS))
            .collectAsList()) {
      sums = sums.with(new Sums(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)));
    }
    return sums;
  }

  /** Area to the hash of what its row in a file says. */
  public Map<String, Long> areas(SparkSession spark, String folder) {
    Map<String, Long> found = new TreeMap<>();
    for (Row row : table(spark, folder, Tables.AREA).collectAsList()) {
      found.put(row.getString(0), hash(0, numbers(row)));
    }
    return found;
  }

  /** The key of a file's rows, persons in thousandths, and the means. */
  private Dataset<Row> table(SparkSession spark, String folder, String key) {
    List<Column> chosen = new ArrayList<>(List.of(col(key)));
    columns.forEach(name -> chosen.add(col(name).multiply(1000).cast(DataTypes.LongType)));
    Totals.MEANS.forEach(mean -> chosen.add(col(mean)));
    return spark
        .read()
        .parquet(files.path(folder).toString())
        .select(chosen.toArray(Column[]::new));
  }

  /** The same as values of {@link TileAttributes}. */
  private long[] numbers(Row row) {
    long[] numbers = new long[keys.size()];
    for (int i = 0; i < numbers.length; i++) {
      int at = 1 + i;
      int mean = i - columns.size();
      if (row.isNullAt(at)) {
        numbers[i] = TileAttributes.ABSENT;
      } else if (mean >= 0) {
        numbers[i] = TileAttributes.ofMean(mean, row.getDouble(at));
      } else {
        long persons = row.getLong(at);
        boolean nobody = persons == 0 && i % COUNTS == 1 + Part.UNKNOWN.index();
        numbers[i] = nobody ? TileAttributes.ABSENT : persons;
      }
    }
    return numbers;
  }
}
