package org.inclusionmaps.publish.figures;

import java.util.Arrays;
import java.util.Iterator;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;

/** A country in which every hexagon is settled, as large as one likes, to be measured with. */
public final class ManyHexagons {
  public static final int RESOLUTION = 8;
  private static final int COARSE = 4;

  private final ShownPlaces shown;
  private final long count;

  /**
   * Makes and stores the hexagons.
   *
   * @param least how many there are at least
   */
  public ManyHexagons(SparkSession spark, long least) {
    int each = Places.children(Places.at(10, 10, COARSE), RESOLUTION).length;
    int steps = 0;
    long[] parents = Places.disk(Places.at(10, 10, COARSE), steps);
    while ((long) parents.length * each < least) {
      parents = Places.disk(Places.at(10, 10, COARSE), ++steps);
    }
    Dataset<Row> rows =
        spark
            .createDataset(Arrays.stream(parents).boxed().toList(), Encoders.LONG())
            .flatMap(
                (FlatMapFunction<Long, Long>)
                    parent -> Arrays.stream(Places.children(parent, RESOLUTION)).boxed().iterator(),
                Encoders.LONG())
            .toDF(Tables.PLACE)
            .repartition(Chunks.parent(Chunks.resolution(RESOLUTION)))
            .sortWithinPartitions(Tables.PLACE)
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) ManyHexagons::settled,
                Encoders.row(PlaceTotals.SCHEMA))
            .persist(StorageLevel.DISK_ONLY());
    this.count = rows.count();
    Chunks chunks = Chunks.of(rows, 1, Chunks.resolution(RESOLUTION), SensitivePlaces.of(null));
    this.shown = new ShownPlaces(rows, chunks, IsolatedPlaces.Moves.NONE, new TreeMap<>(), 0, 0, 0);
  }

  private static Iterator<Row> settled(Iterator<Row> places) {
    return Runs.stream(places)
        .map(
            row -> {
              long place = row.getLong(0);
              Totals totals = Totals.none(1);
              long persons = 1_000_000 + Math.floorMod(place * 0x9E3779B97F4A7C15L, 997_000_003L);
              totals.add(0, 0, persons);
              totals.add(0, 1 + Part.UNCOVERED.index(), persons / 3);
              totals.add(0, 1 + Part.INCLUDED.index(), persons - persons / 3);
              totals.weigh(0, 0.001 * (persons % 1000), persons);
              totals.weigh(1, 0.1 * (persons % 97), persons);
              return RowFactory.create(totals.after(place, "MU"));
            })
        .iterator();
  }

  /** How many hexagons there are. */
  public long count() {
    return count;
  }

  /** The hexagons as a release shows them. */
  public ShownPlaces shown() {
    return shown;
  }
}
