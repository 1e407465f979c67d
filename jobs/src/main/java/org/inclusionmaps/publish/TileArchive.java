package org.inclusionmaps.publish;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.inclusionmaps.format.Json;
import org.inclusionmaps.format.pmtiles.Bounds;
import org.inclusionmaps.format.pmtiles.PmtilesWriter;

/**
 * Vector tiles of hexagons and areas in one PMTiles archive. Executors encode; the driver puts the
 * tiles one after another, a partition at a time.
 */
final class TileArchive {
  static final String NAME = "inclusion.pmtiles";

  /** The most bytes of a tile. */
  static final int LARGEST_TILE = 500_000;

  /**
   * What the tiles of one zoom count.
   *
   * @param largest bytes of the largest tile
   * @param persons tenths of persons in the hexagons
   * @param lacking tenths of persons lacking in the hexagons
   */
  record Account(
      int zoom, long tiles, int largest, long persons, long lacking, long places, long areas) {}

  /**
   * What was written.
   *
   * @param plan zoom to resolution
   * @param accounts one a zoom, from zoom 0
   */
  record Written(ZoomPlan plan, List<Account> accounts) {}

  private TileArchive() {}

  /**
   * Writes the archive.
   *
   * @param totals of {@link PlaceTotals}, cut into chunks
   * @param resolution of the places
   * @param about name, attribution and version for the metadata
   */
  static Written write(
      Dataset<Row> totals,
      Chunks chunks,
      Areas areas,
      List<Group> groups,
      int resolution,
      Bounds bounds,
      Map<String, String> about,
      ReleaseFiles files) {
    ZoomPlan plan = new ZoomPlan(resolution, 0);
    while (true) {
      Dataset<Row> tiles =
          TileEncoder.encode(features(totals, chunks, areas, plan), groups)
              .persist(StorageLevel.DISK_ONLY());
      try {
        List<Account> accounts = accounts(tiles);
        boolean fits = accounts.stream().allMatch(a -> a.largest() < LARGEST_TILE);
        if (fits || plan.maxZoom() >= 18) {
          store(tiles, metadata(plan, areas, groups, about), bounds, files);
          return new Written(plan, accounts);
        }
      } finally {
        tiles.unpersist();
      }
      plan = plan.coarser();
    }
  }

  private static Dataset<Row> features(
      Dataset<Row> totals, Chunks chunks, Areas areas, ZoomPlan plan) {
    Tenths tenths = Tenths.of(chunks);
    HashMap<Integer, List<Integer>> zooms = plan.zooms();
    ArrayList<Integer> finer = new ArrayList<>();
    List<Integer> coarser = new ArrayList<>();
    for (int resolution = plan.finest(); resolution >= 0; resolution--) {
      if (zooms.containsKey(resolution)) {
        (resolution >= chunks.resolution() ? finer : coarser).add(resolution);
      }
    }
    Dataset<Row> hexagons =
        totals.mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows ->
                    tenths
                        .of(rows, finer)
                        .flatMap(place -> HexagonTiles.of(place, zooms))
                        .iterator(),
            Encoders.row(TileFeature.SCHEMA));
    List<Row> few =
        tenths.coarser(chunks, coarser).flatMap(place -> HexagonTiles.of(place, zooms)).toList();
    return AreaTiles.of(areas, plan.maxZoom())
        .union(hexagons)
        .union(totals.sparkSession().createDataFrame(few, TileFeature.SCHEMA));
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

  private static void store(
      Dataset<Row> tiles, String metadata, Bounds bounds, ReleaseFiles files) {
    try {
      Path local = Files.createTempFile("inclusion", ".pmtiles");
      try {
        try (SeekableByteChannel channel = Files.newByteChannel(local, StandardOpenOption.WRITE)) {
          PmtilesWriter writer = new PmtilesWriter(channel);
          Iterator<Row> rows = tiles.select("tile", "bytes").orderBy("tile").toLocalIterator();
          while (rows.hasNext()) {
            Row row = rows.next();
            writer.add(row.getLong(0), row.getAs(1));
          }
          writer.finish(metadata, bounds);
        }
        try (OutputStream out = files.create(NAME)) {
          Files.copy(local, out);
        }
      } finally {
        Files.deleteIfExists(local);
      }
    } catch (IOException e) {
      throw files.unwritable(NAME, e);
    }
  }

  private static String metadata(
      ZoomPlan plan, Areas areas, List<Group> groups, Map<String, String> about) {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Group group : groups) {
      figures.put(Totals.column(Totals.PERSONS, group), "Number");
      for (Part part : Part.values()) {
        figures.put(Totals.column(part, group), "Number");
      }
      figures.put(Totals.column(Totals.LACKING, group), "Number");
    }
    Map<String, Object> areaFields = new LinkedHashMap<>();
    areaFields.put("area", "String");
    areaFields.put("name", "String");
    areaFields.put("level", "Number");
    areaFields.putAll(figures);
    Map<String, Object> placeFields = new LinkedHashMap<>();
    placeFields.put("h3", "String");
    placeFields.putAll(figures);
    Map<String, Object> resolutions = new LinkedHashMap<>();
    plan.resolutions().forEach((zoom, resolution) -> resolutions.put("" + zoom, resolution));
    Map<String, Object> firstZooms = new LinkedHashMap<>();
    areas.firstZooms().forEach((level, zoom) -> firstZooms.put("" + level, zoom));
    Map<String, Object> metadata = new LinkedHashMap<>(about);
    metadata.put("type", "overlay");
    metadata.put("unit", "persons 15 and older in tenths");
    metadata.put("h3_resolution_by_zoom", resolutions);
    metadata.put("first_zoom_by_area_level", firstZooms);
    List<Object> layers = new ArrayList<>();
    layers.add(layer("places", "H3 hexagons, coarser at lower zooms", placeFields, plan));
    if (!areas.drawn().isEmpty()) {
      layers.add(layer("areas", "Administrative areas", areaFields, plan));
    }
    metadata.put("vector_layers", layers);
    return Json.text(metadata);
  }

  private static Map<String, Object> layer(
      String id, String description, Map<String, Object> fields, ZoomPlan plan) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("id", id);
    layer.put("description", description);
    layer.put("minzoom", 0);
    layer.put("maxzoom", plan.maxZoom());
    layer.put("fields", fields);
    return layer;
  }
}
