package org.inclusionmaps.publish.figures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.grid.Places;
import org.locationtech.jts.geom.Envelope;

/**
 * The places cut into runs along their order, by a coarse place that holds them. The cut depends on
 * the places alone, never on partitions.
 *
 * @param resolution of the coarse places
 * @param groups how many groups of people there are
 * @param chunks coarse place, in order, to what it holds
 * @param sensitive what is shown coarsely alone; no coarser than the coarse places
 */
public record Chunks(
    int resolution, int groups, TreeMap<Long, Chunk> chunks, SensitivePlaces sensitive) {
  private static final int COARSEST = 3;
  private static final long FILE_ROWS = 1_000_000;

  private static final StructType SCHEMA =
      Totals.schema(
          new StructType()
              .add("chunk", DataTypes.LongType, false)
              .add("places", DataTypes.LongType, false)
              .add("west", DataTypes.DoubleType, false)
              .add("south", DataTypes.DoubleType, false)
              .add("east", DataTypes.DoubleType, false)
              .add("north", DataTypes.DoubleType, false));

  /**
   * What a coarse place holds.
   *
   * @param places how many
   * @param box of their outlines as far as they are shown, degrees
   */
  record Chunk(long places, Envelope box, Totals totals) {}

  /** The resolution of the coarse places for places of a resolution. */
  public static int resolution(int places) {
    return Math.max(0, Math.min(COARSEST, places - 4));
  }

  /** The place of a coarser resolution that holds the place of the row. */
  public static Column parent(int resolution) {
    return udf((UDF1<Long, Long>) place -> Places.parent(place, resolution), DataTypes.LongType)
        .withName("place_of_resolution_" + resolution)
        .apply(col(Tables.PLACE));
  }

  /** The chunks of {@link PlaceTotals}. */
  static Chunks of(Dataset<Row> totals, int groups, int resolution, SensitivePlaces sensitive) {
    TreeMap<Long, Chunk> chunks = new TreeMap<>();
    totals
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> summed(rows, resolution, sensitive),
            Encoders.row(SCHEMA))
        .collectAsList()
        .forEach(
            row ->
                chunks.put(
                    row.getLong(0),
                    new Chunk(
                        row.getLong(1),
                        new Envelope(
                            row.getDouble(2), row.getDouble(4), row.getDouble(3), row.getDouble(5)),
                        Totals.of(row, 6))));
    return new Chunks(resolution, groups, chunks, sensitive);
  }

  private static Iterator<Row> summed(Iterator<Row> rows, int coarse, SensitivePlaces sensitive) {
    Map<Long, Chunk> chunks = new TreeMap<>();
    long last = -1;
    while (rows.hasNext()) {
      Row row = rows.next();
      long place = row.getLong(0);
      Totals totals = Totals.of(row, PlaceTotals.TOTALS);
      long key = Places.parent(place, coarse);
      Chunk chunk =
          chunks.getOrDefault(key, new Chunk(0, new Envelope(), Totals.none(totals.groups())));
      chunk.totals().add(totals);
      if (place != last) {
        chunk = new Chunk(chunk.places() + 1, chunk.box(), chunk.totals());
        Outline.widen(chunk.box(), sensitive.shown(place));
      }
      last = place;
      chunks.put(key, chunk);
    }
    List<Row> out = new ArrayList<>();
    chunks.forEach((key, chunk) -> out.add(row(key, chunk)));
    return out.iterator();
  }

  private static Row row(long key, Chunk chunk) {
    Envelope box = chunk.box();
    return RowFactory.create(
        chunk
            .totals()
            .after(
                key, chunk.places(), box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY()));
  }

  /** The coarse places as hexagons, in order. */
  public Iterator<Hexagon> hexagons() {
    return chunks.entrySet().stream()
        .map(chunk -> new Hexagon(resolution, chunk.getKey(), chunk.getValue().totals()))
        .iterator();
  }

  /** The totals of all places. */
  public Totals country() {
    Totals country = Totals.none(groups);
    chunks.values().forEach(chunk -> country.add(chunk.totals()));
    return country;
  }

  /** The box of all places' outlines, degrees; empty where there is no place. */
  public Envelope box() {
    Envelope box = new Envelope();
    chunks.values().forEach(chunk -> box.expandToInclude(chunk.box()));
    return box;
  }

  /** Coarse place to the number of its file: about a million places each. */
  public HashMap<Long, Integer> files() {
    HashMap<Long, Integer> files = new HashMap<>();
    long before = 0;
    for (Map.Entry<Long, Chunk> chunk : chunks.entrySet()) {
      files.put(chunk.getKey(), (int) (before / FILE_ROWS));
      before += chunk.getValue().places();
    }
    return files;
  }
}
