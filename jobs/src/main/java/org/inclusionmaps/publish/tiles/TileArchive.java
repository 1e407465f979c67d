package org.inclusionmaps.publish.tiles;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.inclusionmaps.format.Json;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.format.pmtiles.PmtilesWriter;
import org.inclusionmaps.publish.figures.Areas;
import org.inclusionmaps.publish.figures.Chunks;
import org.inclusionmaps.publish.figures.Group;
import org.inclusionmaps.publish.figures.Hexagon;
import org.inclusionmaps.publish.figures.PlaceTotals;
import org.inclusionmaps.publish.figures.SensitivePlaces;
import org.inclusionmaps.publish.writing.ReleaseFiles;
import org.jspecify.annotations.Nullable;

/**
 * Vector tiles of hexagons and areas in one PMTiles archive. Executors encode; the driver puts the
 * tiles one after another, a partition at a time.
 */
public final class TileArchive {
  public static final String NAME = "inclusion.pmtiles";

  /** The most bytes of a tile. */
  public static final int LARGEST_TILE = 500_000;

  /**
   * What the tiles of one zoom count.
   *
   * @param largest bytes of the largest tile
   * @param persons thousandths of persons in the hexagons
   * @param lacking thousandths of persons lacking in the hexagons
   */
  public record Account(
      int zoom, long tiles, int largest, long persons, long lacking, long places, long areas) {}

  /**
   * What was written.
   *
   * @param plan zoom to resolution
   * @param accounts one a zoom, from zoom 0
   */
  public record Written(ZoomPlan plan, List<Account> accounts) {}

  private TileArchive() {}

  /**
   * Writes the archive.
   *
   * @param totals of {@link PlaceTotals}, cut into chunks
   * @param resolution of the places
   * @param settlements whose names are labels; null without that feed
   * @param about name, attribution and version for the metadata
   * @param mbtiles whether the same tiles are also written as {@link Mbtiles}
   */
  public static Written write(
      Dataset<Row> totals,
      Chunks chunks,
      Areas areas,
      @Nullable Dataset<Row> settlements,
      List<Group> groups,
      int resolution,
      Bounds bounds,
      Map<String, String> about,
      boolean mbtiles,
      ReleaseFiles files) {
    TileAttributes attributes = new TileAttributes(groups.size());
    List<TileSchema> layers = TileSchema.of(attributes);
    ZoomPlan plan = ZoomPlan.of(resolution);
    while (true) {
      Dataset<Row> tiles =
          TileEncoder.encode(
                  features(totals, chunks, areas, plan, attributes)
                      .union(
                          LabelTiles.of(
                              settlements, totals, chunks.sensitive(), resolution, plan.maxZoom())),
                  layers)
              .persist(StorageLevel.DISK_ONLY());
      try {
        List<Account> accounts = accounts(tiles);
        Set<Integer> large = tooLarge(accounts, plan);
        if (large.isEmpty()) {
          long count = accounts.stream().mapToLong(Account::tiles).sum();
          String metadata = metadata(plan, areas, layers, groups, about);
          Bounds met = store(tiles, count, metadata, bounds, files);
          if (mbtiles) {
            storeAsMbtiles(tiles, about, metadata, met, plan.maxZoom(), files);
          }
          return new Written(plan, accounts);
        }
        plan = plan.coarserAt(large);
      } finally {
        tiles.unpersist();
      }
    }
  }

  /** The zooms with a tile that is too large, for want of a coarser resolution there. */
  private static Set<Integer> tooLarge(List<Account> accounts, ZoomPlan plan) {
    return accounts.stream()
        .filter(account -> account.largest() >= LARGEST_TILE)
        .map(Account::zoom)
        .filter(plan::canBeCoarserAt)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Dataset<Row> features(
      Dataset<Row> totals, Chunks chunks, Areas areas, ZoomPlan plan, TileAttributes attributes) {
    HashMap<Integer, List<Integer>> zooms = plan.zooms();
    SensitivePlaces sensitive = chunks.sensitive();
    int coarse = chunks.resolution();
    ArrayList<Integer> finer = new ArrayList<>();
    List<Integer> coarser = new ArrayList<>();
    for (int resolution = plan.finest(); resolution >= 0; resolution--) {
      if (zooms.containsKey(resolution)) {
        (resolution >= coarse ? finer : coarser).add(resolution);
      }
    }
    Dataset<Row> hexagons =
        totals.mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows ->
                    new HexagonTiles(Hexagon.of(rows, finer, sensitive), coarse, zooms, attributes),
            Encoders.row(TileFeatures.SCHEMA));
    List<Row> few = new ArrayList<>();
    new HexagonTiles(Hexagon.pyramid(chunks.hexagons(), coarser), 0, zooms, attributes)
        .forEachRemaining(few::add);
    return AreaTiles.of(areas, plan.maxZoom(), attributes)
        .union(hexagons)
        .union(totals.sparkSession().createDataFrame(few, TileFeatures.SCHEMA));
  }

