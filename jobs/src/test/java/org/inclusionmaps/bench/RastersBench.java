package org.inclusionmaps.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.grid.PixelShares;
import org.inclusionmaps.grid.Places;
import org.inclusionmaps.publish.ManyRasters;
import org.inclusionmaps.publish.figures.ManyHexagons;

/**
 * The five rasters of a release from its hexagons, on two threads, written and read back; and the
 * spreading of a hexagon over pixels alone, on one thread. Every hexagon of the country is settled.
 * Run: {@code scripts/bench rasters [MILLIONS ...]}.
 */
public final class RastersBench {
  private static final int RUNS = 3;
  private static final double PIXEL_M = 900;

  private RastersBench() {}

  /** Measures each number of hexagons, a half, one and two millions unless told. */
  public static void main(String[] arguments) throws IOException {
    List<Double> millions = new ArrayList<>();
    for (String argument : arguments) {
      millions.add(Double.parseDouble(argument));
    }
    if (millions.isEmpty()) {
      millions.addAll(List.of(0.5, 1.0, 2.0));
    }
    kernel();
    SparkSession spark = SparkSession.builder().master("local[2]").appName("bench").getOrCreate();
    try {
      for (double size : millions) {
        measure(spark, size);
      }
    } finally {
      spark.stop();
    }
  }

  private static void kernel() {
    long[] places = Places.disk(Places.at(10, 10, 8), 150);
    for (int run = 0; run < 4; run++) {
      long start = Measure.threadCpuNanos();
      double[] sum = new double[1];
      for (long place : places) {
        PixelShares outline = PixelShares.of(place, PIXEL_M);
        outline.within(
            outline.boxes().get(0), (column, row, before, after) -> sum[0] += after - before);
      }
      say(
          "kernel: %,d hexagons, %.2f us each, shares %.6f%n",
          places.length, (Measure.threadCpuNanos() - start) / 1e3 / places.length, sum[0]);
    }
  }

  private static void measure(SparkSession spark, double millions) throws IOException {
    ManyHexagons country = new ManyHexagons(spark, (long) (millions * 1e6));
    List<Measure> measures = new ArrayList<>();
    List<String> told = new ArrayList<>();
    long bytes = 0;
    for (int run = 0; run < RUNS; run++) {
      Path output = Files.createTempDirectory("rasters");
      measures.add(Measure.of(() -> told.addAll(ManyRasters.write(country, output))));
      bytes = clear(output);
    }
    Measure median = Measure.median(measures);
    say(
        "%,d hexagons: CPU %.1f s, wall %.1f s (%s), %,d bytes; %s%n",
        country.count(),
        median.cpuS(),
        median.wallS(),
        String.join(
            ", ",
            measures.stream().map(m -> String.format(Locale.ROOT, "%.1f", m.cpuS())).toList()),
        bytes,
        told.subList(0, told.size() / RUNS));
    spark.catalog().clearCache();
  }

  /** Deletes a folder; gives the bytes of its files. */
  private static long clear(Path folder) throws IOException {
    long bytes = 0;
    List<Path> found;
    try (Stream<Path> walk = Files.walk(folder)) {
      found = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : found) {
      bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
      Files.delete(path);
    }
    return bytes;
  }

  private static void say(String text, Object... values) {
    System.out.printf(Locale.ROOT, text, values);
  }
}
