package org.inclusionmaps.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Catchments;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.grid.TerrainGrid;
import org.inclusionmaps.radio.BestServers;
import org.inclusionmaps.radio.Environment;
import org.inclusionmaps.radio.Ground;
import org.inclusionmaps.radio.LinkBudget;
import org.inclusionmaps.radio.RadioCell;
import org.inclusionmaps.radio.Receivers;
import org.inclusionmaps.radio.Terrain;
import org.inclusionmaps.stage.InclusionStages;
import org.inclusionmaps.stage.Stage;

/**
 * The stage of coverage from Parquet to Parquet on two threads, and its kernels alone on one thread
 * over the same masts, receivers and ground. A mast has 2G and 4G in three sectors each; each
 * hexagon of the land has 49 receivers, over mountains of 3 seconds of arc. Land and masts grow
 * together: once, twice and four times. Run: {@code scripts/bench coverage [TIMES ...]}.
 */
public final class CoverageBench {
  /** Runs of a size, of which the median is told; sizes over {@link #LARGE} run once. */
  private static final int RUNS = 3;

  private static final int LARGE = 4;
  private static final int RESOLUTION = 8;

  /** Receivers lie so many resolutions under places: 49 to a place. */
  private static final int FINER = 2;

  private static final double LON = 10;
  private static final double LAT = 10;
  private static final double SIDE_DEG = 0.7;
  private static final int MASTS = 600;
  private static final Relief RELIEF = Relief.MOUNTAINS;

  private final SparkSession spark;
  private final Path folder;
  private final Settings settings;

  private record Mast(double lon, double lat, int azimuth) {}