  private static List<Account> accounts(Dataset<Row> tiles) {
    List<Account> accounts = new ArrayList<>();
    for (Row row :
        tiles
            .groupBy("zoom")
            .agg(
                count(lit(1)),
                max(col("size")),
                sum(col("persons")),
                sum(col("lacking")),
                sum(col("places")),
                sum(col("areas")))
            .orderBy("zoom")
            .collectAsList()) {
      accounts.add(
          new Account(
              row.getInt(0),
              row.getLong(1),
              row.getInt(2),
              row.getLong(3),
              row.getLong(4),
              row.getLong(5),
              row.getLong(6)));
    }
    return accounts;
  }

  /** Writes the archive; gives the bounds that it tells. */
  private static Bounds store(
      Dataset<Row> tiles, long count, String metadata, Bounds bounds, ReleaseFiles files) {
    try {
      Bounds met = bounds;
      Path local = Files.createTempFile("inclusion", ".pmtiles");
      Path spool = Files.createTempFile("inclusion", ".directories");
      try {
        try (SeekableByteChannel channel = Files.newByteChannel(local, StandardOpenOption.WRITE);
            SeekableByteChannel leaves =
                Files.newByteChannel(spool, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          PmtilesWriter writer = new PmtilesWriter(channel, leaves, count);
          Iterator<Row> rows =
              tiles.select("tile", "bytes", "places").orderBy("tile").toLocalIterator();
          while (rows.hasNext()) {
            Row row = rows.next();
            met = TileBounds.meeting(met, row.getLong(0));
            // A hexagon's identifier is in no other tile of its zoom's inside; land's may repeat.
            writer.add(row.getLong(0), row.getAs(1), row.getLong(2) == 0);
          }
          writer.finish(metadata, met);
        }
        try (OutputStream out = files.create(NAME)) {
          Files.copy(local, out);
        }
        return met;
      } finally {
        Files.deleteIfExists(local);
        Files.deleteIfExists(spool);
      }
    } catch (IOException e) {
      throw files.unwritable(NAME, e);
    }
  }

  private static void storeAsMbtiles(
      Dataset<Row> tiles,
      Map<String, String> about,
      String metadata,
      Bounds bounds,
      int maxZoom,
      ReleaseFiles files) {
    try {
      Path local = Files.createTempFile("inclusion", ".mbtiles");
      try {
        try (Mbtiles out = Mbtiles.create(local)) {
          Iterator<Row> rows = tiles.select("tile", "bytes").orderBy("tile").toLocalIterator();
          while (rows.hasNext()) {
            Row row = rows.next();
            out.add(row.getLong(0), row.getAs(1));
          }
          out.finish(about, metadata, bounds, maxZoom);
        }
        try (OutputStream out = files.create(Mbtiles.NAME)) {
          Files.copy(local, out);
        }
      } finally {
        Files.deleteIfExists(local);
      }
    } catch (IOException | SQLException e) {
      throw files.unwritable(Mbtiles.NAME, e instanceof IOException io ? io : new IOException(e));
    }
  }

  private static String metadata(
      ZoomPlan plan,
      Areas areas,
      List<TileSchema> layers,
      List<Group> groups,
      Map<String, String> about) {
    Map<String, Object> resolutions = new LinkedHashMap<>();
    plan.resolutions().forEach((zoom, resolution) -> resolutions.put("" + zoom, resolution));
    Map<String, Object> firstZooms = new LinkedHashMap<>();
    ZoomPlan.firstZooms(areas.drawn()).forEach((level, zoom) -> firstZooms.put("" + level, zoom));
    Map<String, Object> metadata = new LinkedHashMap<>(about);
    metadata.put("type", "overlay");
    metadata.put("h3_resolution_by_zoom", resolutions);
    metadata.put("first_zoom_by_area_level", firstZooms);
    metadata.put("codebook", TileAttributes.codebook(groups));
    metadata.put(
        "vector_layers", layers.stream().map(layer -> layer.about(0, plan.maxZoom())).toList());
    return Json.text(metadata);
  }
}
