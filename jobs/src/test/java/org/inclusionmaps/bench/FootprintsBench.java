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
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.Settings;
import org.inclusionmaps.config.SettingsLoader;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Catchments;
import org.inclusionmaps.grid.Distances;
import org.inclusionmaps.grid.LonLat;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.radio.FootprintCell;
import org.inclusionmaps.radio.Footprints;
import org.inclusionmaps.radio.NormalBeam;
import org.inclusionmaps.radio.SignalDominance;
import org.inclusionmaps.stage.InclusionStages;
import org.inclusionmaps.stage.Stage;

/**
 * The stage of footprints from Parquet to Parquet on two threads: macrocells of 10 km range in
 * three sectors a site, strewn so that their ranges hold 346,912 places within 1 %, of 0.0100 km²
 * each: where the cells stand, hexagons of resolution 10 are as large as multimno's tiles of 100 m.
 * Run: {@code scripts/bench footprints [CELLS ...]}.
 */
public final class FootprintsBench {
  private static final int RUNS = 3;
  private static final int RESOLUTION = 10;
  private static final double LON = 10;
  private static final double LAT = 62;

  /** Side of the square of the sites, km: few sites leave more of its rim out of range. */
  private static final Map<Integer, Double> SIDE_KM = Map.of(500, 43.2, 1000, 41.64, 2000, 41.04);

  private static final double RANGE_KM = 10;
  private static final int SECTORS = 3;

  /** multimno's CPU seconds for cells on 346,912 tiles, on a machine of this kind. */
  private static final Map<Integer, String> PEER = Map.of(500, "97 to 107", 2000, "242");

  private final SparkSession spark;
  private final Path folder;

  private FootprintsBench(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /** Measures each number of cells, 500, 1,000 and 2,000 unless told. */
  public static void main(String[] arguments) throws IOException {
    List<Integer> sizes =
        arguments.length == 0
            ? List.of(500, 1000, 2000)
            : Stream.of(arguments).map(Integer::valueOf).toList();
    Path folder = Files.createTempDirectory("bench-footprints");
    SparkSession spark = SparkSession.builder().master("local[2]").appName("bench").getOrCreate();
    try {
      FootprintsBench bench = new FootprintsBench(spark, folder);
      sizes.forEach(bench::writeCells);
      say("start of Java and Spark, and the making of cells: %s%n", text(Measure.sinceStart()));
      say("%npruned as multimno's pipeline is set: 90 %% of the best, 10 cells%n");
      sizes.forEach(cells -> bench.measure(cells));
      say("%npruned by the least dominance alone, 100 cells%n");
      String[] wide = {"radio.footprints.least_pct_of_best=0", "radio.footprints.most_cells=100"};
      sizes.forEach(cells -> bench.measure(cells, wide));
    } finally {
      spark.stop();
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private void measure(int cells, String... sets) {
    Settings settings = settings(sets);
    Stage stage =
        InclusionStages.list(settings).stream()
            .filter(s -> s.writes().equals(Tables.FOOTPRINTS))
            .findFirst()
            .orElseThrow();
    List<Measure> measures = new ArrayList<>();
    StringBuilder runs = new StringBuilder();
    for (int run = 0; run < RUNS; run++) {
      measures.add(Measure.of(() -> run(stage, settings, cells)));
      runs.append(run == 0 ? "" : "; ").append(text(measures.get(run)));
    }
    Row written =
        spark
            .read()
            .parquet(path("footprints"))
            .selectExpr("count(*)", "count(distinct place)")
            .collectAsList()
            .get(0);
    Kernel kernel = kernel(cells, settings);
    Measure median = Measure.median(measures);
    say("%,6d cells: median %s (%s)%n", cells, text(median), runs);
    say(
        "        %,d places, %,d with rows, %,d rows; %.1f million pairs, %.0f ns CPU each%n",
        kernel.places,
        written.getLong(1),
        written.getLong(0),
        kernel.pairs / 1e6,
        1e9 * median.cpuS() / kernel.pairs);
    say(
        "        kernel alone on one thread: %.2f s CPU, %.1f ns a pair%n",
        kernel.seconds, 1e9 * kernel.seconds / kernel.pairs);
    if (PEER.containsKey(cells)) {
      say("        multimno: %s s CPU%n", PEER.get(cells));
    }
  }

  private void run(Stage stage, Settings settings, int cells) {
    stage
        .work()
        .apply(
            Map.of(
                Tables.RADIO_CELLS,
                spark.read().schema(Tables.RADIO_CELLS.schema()).parquet(path("cells" + cells))),
            settings)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(path("footprints"));
  }

  private static Settings settings(String... sets) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "country.id=B",
                "country.name=Bench",
                "release.reference_date='2026-01-01'",
                "places.resolution=" + RESOLUTION,
                "radio.footprints.write=true"));
    all.addAll(List.of(sets));
    return SettingsLoader.load(List.of(), Map.of(), all);
  }