  /** Land, masts and ground. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Country(
      List<Mast> masts, List<Long> places, byte[] heights, int rows, int columns) {}

  private CoverageBench(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
    settings =
        SettingsLoader.load(
            List.of(),
            Map.of(),
            List.of(
                "country.id=B",
                "country.name=Bench",
                "release.reference_date='2026-01-01'",
                "radio.unsettled_places=false"));
  }

  /** Measures each size, 1, 2 and 4 unless told. */
  public static void main(String[] arguments) throws IOException {
    List<Integer> sizes =
        arguments.length == 0
            ? List.of(1, 2, 4)
            : Stream.of(arguments).map(Integer::valueOf).toList();
    Path folder = Files.createTempDirectory("bench-coverage");
    SparkSession spark = SparkSession.builder().master("local[2]").appName("bench").getOrCreate();
    try {
      CoverageBench bench = new CoverageBench(spark, folder);
      for (int times : sizes) {
        bench.measure(times);
      }
    } finally {
      spark.stop();
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private void measure(int times) {
    Country country = country(times);
    Map<Table, Dataset<Row>> in = write(country);
    List<Measure> runs = new ArrayList<>();
    int each = times > LARGE ? 1 : RUNS;
    for (int run = 0; run < each; run++) {
      runs.add(Measure.of(() -> stages(in)));
    }
    long rows = spark.read().parquet(path(Tables.SIGNAL)).count();
    double kernel = Double.POSITIVE_INFINITY;
    for (int run = 0; run < each; run++) {
      long start = Measure.threadCpuNanos();
      kernels(country);
      kernel = Math.min(kernel, (Measure.threadCpuNanos() - start) / 1e9);
    }
    Measure median = Measure.median(runs);
    System.out.printf(
        Locale.ROOT,
        "%d x: %,d masts, %,d places, %,d receivers: both stages %.1f s CPU, %.1f s (%,d rows);"
            + " kernels alone %.1f s CPU; %.2f x%n",
        times,
        country.masts.size(),
        country.places.size(),
        49 * country.places.size(),
        median.cpuS(),
        median.wallS(),
        rows,
        kernel,
        median.cpuS() / kernel);
  }

  private static Country country(int times) {
    Random random = new Random(times);
    List<Mast> masts = new ArrayList<>();
    for (int i = 0; i < MASTS * times; i++) {
      masts.add(
          new Mast(
              LON + SIDE_DEG * times * random.nextDouble(),
              LAT + SIDE_DEG * random.nextDouble(),
              random.nextInt(120)));
    }
    List<Long> places = new ArrayList<>();
    for (long coarse :
        Places.disk(Places.at(LON + SIDE_DEG * times / 2, LAT + SIDE_DEG / 2, 4), 4 * times)) {
      for (long place : Places.children(coarse, RESOLUTION)) {
        LonLat at = Places.centre(place);
        if (at.lon() >= LON
            && at.lon() <= LON + SIDE_DEG * times
            && at.lat() >= LAT
            && at.lat() <= LAT + SIDE_DEG) {
          places.add(place);
        }
      }
    }
    int rows = tiles(SIDE_DEG) * TerrainGrid.TILE;
    int columns = tiles(SIDE_DEG * times) * TerrainGrid.TILE;
    return new Country(masts, places, RELIEF.heights(rows, columns, times), rows, columns);
  }

  /** Tiles along a side, with half a degree more on either end. */
  private static int tiles(double degrees) {
    return (int) Math.ceil((degrees + 1) * Relief.PER_DEGREE / TerrainGrid.TILE);
  }

  private static int firstTileRow() {
    return (int) ((90 - LAT - SIDE_DEG - 0.5) * Relief.PER_DEGREE) / TerrainGrid.TILE;
  }

  private static int firstTileColumn() {
    return (int) ((LON - 0.5 + 180) * Relief.PER_DEGREE) / TerrainGrid.TILE;
  }

  private Map<Table, Dataset<Row>> write(Country country) {
    List<Row> cells = new ArrayList<>();
    for (Mast mast : country.masts) {
      for (String technology : List.of("2G", "4G")) {
        for (int sector = 0; sector < 3; sector++) {
          cells.add(
              RowFactory.create(
                  "c" + cells.size(),
                  "001-01",
                  technology,
                  mast.lon,
                  mast.lat,
                  30.0,
                  mast.azimuth + 120.0 * sector,
                  65.0,
                  3.0,
                  "2G".equals(technology) ? 900.0 : 800.0,
                  "2G".equals(technology) ? 55.0 : 31.0,
                  null,
                  null,
                  null));
        }
      }
    }
    List<Row> points = new ArrayList<>();
    List<Row> places = new ArrayList<>();
    for (long place : country.places) {
      LonLat at = Places.centre(place);
      places.add(RowFactory.create(place, at.lon(), at.lat(), 49_000_000L, "rural", "open"));
      for (long point : Places.children(place, RESOLUTION + FINER)) {
        LonLat where = Places.centre(point);
        points.add(RowFactory.create(place, point, where.lon(), where.lat(), 1_000_000L));
      }
    }
    List<Row> tiles = new ArrayList<>();
    for (int r = 0; r < country.rows / TerrainGrid.TILE; r++) {
      for (int c = 0; c < country.columns / TerrainGrid.TILE; c++) {
        tiles.add(
            RowFactory.create(
                firstTileRow() + r,
                firstTileColumn() + c,
                Relief.PER_DEGREE,
                tile(country, r, c),
                0));
      }
    }
    Map<Table, Dataset<Row>> in = new HashMap<>();
    in.put(Tables.RADIO_CELLS, kept(Tables.RADIO_CELLS, cells));
    in.put(Tables.POINT_PEOPLE, kept(Tables.POINT_PEOPLE, points));
    in.put(Tables.PLACES, kept(Tables.PLACES, places));
    in.put(Tables.TERRAIN, kept(Tables.TERRAIN, tiles));
    for (Table empty : List.of(Tables.AREAS, Tables.EARLIER_SIGNAL, Tables.EARLIER_SIGNAL_UNITS)) {
      in.put(empty, kept(empty, List.of()));
    }
    return in;
  }

  private static byte[] tile(Country country, int tileRow, int tileColumn) {
    byte[] tile = new byte[2 * TerrainGrid.TILE_NODES];
    for (int r = 0; r < TerrainGrid.TILE; r++) {
      int from =
          2 * ((tileRow * TerrainGrid.TILE + r) * country.columns + tileColumn * TerrainGrid.TILE);
      System.arraycopy(country.heights, from, tile, 2 * r * TerrainGrid.TILE, 2 * TerrainGrid.TILE);
    }
    return tile;
  }

  private Dataset<Row> kept(Table table, List<Row> rows) {
    spark
        .createDataFrame(rows, table.schema())
        .repartition(4)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(path(table));
    return spark.read().schema(table.schema()).parquet(path(table));
  }

  private String path(Table table) {
    return folder.resolve(table.name()).toString();
  }

  private void stages(Map<Table, Dataset<Row>> in) {
    Map<Table, Dataset<Row>> tables = new HashMap<>(in);
    for (Stage stage : InclusionStages.list(settings)) {
      if (stage.writes().equals(Tables.SIGNAL_UNITS) || stage.writes().equals(Tables.SIGNAL)) {
        stage
            .work()
            .apply(tables, settings)
            .write()
            .mode(SaveMode.Overwrite)
            .parquet(path(stage.writes()));
        tables.put(
            stage.writes(),
            spark.read().schema(stage.writes().schema()).parquet(path(stage.writes())));
      }
    }
  }

  /** The same work without Spark, rows, tiles and files. */
  private static void kernels(Country country) {
    Map<Environment, Double> sigmas = new HashMap<>();
    for (Environment environment : Environment.values()) {
      sigmas.put(environment, 8.0);
    }
    LinkBudget link = new LinkBudget(3, 1.5, sigmas);
    double[][] thresholds = {{-95, -85, -75}, {-105, -95, -85}};
    Ground ground =
        new Ground(
            Relief.PER_DEGREE,
            firstTileRow() * TerrainGrid.TILE,
            firstTileColumn() * TerrainGrid.TILE,
            country.rows,
            country.columns);
    for (int r = 0; r < country.rows / TerrainGrid.TILE; r++) {
      for (int c = 0; c < country.columns / TerrainGrid.TILE; c++) {
        ground.put(
            (firstTileRow() + r) * TerrainGrid.TILE,
            (firstTileColumn() + c) * TerrainGrid.TILE,
            TerrainGrid.TILE,
            tile(country, r, c));
      }
    }
    int resolution = Math.min(RESOLUTION, Catchments.resolutionFor(35));
    Catchments catchments = new Catchments(resolution);
    double[] reach = {
      link.reachKm(55, 900, 30, 0, -95, 0.01, 35), link.reachKm(31, 800, 30, 0, -105, 0.01, 20)
    };
    Map<Long, List<RadioCell>> cells = new TreeMap<>();
    for (Mast mast : country.masts) {
      for (int network = 0; network < 2; network++) {
        for (int sector = 0; sector < 3; sector++) {
          RadioCell cell =
              new RadioCell(
                  network,
                  mast.lon,
                  mast.lat,
                  30,
                  network == 0 ? 900 : 800,
                  network == 0 ? 55 : 31,
                  mast.azimuth + 120.0 * sector,
                  65,
                  3,
                  0,
                  reach[network],
                  0);
          for (long unit : catchments.touching(mast.lon, mast.lat, reach[network])) {
            cells.computeIfAbsent(unit, u -> new ArrayList<>()).add(cell);
          }
        }
      }
    }
    Map<Long, Map<Long, List<Receivers>>> units = new TreeMap<>();
    for (long place : country.places) {
      units
          .computeIfAbsent(Places.parent(place, resolution), u -> new TreeMap<>())
          .computeIfAbsent(Places.parent(place, RESOLUTION - 2), b -> new ArrayList<>())
          .add(receivers(place));
    }
    Terrain.Losses losses = new Terrain.Losses();
    BestServers.Memory memory = new BestServers.Memory();
    units.forEach(
        (unit, blocks) -> {
          Terrain terrain = new Terrain(ground, 100, 35, 1.5, losses);
          BestServers servers =
              new BestServers(
                  link,
                  thresholds,
                  cells.getOrDefault(unit, List.of()),
                  memory,
                  Optional.of(terrain));
          blocks.values().forEach(servers::at);
        });
  }

  private static Receivers receivers(long place) {
    long[] points = Places.children(place, RESOLUTION + FINER);
    double[] lon = new double[points.length];
    double[] lat = new double[points.length];
    long[] persons = new long[points.length];
    for (int i = 0; i < points.length; i++) {
      LonLat at = Places.centre(points[i]);
      lon[i] = at.lon();
      lat[i] = at.lat();
      persons[i] = 1_000_000;
    }
    return new Receivers(Environment.OPEN, lon, lat, persons);
  }
}
