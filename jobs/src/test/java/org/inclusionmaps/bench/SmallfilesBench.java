package org.inclusionmaps.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.inclusionmaps.config.FeedSettings;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.ingest.Ingest;
import org.inclusionmaps.ingest.Ingested;

/**
 * The same radio cells in ten files and in many small ones, brought under their contract. Run:
 * {@code scripts/bench smallfiles [FILES [ROWS [RUNS]]]}; by default 10,000 files of 100 rows.
 */
public final class SmallfilesBench {
  private SmallfilesBench() {}

  /** How many files, rows of each and runs may be given. */
  public static void main(String[] args) throws Exception {
    int files = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int rows = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    int runs = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    Path folder = Files.createTempDirectory("smallfiles");
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      long all = (long) files * rows;
      Path few = write(spark, folder.resolve("few"), all, 10);
      Path many = write(spark, folder.resolve("many"), all, files);
      read(spark, few); // compiles what both take
      List<Measure> ofFew = new ArrayList<>();
      List<Measure> ofMany = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        ofFew.add(Measure.of(() -> read(spark, few)));
        ofMany.add(Measure.of(() -> read(spark, many)));
        Measure one = ofFew.get(run);
        Measure other = ofMany.get(run);
        System.out.printf(
            "run %d: %,d rows in 10 files %.1f s wall, %.1f s CPU; in %,d files %.1f s wall, %.1f s"
                + " CPU: %.2f times as long, %.2f times the CPU%n",
            run + 1,
            all,
            one.wallS(),
            one.cpuS(),
            files,
            other.wallS(),
            other.cpuS(),
            other.wallS() / one.wallS(),
            other.cpuS() / one.cpuS());
      }
      Measure one = Measure.median(ofFew);
      Measure other = Measure.median(ofMany);
      System.out.printf(
          "median: %.2f times as long, %.2f times the CPU%n",
          other.wallS() / one.wallS(), other.cpuS() / one.cpuS());
    }
  }

  private static Path write(SparkSession spark, Path path, long rows, int files) {
    spark
        .range(0, rows, 1, Math.min(files, 10))
        .selectExpr(
            "concat('c', id) as cell",
            "concat('736-0', id % 3) as operator",
            "'4G' as technology",
            "-64.5 + (id * 7919 % 60000) / 100000.0D as lon",
            "-21.5 + (id * 104729 % 60000) / 100000.0D as lat",
            "700.0D + id % 5 as frequency_mhz")
        .write()
        .option("maxRecordsPerFile", rows / files)
        .parquet(path.toString());
    return path;
  }

  private static void read(SparkSession spark, Path path) {
    try (Ingested read =
        Ingest.read(spark, Tables.RADIO_CELLS, List.of(FeedSettings.at(path.toString())))) {
      if (read.ok() != read.rows().count()) {
        throw new IllegalStateException("rows are lost");
      }
    }
  }
}