  private record Sector(
      int number, double lon, double lat, double heightM, double azimuthDeg, double tiltDeg) {}

  private static List<Sector> sectors(int cells) {
    Random random = new Random(cells);
    double sideKm = SIDE_KM.getOrDefault(cells, 41.0);
    List<Sector> sectors = new ArrayList<>();
    while (sectors.size() < cells) {
      double lat = LAT + (random.nextDouble() - 0.5) * sideKm / Distances.DEGREE_KM;
      double kmPerDegree = Distances.DEGREE_KM * Math.cos(Math.toRadians(lat));
      double lon = LON + (random.nextDouble() - 0.5) * sideKm / kmPerDegree;
      double height = 20 + random.nextInt(26);
      double azimuth = random.nextInt(120);
      for (int i = 0; i < SECTORS && sectors.size() < cells; i++) {
        double tilt = 2 + random.nextInt(7);
        sectors.add(new Sector(sectors.size(), lon, lat, height, azimuth + 120 * i, tilt));
      }
    }
    return sectors;
  }

  private void writeCells(int cells) {
    List<Row> rows = new ArrayList<>();
    for (Sector s : sectors(cells)) {
      String id = "cell-%05d".formatted(s.number);
      rows.add(
          RowFactory.create(
              id,
              "001-01",
              "4G",
              s.lon,
              s.lat,
              s.heightM,
              s.azimuthDeg,
              65.0,
              s.tiltDeg,
              1800.0,
              null,
              null,
              null,
              "macrocell"));
    }
    spark
        .createDataFrame(rows, Tables.RADIO_CELLS.schema())
        .coalesce(1)
        .write()
        .parquet(path("cells" + cells));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private record Kernel(double seconds, long places, long pairs) {}

  /**
   * The same work without Spark, rows and places' centres: the kernel, one coarse place after
   * another.
   */
  private static Kernel kernel(int cells, Settings settings) {
    var footprints = settings.radio().footprints();
    NormalBeam beam = new NormalBeam(footprints.backLossDb());
    int resolution = Catchments.resolutionFor(RANGE_KM);
    Catchments catchments = new Catchments(resolution);
    Map<Long, List<FootprintCell>> near = new HashMap<>();
    for (Sector s : sectors(cells)) {
      FootprintCell cell =
          new FootprintCell(
              s.lon,
              s.lat,
              s.heightM,
              40,
              3.75,
              RANGE_KM,
              s.azimuthDeg,
              s.tiltDeg,
              beam.spreadDeg(65),
              beam.spreadDeg(9));
      for (long coarse : catchments.touching(s.lon, s.lat, RANGE_KM)) {
        near.computeIfAbsent(coarse, c -> new ArrayList<>()).add(cell);
      }
    }
    SignalDominance dominance =
        new SignalDominance(footprints.midpointDbm(), footprints.steepness());
    Footprints.Pruning pruning =
        new Footprints.Pruning(
            footprints.leastDominance(), footprints.leastPctOfBest(), footprints.mostCells());
    long[] met = new long[2];
    double[] seconds = new double[1];
    near.forEach(
        (coarse, around) -> {
          Footprints kernel = new Footprints(around, footprints.backLossDb(), dominance, pruning);
          for (long block : Places.children(coarse, RESOLUTION - 2)) {
            List<LonLat> centres = new ArrayList<>();
            for (long place : Places.children(block, RESOLUTION)) {
              centres.add(Places.centre(place));
            }
            double[] lon = centres.stream().mapToDouble(LonLat::lon).toArray();
            double[] lat = centres.stream().mapToDouble(LonLat::lat).toArray();
            long start = Measure.threadCpuNanos();
            kernel.approach(lon, lat);
            for (int place = 0; place < lon.length; place++) {
              long before = kernel.pairs();
              kernel.at(place);
              met[0] += kernel.pairs() > before ? 1 : 0;
            }
            seconds[0] += (Measure.threadCpuNanos() - start) / 1e9;
          }
          met[1] += kernel.pairs();
        });
    return new Kernel(seconds[0], met[0], met[1]);
  }

  private static String text(Measure measure) {
    return String.format(Locale.ROOT, "%.1f s CPU, %.1f s wall", measure.cpuS(), measure.wallS());
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
