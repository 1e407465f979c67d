package org.inclusionmaps.publish.figures;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;

/**
 * Hexagons side by side around a point, all with people, to be measured with. Each has ten figures:
 * persons, five parts, those who lack access, coverage, price, 4G.
 */
public final class DenseCountry {
  private static final int COARSE = 3;

  private final Dataset<Row> totals;
  private final Chunks chunks;

  /**
   * A country of hexagons.
   *
   * @param steps from the middle to the edge: 3 · steps · (steps + 1) + 1 hexagons
   * @param folder where they are kept
   */
  public DenseCountry(SparkSession spark, int resolution, int steps, Path folder) {
    List<Long> places = new ArrayList<>();
    for (long place : Places.disk(Places.at(-64.5, -16.5, resolution), steps)) {
      places.add(place);
    }
    String kept = folder.resolve("places").toString();
    spark
        .createDataset(places, Encoders.LONG())
        .map((MapFunction<Long, Row>) DenseCountry::row, Encoders.row(PlaceTotals.SCHEMA))
        .write()
        .mode("overwrite")
        .parquet(kept);
    this.totals =
        spark
            .read()
            .parquet(kept)
            .repartition(Chunks.parent(COARSE))
            .sortWithinPartitions(Tables.PLACE, Tables.AREA)
            .persist(StorageLevel.DISK_ONLY());
    this.chunks = Chunks.of(totals, 1, COARSE, SensitivePlaces.of(null));
  }

  private static Row row(long place) {
    long mixed = (place >>> 10) * 0x9E3779B97F4A7C15L;
    Totals totals = Totals.none(1);
    long persons = 1000 * (1 + (mixed >>> 33) % 2_000_000);
    long left = persons;
    for (Part part :
        List.of(Part.UNCOVERED, Part.PRICED_OUT, Part.BURDENED, Part.HELD_BACK, Part.INCLUDED)) {
      mixed = Long.rotateLeft(mixed, 11);
      long own = part == Part.INCLUDED ? left : left / 1000 * ((mixed >>> 50) % 400);
      own -= own % 1000;
      totals.add(0, 1 + part.index(), own);
      left -= own;
    }
    totals.add(0, 0, persons);
    for (int mean : new int[] {0, 1, 4}) {
      totals.weigh(mean, ((mixed >>> (10 + mean)) % 1000) / 1000.0, persons);
    }
    return RowFactory.create(totals.after(place, ""));
  }

  /** The hexagons, as {@link PlaceTotals}. */
  public Dataset<Row> totals() {
    return totals;
  }

  /** The same, cut into chunks. */
  public Chunks chunks() {
    return chunks;
  }
}
