package org.inclusionmaps.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.DenseCountry;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.Totals;
import org.inclusionmaps.publish.tiles.TileArchive;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.locationtech.jts.geom.Envelope;

/**
 * Hexagons to one archive of vector tiles, from zoom 0 to the one that shows the hexagons
 * themselves, every hexagon at every zoom. Run: {@code scripts/bench tiles [STEPS [RUNS]]}; 588
 * steps are 1,039,585 hexagons of resolution 9, with ten attributes each, to zoom 12.
 */
public final class TilesBench {
  private static final StructType AREA_KEYS =
      new StructType()
          .add("area", "string")
          .add("level", "int")
          .add("name", "string")
          .add("parent", "string")
          .add("geometry", "binary");

  private static final int RESOLUTION = 9;

  private TilesBench() {}

  /** Steps from the middle to the edge, and how many runs, may be given. */
  public static void main(String[] args) throws Exception {
    int steps = args.length > 0 ? Integer.parseInt(args[0]) : 588;
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Path folder = Files.createTempDirectory("tiles");
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      DenseCountry country = new DenseCountry(spark, RESOLUTION, steps, folder);
      long hexagons = country.totals().count();
      List<Measure> measures = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        List<List<Long>> written = new ArrayList<>();
        Measure measure = Measure.of(() -> written.add(tiles(country, folder)));
        measures.add(measure);
        Path archive = folder.resolve("inclusion.pmtiles");
        System.out.printf(
            "run %d: %,d hexagons, %,d tiles to zoom %d, %,d features, largest tile %,d bytes, archive %,d bytes: %.1f s CPU, %.1f s wall, %,.0f hexagons a second of CPU, heap %,d MB%n",
            run + 1,
            hexagons,
            written.get(0).get(0),
            written.get(0).get(3),
            written.get(0).get(1),
            written.get(0).get(2),
            Files.size(archive),
            measure.cpuS(),
            measure.wallS(),
            hexagons / measure.cpuS(),
            (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
      }
      Measure middle = Measure.median(measures);
      System.out.printf("median: %.1f s CPU, %.1f s wall%n", middle.cpuS(), middle.wallS());
    }
  }

  /** Writes the tiles; gives how many there are, and how many hexagons in all of them. */
  private static List<Long> tiles(DenseCountry country, Path folder) {
    Dataset<Row> totals = country.totals();
    SparkSession spark = totals.sparkSession();
    Envelope box = country.chunks().box();
    TileArchive.Written written =
        TileArchive.write(
            totals,
            country.chunks(),
            new Areas(spark.createDataFrame(List.of(), Totals.schema(AREA_KEYS)), List.of()),
            null,
            List.of(Group.ALL),
            RESOLUTION,
            new Bounds(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY()),
            Map.of("name", "dense"),
            /* mbtiles= */ false,
            new ReleaseFiles(
                new org.apache.hadoop.fs.Path(folder.toString()),
                spark.sparkContext().hadoopConfiguration()));
    return List.of(
        written.accounts().stream().mapToLong(TileArchive.Account::tiles).sum(),
        written.accounts().stream().mapToLong(TileArchive.Account::places).sum(),
        written.accounts().stream().mapToLong(TileArchive.Account::largest).max().orElse(0),
        (long) written.plan().maxZoom());
  }
}
